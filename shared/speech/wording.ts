import {
  characterInEnglish,
  characterInWords,
  englishLetterWords,
  namesOfLetters,
} from './letters.ts'
import { englishNumberWords, monthInEnglish, numberInEnglish } from './english-numbers.ts'
import { monthInWords, numberInWords, numberWords } from './numbers.ts'

/** How a language writes and says what no translator can write down: numbers, months, letters. */
export interface Wording {
  /** A whole number as it is read out. */
  readonly number: (value: number) => string
  /** A month from 1 to 12, within a date: as it is written, as it is said. */
  readonly month: (value: number) => { readonly text: string; readonly said: string }
  /** One letter or digit by its name; empty for what has none. */
  readonly character: (character: string) => string
  /** What stands between thousands ("8.000"). */
  readonly thousands: string
  /** What is said for the point within a number ("3.1"). */
  readonly point: string
  /** What is said for a masked character. */
  readonly masked: string
}

const vietnamese: Wording = {
  number: numberInWords,
  month: (value) => ({ text: String(value), said: monthInWords(value) }),
  character: characterInWords,
  thousands: '.',
  point: 'chấm',
  masked: 'sao',
}

const english: Wording = {
  number: numberInEnglish,
  month: (value) => ({ text: monthInEnglish(value), said: monthInEnglish(value) }),
  character: characterInEnglish,
  thousands: ',',
  point: 'point',
  masked: 'star',
}

const byLanguage: ReadonlyMap<string, Wording> = new Map([
  ['vi', vietnamese],
  ['en', english],
])

/** The language in which all is written first. */
export const SOURCE = 'vi'

/** The wording of a language; one that has none counts as Vietnamese does. */
export const wordingOf = (lang: string): Wording => byLanguage.get(lang) ?? vietnamese

/** Every word of which numbers are put together in a language, and of which letters are told. */
export const wordsOf = (lang: string) =>
  wordingOf(lang) === english
    ? { numbers: englishNumberWords, letters: englishLetterWords }
    : { numbers: numberWords, letters: namesOfLetters }
