/** Letters that a keyboard or a careless export puts in place of đ, and b with stroke (S'tiêng). */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['đ', 'd'],
  ['ð', 'd'],
  ['ɖ', 'd'],
  ['ƀ', 'b'],
])

/** Grave, acute, hook above, tilde, dot below: the five tones, as combining marks. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu

/**
 * Text without tones, marks and capitals, so that "ho tich" finds "Hộ tịch". đ has no
 * decomposition in Unicode and is replaced by hand.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đðɖƀ]/gu, (letter) => plainLetters.get(letter) ?? letter)
    .normalize('NFC')
}

/** Letters and digits in runs, lower case, marks kept, NFC. */
export function words(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

/**
 * One word with its tone moved to the end: "hòa" and "hoà" become the same text. The vowel's own
 * mark (ă, â, ê, ô, ơ, ư) stays, so "ho" and "hô" remain two words.
 */
export function toneLast(word: string): string {
  const parts = word.toLowerCase().normalize('NFD')
  const tone = parts.match(tones)?.join('') ?? ''
  return parts.replace(tones, '').normalize('NFC') + tone
}
