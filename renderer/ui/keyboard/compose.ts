/**
 * Writing Vietnamese with direct keys: letters come finished (ă, ơ, đ), a tone key puts its mark
 * on the right vowel of the syllable that is being written. Pure; text in and out is NFC. The
 * place of the mark is the old one (hòa, thủy), as in official papers.
 */

/** The five tones, by the combining mark that writes them. */
export const tones = {
  acute: '\u0301',
  grave: '\u0300',
  hook: '\u0309',
  tilde: '\u0303',
  dot: '\u0323',
} as const

/** A tone key. */
export type Tone = keyof typeof tones

const TONE_MARK = /[\u0300\u0301\u0303\u0309\u0323]/gu
const LETTER = /^\p{L}\p{M}*$/u
const VOWEL = /^[aeiouy]/iu
/** A vowel with a mark of its own (ă â ê ô ơ ư and the breves); such a vowel draws the tone. */
const MARKED_VOWEL = /[\u0302\u0306\u031b]/u
const LETTERS = /\P{M}\p{M}*/gu
const LAST_LETTER = /\P{M}\p{M}*$/u

interface Vowels {
  /** The whole text, decomposed, one letter with its marks an item. */
  readonly letters: readonly string[]
  /** Place of the last run of vowels in `letters`: `from` inclusive, `to` exclusive. */
  readonly from: number
  readonly to: number
}

const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWEL.test(letter)

/** Finds the vowels of the syllable at the end of the text; null where there are none. */
function lastVowels(text: string): Vowels | null {
  const letters = text.normalize('NFD').match(LETTERS) ?? []
  let to = letters.length
  while (to > 0 && LETTER.test(letters[to - 1] ?? '') && !isVowel(letters[to - 1])) to -= 1
  if (!isVowel(letters[to - 1])) return null
  let from = to
  while (isVowel(letters[from - 1])) from -= 1
  return { letters, from, to }
}

const plain = (letter: string | undefined): string =>
  (letter ?? '').normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** The letter that carries the tone: an index into `letters`. */
function tonePlace({ letters, from, to }: Vowels): number {
  const glide =
    to - from > 1 &&
    ((plain(letters[from - 1]) === 'q' && plain(letters[from]) === 'u') ||
      (plain(letters[from - 1]) === 'g' && plain(letters[from]) === 'i'))
  const first = glide && !MARKED_VOWEL.test(letters[from] ?? '') ? from + 1 : from
  for (let at = to - 1; at >= first; at -= 1) {
    if (MARKED_VOWEL.test(letters[at] ?? '')) return at
  }
  const vowels = to - first
  if (vowels === 1) return first
  const closed = to < letters.length
  return vowels === 2 && !closed ? first : first + 1
}

function withTone(vowels: Vowels, mark: string): string {
  const place = tonePlace(vowels)
  return vowels.letters
    .map((letter, at) => {
      if (at < vowels.from || at >= vowels.to) return letter
      const bare = letter.replaceAll(TONE_MARK, '')
      return at === place ? bare + mark : bare
    })
    .join('')
    .normalize('NFC')
}

/** Puts a tone on the syllable at the end of the text; without a vowel there, nothing changes. */
export function applyTone(text: string, tone: Tone): string {
  const vowels = lastVowels(text)
  return vowels === null ? text.normalize('NFC') : withTone(vowels, tones[tone])
}

/** Takes the tone off the syllable at the end of the text. */
export function removeTone(text: string): string {
  const vowels = lastVowels(text)
  return vowels === null ? text.normalize('NFC') : withTone(vowels, '')
}

/**
 * Appends a letter, space or apostrophe. A tone that was typed early moves to where the longer
 * syllable wants it: "tòa" and "n" make "toàn".
 */
export function appendLetter(text: string, letter: string): string {
  const longer = (text + letter).normalize('NFC')
  const vowels = lastVowels(longer)
  if (vowels === null) return longer
  const marks = vowels.letters.slice(vowels.from, vowels.to).join('').match(TONE_MARK) ?? []
  const mark = marks.at(-1)
  return mark === undefined ? longer : withTone(vowels, mark)
}

/** Removes the last letter with all its marks. */
export function removeLast(text: string): string {
  return text.normalize('NFC').replace(LAST_LETTER, '')
}

/** Whether the next letter of a name starts a word: after a space, a hyphen or an apostrophe. */
export function startsWord(text: string): boolean {
  return text === '' || /[\s'’-]$/u.test(text)
}
