/**
 * A text as its letters, and the syllable in which the caret stands: what every way of typing
 * Vietnamese works on. Pure.
 */

/** A text with the caret in it. Every edit gives NFC. */
export interface Written {
  readonly before: string
  readonly after: string
}

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

/** A text taken apart: each letter decomposed, with its marks; the caret stands before `at`. */
export interface Letters {
  readonly all: readonly string[]
  readonly at: number
}

/** The run of vowels of one syllable: indexes into the letters, `to` exclusive. */
export interface Vowels {
  readonly from: number
  readonly to: number
  /** Where the vowels that sound begin: behind the u of "qu" and the i of "gi". */
  readonly nucleus: number
}

const TONE_MARK = /[\u0300\u0301\u0303\u0309\u0323]/gu
const LETTER = /^\p{L}\p{M}*$/u
const VOWEL = /^[aeiouy]/iu
/** A vowel with a mark of its own (ă â ê ô ơ ư and the breves); such a vowel draws the tone. */
const MARKED_VOWEL = /[\u0302\u0306\u031b]/u
const CLUSTERS = /\P{M}\p{M}*|^\p{M}+/gu

const clusters = (text: string): string[] => text.normalize('NFD').match(CLUSTERS) ?? []

/** Takes a text apart. A caret that stands between a letter and its marks goes behind them. */
export function takeApart({ before, after }: Written): Letters {
  return { all: clusters(before + after), at: clusters(before).length }
}

/** Puts it together again. */
export function putTogether({ all, at }: Letters): Written {
  return {
    before: all.slice(0, at).join('').normalize('NFC'),
    after: all.slice(at).join('').normalize('NFC'),
  }
}

/** The letter without any mark, lower case. */
export const plain = (letter: string | undefined): string => (letter ?? '').charAt(0).toLowerCase()

/** The letter without its tone. */
export const toneless = (letter: string): string => letter.replaceAll(TONE_MARK, '')

/** Whether this is a letter at all, and no space, digit or sign. */
export const isLetter = (letter: string | undefined): boolean => LETTER.test(letter ?? '')

/** Whether a vowel, with marks or without. */
export const isVowel = (letter: string | undefined): boolean => VOWEL.test(letter ?? '')

/**
 * The vowels of the syllable in which the caret stands: those before it, or else the first ones
 * behind it in the same word. Null where the word has none.
 */
export function vowelsAt({ all, at }: Letters): Vowels | null {
  let found = at - 1
  while (isLetter(all[found]) && !isVowel(all[found])) found -= 1
  if (!isVowel(all[found])) {
    found = at
    while (isLetter(all[found]) && !isVowel(all[found])) found += 1
  }
  if (!isVowel(all[found])) return null
  let from = found
  while (isVowel(all[from - 1])) from -= 1
  let to = found + 1
  while (isVowel(all[to])) to += 1
  return { from, to, nucleus: hasGlide(all, from, to) ? from + 1 : from }
}

function hasGlide(all: readonly string[], from: number, to: number): boolean {
  if (to - from < 2 || MARKED_VOWEL.test(all[from] ?? '')) return false
  const start = plain(all[from - 1]) + plain(all[from])
  return start === 'qu' || start === 'gi'
}

/** Index of the letter that carries the tone, by the old rule: hòa, thủy, but toàn, huỳnh. */
function tonePlace(all: readonly string[], { nucleus, to }: Vowels): number {
  for (let at = to - 1; at >= nucleus; at -= 1) {
    if (MARKED_VOWEL.test(all[at] ?? '')) return at
  }
  const count = to - nucleus
  if (count === 1) return nucleus
  const closed = isLetter(all[to])
  return count === 2 && !closed ? nucleus : nucleus + 1
}

/** The tone mark of a syllable; an empty text where it has none. */
export function toneOf(all: readonly string[], { from, to }: Vowels): string {
  return all.slice(from, to).join('').match(TONE_MARK)?.at(-1) ?? ''
}

/** The letters with this tone mark on the syllable, in its right place, and no other. */
export function withTone(all: readonly string[], vowels: Vowels, mark: string): string[] {
  const place = tonePlace(all, vowels)
  return all.map((letter, at) => {
    if (at < vowels.from || at >= vowels.to) return letter
    return at === place ? toneless(letter) + mark : toneless(letter)
  })
}

/** Puts the tone of the syllable at the caret where the letters that there are now want it. */
export function settle(letters: Letters): Letters {
  const vowels = vowelsAt(letters)
  if (vowels === null) return letters
  const mark = toneOf(letters.all, vowels)
  return mark === '' ? letters : { ...letters, all: withTone(letters.all, vowels, mark) }
}
