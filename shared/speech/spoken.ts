import type { Phrase, SpokenPart } from '../domain/phrase.ts'
import { SOURCE, wordingOf } from './wording.ts'

/** A value as it is shown, and as it is said. */
export interface Value {
  readonly text: string
  readonly spoken: readonly SpokenPart[]
  /** The language of the text, where it is not the Vietnamese of names and places. */
  readonly lang?: string
  /** Where it is a number: a language may have another text for one. */
  readonly count?: number
}

/** What may stand in a message: a number, a phrase, or a value that knows how it is said. */
export type Fill = number | Phrase | Value

/** A stretch in a language; Vietnamese carries no mark. */
function part(said: string, lang: string, isPrivate = false): SpokenPart {
  return lang === SOURCE ? { said, private: isPrivate } : { said, private: isPrivate, lang }
}
const marked = (lang: string) => (lang === SOURCE ? {} : { lang })

/** A text that anybody may hear: the name of a place, a counter, a procedure. */
export const aloud = (text: string, lang: string = SOURCE): Value => ({
  text,
  spoken: [part(text, lang)],
  ...marked(lang),
})

/** A text for the citizen alone: a name, an address, an answer. */
export const secret = (text: string): Value => ({ text, spoken: [part(text, SOURCE, true)] })

/** The number of a month. */
export function month(value: number, lang: string = SOURCE): Value {
  const { text, said } = wordingOf(lang).month(value)
  return { text, spoken: [part(said, lang)], ...marked(lang) }
}

/** A whole number that is shown otherwise than `String` does ("8.000"). */
export const counted = (value: number, text: string, lang: string = SOURCE): Value => ({
  text,
  spoken: [part(wordingOf(lang).number(value), lang)],
  ...marked(lang),
  count: value,
})

/**
 * A code or number that is told character by character in the groups in which it is shown, with a
 * breath between them: "083 090 000000".
 */
export function code(text: string, isPrivate: boolean, lang: string = SOURCE): Value {
  const { character, masked } = wordingOf(lang)
  const groups = text
    .split(/[^\p{L}\p{N}•*]+/u)
    .map((group) =>
      Array.from(group, (one) => (/[•*]/.test(one) ? masked : character(one)))
        .filter((name) => name !== '')
        .join(' '),
    )
    .filter((group) => group !== '')
  return { text, spoken: [part(groups.join(', '), lang, isPrivate)], ...marked(lang) }
}

/** How a value or phrase is said; `lang` is the language in which numbers are. */
export function spokenOf(fill: Fill, lang: string = SOURCE): readonly SpokenPart[] {
  if (typeof fill === 'number') return [part(wordingOf(lang).number(fill), lang)]
  return fill.spoken ?? [part(fill.text, fill.lang ?? SOURCE)]
}

/** What of a value is shown. */
export const textOf = (fill: Fill): string => (typeof fill === 'number' ? String(fill) : fill.text)

/** The same phrase for the headset alone. */
export function privately<Said extends Phrase | Value>(said: Said): Said {
  return {
    ...said,
    spoken: spokenOf(said).map(({ said: words, lang = SOURCE }) => part(words, lang, true)),
  }
}

/** What stands between the placeholders of a message, and their names: `'{a} và {b}'`. */
export function piecesOf(message: string): readonly ({ said: string } | { name: string })[] {
  return message
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1]
      return name === undefined ? { said: piece } : { name }
    })
}

/** How a message in `lang` with its placeholders filled is said. */
export function spokenMessage(
  message: string,
  fill: (name: string) => Fill,
  lang: string = SOURCE,
): readonly SpokenPart[] {
  return piecesOf(message).flatMap((piece) =>
    'name' in piece ? spokenOf(fill(piece.name), lang) : [part(piece.said, lang)],
  )
}
