import type { Phrase } from '../../shared/domain/phrase.ts'
import { SOURCE, type Translation } from '../../shared/speech/index.ts'

/** The language in which the page stands. */
export interface Language {
  /** BCP 47 */
  readonly tag: string
  /** Its texts by the Vietnamese; a language that is only spoken has none. */
  readonly texts: ReadonlyMap<string, Translation>
}

const source: Language = { tag: SOURCE, texts: new Map() }
let current = source

/** The language in which the page stands now. */
export const language = (): Language => current

/** Another language, from the next drawing on; null is Vietnamese. */
export function standIn(next: Language | null): void {
  current = next ?? source
}

/** The language in which texts stand: a language that is only spoken keeps the Vietnamese ones. */
export const textLanguage = (): string => (current.texts.size === 0 ? SOURCE : current.tag)

/** A Vietnamese text in the language of the page, and in which language it came out. */
export function inLanguage(
  text: string,
  count?: number,
): { readonly text: string; readonly lang: string } {
  const found = current.texts.get(text)
  if (found === undefined) return { text, lang: SOURCE }
  if (typeof found === 'string') return { text: found, lang: current.tag }
  return { text: count === 1 ? found.one : found.other, lang: current.tag }
}

/** A phrase in the language of the page; one that stands in a language already is left as it is. */
export function phraseInLanguage(phrase: Phrase): Phrase {
  if (phrase.lang !== undefined || phrase.spoken !== undefined) return phrase
  return { key: phrase.key, ...inLanguage(phrase.text) }
}
