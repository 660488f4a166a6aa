import type { Phrase } from '../../shared/domain/phrase.ts'
import {
  code as codeIn,
  counted as countedIn,
  month as monthIn,
  privately as keptFromTheHall,
  type Value,
} from '../../shared/speech/index.ts'
import { phraseInLanguage, textLanguage } from './language.ts'

/** Values in the language of the page: see `shared/speech/spoken.ts`. */
export const code = (text: string, isPrivate: boolean): Value =>
  codeIn(text, isPrivate, textLanguage())

export const month = (value: number): Value => monthIn(value, textLanguage())

export const counted = (value: number, text: string): Value =>
  countedIn(value, text, textLanguage())

/** The same phrase for the headset alone. */
export const privately = (phrase: Phrase): Phrase => keptFromTheHall(phraseInLanguage(phrase))
