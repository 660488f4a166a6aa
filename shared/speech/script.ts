import { clipText } from './clips.ts'
import type { Script } from './schema.ts'
import { piecesOf } from './spoken.ts'
import { formsOf, type Translation } from './texts.ts'
import { wordsOf } from './wording.ts'

/** What a speaker reads aloud for one clip. */
export interface Line {
  /** The form under which its clip is kept (`clipText`). */
  readonly clip: string
  /** As it is written. */
  readonly text: string
  /** The Vietnamese text of which it, or its translation, is a piece. */
  readonly source: string
  /** Message key of the first text that has it. */
  readonly where: string
  readonly part: Script['texts'][number]['part'] | 'number'
  /** Codes of the procedures that say it. */
  readonly procedures: readonly string[]
}

/** In which language lines are read; `texts` by the Vietnamese, null where it is only spoken. */
interface ReadIn {
  readonly tag: string
  readonly texts: ReadonlyMap<string, Translation> | null
}

/**
 * What is to be recorded for a language, in order of use: the pieces between the placeholders of
 * each text, every sound once, and the words of numbers behind what each visit says. A text without
 * a translation stays Vietnamese on the screen, and is said by the Vietnamese clip.
 */
export function linesOf(script: Script, { tag, texts }: ReadIn): readonly Line[] {
  const lines = new Map<string, Line>()
  const add = (line: Omit<Line, 'clip'>) => {
    const clip = clipText(line.text)
    if (!/[\p{L}\p{N}]/u.test(clip)) return
    const known = lines.get(clip)
    const procedures = [...new Set([...(known?.procedures ?? []), ...line.procedures])]
    lines.set(clip, { ...(known ?? { ...line, clip, text: line.text.trim() }), procedures })
  }
  const addTexts = (wanted: (part: Line['part']) => boolean) => {
    for (const { text: source, where, part, procedures } of script.texts) {
      const translation = texts === null ? source : texts.get(source)
      if (!wanted(part) || translation === undefined) continue
      for (const piece of formsOf(translation).flatMap(piecesOf)) {
        if ('said' in piece) add({ text: piece.said, source, where, part, procedures })
      }
    }
  }
  addTexts((part) => part === 'visit')
  for (const text of wordsOf(tag).numbers) {
    add({ text, source: text, where: 'number', part: 'number', procedures: [] })
  }
  addTexts((part) => part !== 'visit')
  return [...lines.values()]
}

/** Whether a visit for a procedure says a line: every visit's screens, numbers, and its own words. */
export const isSaidIn = (
  { part, procedures }: Pick<Line, 'part' | 'procedures'>,
  code: string,
): boolean => part === 'visit' || part === 'number' || procedures.includes(code)

/** How many of so many lines have a clip. */
export interface Coverage {
  readonly recorded: number
  readonly of: number
}

/** Coverage of a procedure's whole visit: the screens that every visit has, numbers, its own words. */
export interface JourneyCoverage extends Coverage {
  readonly code: string
  readonly name: string
}

export function coverageOf(
  script: Script,
  lines: readonly Line[],
  has: (clip: string) => boolean,
): Coverage & { readonly journeys: readonly JourneyCoverage[] } {
  const count = (some: readonly Line[]): Coverage => ({
    recorded: some.filter(({ clip }) => has(clip)).length,
    of: some.length,
  })
  const journeys = script.journeys.map(({ code, name }) => ({
    code,
    name,
    ...count(lines.filter((line) => isSaidIn(line, code))),
  }))
  return { ...count(lines), journeys }
}
