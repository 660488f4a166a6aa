import type { Phrase, SpokenPart } from '../../shared/domain/phrase.ts'
import {
  forRoute,
  SOURCE,
  spokenOf,
  stepsOf,
  type Route,
  type Voice,
} from '../../shared/speech/index.ts'
import { phraseInLanguage } from '../i18n/language.ts'
import type { Utterance } from './player.ts'

/** Where something may be heard, and what can be said. */
export interface Hearing {
  readonly route: Route
  /** The voices that can say a text of a language, the best first. */
  readonly voicesOf: (lang: string) => readonly Voice[]
  /** What is said on the loudspeaker where something private stands. */
  readonly instead: SpokenPart
}

/** A phrase as it may be heard; null where nothing of it can be said. */
export function utteranceOf(source: Phrase, hearing: Hearing): Utterance | null {
  const { route, voicesOf, instead } = hearing
  const phrase = phraseInLanguage(source)
  const all = spokenOf(phrase)
  const parts = forRoute(all, route, instead)
  const steps = parts.flatMap(({ said, lang = SOURCE }) => stepsOf(said, voicesOf(lang), lang))
  if (!steps.some(({ kind }) => kind === 'clip')) return null
  const isPrivate = parts.some((part) => part.private)
  const kept = route === 'headset' || !all.some((part) => part.private)
  return {
    key: phrase.key,
    text: kept ? phrase.text : parts.map(({ said }) => said.trim()).join(' '),
    steps,
    private: isPrivate,
  }
}
