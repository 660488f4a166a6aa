import { SOURCE, wordingOf } from './wording.ts'

/** A written number of more digits, or one that begins with 0, is told digit by digit. */
const MAX_NUMBER_DIGITS = 4

/** Words that are not said as Vietnamese spelling would have it. */
const lexicon: readonly (readonly [RegExp, string])[] = [
  [/VNeID/g, 'vi en i ai đi'],
  [/(?<=\p{Lu})Bank/gu, ' banh'],
]

/** The numbers of a text written out: "8.000" is eight thousand, "01" zero one, "3.1" three dot one. */
export function writeOutNumbers(text: string, lang: string = SOURCE): string {
  const { number, character, thousands, point } = wordingOf(lang)
  const oneByOne = (digits: string) => Array.from(digits, character).join(' ')
  const dots = text.replaceAll(new RegExp(`(?<=\\d)[${thousands}](?=\\d{3}(?!\\d))`, 'g'), '')
  return dots
    .replaceAll(/(?<=\d)\.(?=\d)/g, ` ${point} `)
    .replaceAll(/\d+/g, (digits) =>
      digits.length > MAX_NUMBER_DIGITS && !/0{3}$/.test(digits)
        ? ` ${oneByOne(digits)} `
        : digits.length > 1 && digits.startsWith('0')
          ? ` ${oneByOne(digits)} `
          : ` ${number(Number(digits))} `,
    )
}

/** A text as a voice shall read it: numbers written out, abbreviations spelled, strokes dropped. */
export function pronounced(text: string, lang: string = SOURCE): string {
  const { character } = wordingOf(lang)
  let said = text.normalize('NFC')
  // An English voice knows its own abbreviations.
  if (lang === SOURCE) {
    for (const [word, sound] of lexicon) said = said.replaceAll(word, sound)
  }
  said = said.replaceAll(
    /(?<!\p{L})\p{Lu}{2,}(?!\p{Ll})|(?<!\p{L})\p{Lu}(?=\d)/gu,
    (letters) => ` ${Array.from(letters, character).join(' ')} `,
  )
  return writeOutNumbers(said, lang)
    .replaceAll(/[/\-–“”"()[\]]/g, ' ')
    .replaceAll(/\s*\n\s*/g, ', ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([,.?;:…])/g, '$1')
    .replaceAll(/,(?:\s*,)+/g, ',')
    .trim()
}
