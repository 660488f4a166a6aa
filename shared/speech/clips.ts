import type { SpokenPart } from '../domain/phrase.ts'
import { writeOutNumbers } from './pronounce.ts'
import { wordingOf } from './wording.ts'

/** A voice that is recorded: its language, and which texts it has a clip for, by `clipText`. */
export interface Voice {
  readonly lang: string
  readonly has: (text: string) => boolean
}

/** What is played: a clip by its voice and the text it says, or a rest. */
export type Step =
  | { readonly kind: 'clip'; readonly lang: string; readonly text: string }
  | { readonly kind: 'rest'; readonly ms: number }

/** Rests of speech that is put together from clips. */
export const RESTS = {
  /** At a comma, between the groups of a number. */
  COMMA_MS: 220,
  /** At the end of a sentence. */
  STOP_MS: 380,
  /** Between two phrases of a screen. */
  PHRASE_MS: 420,
} as const

/** Words in a row for which one clip is looked for in a text that has none of its own. */
const MAX_RUN_WORDS = 8

/**
 * The form of a text under which its clip is kept. Texts that sound the same share one: capitals,
 * line breaks, quotation marks and what ends a sentence do not tell them apart; a question does.
 */
export function clipText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[“”"()[\]]/g, ' ')
    .replaceAll(/\s*[\n:;…]+\s*/g, ', ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([,.?])/g, '$1')
    .replaceAll(/,(?:\s*,)+/g, ',')
    .replace(/^[\s,.–-]+/, '')
    .replace(/[\s,.–-]+$/, '')
}

/** A text without any letter or digit says nothing. */
const saysSomething = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

/**
 * What is played for a text in the language `lang`: its own clip, else the longest runs of its words
 * that have one, down to single syllables and numbers; a word that has none is spelled. Of `voices`
 * the first that can say a run says it. A stretch without a clip for its letters either is passed
 * over.
 */
export function stepsOf(text: string, voices: readonly Voice[], lang: string): readonly Step[] {
  const whole = clipText(text)
  if (!saysSomething(whole)) return []
  const own = clipOf(whole, voices)
  if (own !== null) return [own]
  const steps: Step[] = []
  // A dot within a number ("8.000") parts nothing.
  for (const sentence of whole.split(/(?<=[.?])\s+/)) {
    for (const stretch of sentence.split(/,\s*/)) {
      steps.push(...stretchSteps(stretch, voices, lang), { kind: 'rest', ms: RESTS.COMMA_MS })
    }
    steps.pop()
    steps.push({ kind: 'rest', ms: RESTS.STOP_MS })
  }
  steps.pop()
  return steps
}

/** The clip of a text, by the first voice that has one. */
function clipOf(text: string, voices: readonly Voice[]): Step | null {
  const voice = voices.find(({ has }) => has(text))
  return voice === undefined ? null : { kind: 'clip', lang: voice.lang, text }
}

function stretchSteps(stretch: string, voices: readonly Voice[], lang: string): Step[] {
  const text = clipText(stretch)
  const own = clipOf(text, voices)
  if (own !== null) return [own]
  const words = wordsOf(text, lang)
  const steps: Step[] = []
  for (let at = 0; at < words.length;) {
    const run = longestRun(words, at, voices)
    if (run === null) steps.push(...spelled(words[at] ?? '', voices, lang))
    else steps.push(run.step)
    at += run?.length ?? 1
  }
  return steps
}

/** Words as they are pronounced: numbers written out, marks dropped. */
function wordsOf(text: string, lang: string): string[] {
  return writeOutNumbers(text, lang)
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '')
}

function longestRun(words: readonly string[], at: number, voices: readonly Voice[]) {
  for (let length = Math.min(MAX_RUN_WORDS, words.length - at); length > 0; length -= 1) {
    const step = clipOf(words.slice(at, at + length).join(' '), voices)
    if (step !== null) return { step, length }
  }
  return null
}

function spelled(word: string, voices: readonly Voice[], lang: string): Step[] {
  return Array.from(word, (letter) => clipText(wordingOf(lang).character(letter))).flatMap(
    (name) => clipOf(name, voices) ?? [],
  )
}

/** Where sound goes. A headset is heard by one person, the loudspeaker by the whole hall. */
export type Route = 'speaker' | 'headset'

/**
 * What may be heard on a route: on the loudspeaker each private stretch gives way to `instead`,
 * once for stretches in a row.
 */
export function forRoute(
  parts: readonly SpokenPart[],
  route: Route,
  instead: SpokenPart,
): readonly SpokenPart[] {
  if (route === 'headset') return parts
  return parts.flatMap((part, at) => {
    if (!part.private) return [part]
    return parts[at - 1]?.private === true ? [] : [instead]
  })
}
