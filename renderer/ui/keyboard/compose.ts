/**
 * Writing Vietnamese with direct keys: letters come finished (ă, ơ, đ), a tone key puts its mark
 * on the right vowel of the syllable in which the caret stands. Pure; the place of the mark is the
 * old one (hòa, thủy), as in official papers.
 */
import {
  putTogether,
  settle,
  takeApart,
  tones,
  vowelsAt,
  withTone,
  type Tone,
  type Written,
} from './syllable.ts'

/** What a key does to a text. */
export type Edit = (written: Written) => Written

/**
 * Writes a letter, space or sign. A tone that was typed early moves to where the longer syllable
 * wants it: "hòa" and "n" make "hoàn".
 */
export function writeLetter(letter: string): Edit {
  return ({ before, after }) => putTogether(settle(takeApart({ before: before + letter, after })))
}

const toned =
  (mark: string): Edit =>
  (written) => {
    const letters = takeApart(written)
    const vowels = vowelsAt(letters)
    return putTogether(
      vowels === null ? letters : { ...letters, all: withTone(letters.all, vowels, mark) },
    )
  }

/** Puts a tone on the syllable at the caret; without a vowel there, nothing changes. */
export const putTone = (tone: Tone): Edit => toned(tones[tone])

/** Takes the tone off the syllable at the caret. */
export const dropTone: Edit = toned('')

/** Removes the letter before the caret with all its marks; a tone that stays finds its place. */
export const deleteLetter: Edit = (written) => {
  const { all, at } = takeApart(written)
  if (at === 0) return written
  return putTogether(settle({ all: all.toSpliced(at - 1, 1), at: at - 1 }))
}

/** Moves the caret over one letter with all its marks. */
export function moveCaret(by: -1 | 1): Edit {
  return (written) => {
    const { all, at } = takeApart(written)
    return putTogether({ all, at: Math.max(0, Math.min(all.length, at + by)) })
  }
}

/** Whether the next letter of a name starts a word: after a space, a hyphen or an apostrophe. */
export function startsWord(before: string): boolean {
  return before === '' || /[\s'’-]$/u.test(before)
}
