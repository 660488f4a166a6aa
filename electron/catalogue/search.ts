import type { SearchHit } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/forms/index.ts'
import { codeIn } from './code-query.ts'
import { atCounters, elsewhere } from './everyday-words.ts'
import { createIndex, type Reading } from './search-index.ts'
import { createScoring } from './search-scoring.ts'
import { splitWords, type Word } from './search-words.ts'
import { wordings } from './wordings.ts'

/** Bounds of a search. */
export const searchLimits = {
  DEFAULT_HITS: 8,
  /** Words beyond these are not looked at. */
  MAX_WORDS: 14,
  /** A word that is read less surely may be several run together. */
  SURE: 0.65,
  /**
   * Weaker evidence (`TakeAnswer`) is chance. About a third: half of the query, say, by a text of which
   * two thirds were asked. Less will do for what is done here: who stands at a kiosk more likely
   * wants that.
   */
  MIN_EVIDENCE: 0.35,
  /** What is this much worse than the best is not shown. */
  MIN_OF_BEST: 0.4,
} as const

/** What a procedure is worth before anything is asked. */
const PRIOR = {
  FILEABLE: 1.1,
  AT_COUNTER: 1.04,
  COMMUNE: 1,
  OTHER: 0.94,
  /** In force in one province, and not known whether it is this one. */
  ONE_PROVINCE: 0.88,
  /** Between agencies: no citizen can ask for it. */
  INTERNAL: 0.6,
  ANOTHER_WORDING: 0.95,
} as const

/** A procedure as the search knows it. */
interface SearchRow {
  readonly procedure: Omit<SearchHit, 'fileable'>
  readonly sayings: readonly string[]
  /** What it is worth where it cannot be filed. */
  readonly prior: number
}

/** One procedure of the national catalogue, as `readCatalogue` gives it. */
export type NationalRow = Omit<SearchHit, 'fileable' | 'shortName'> & {
  /** STANDARD, SPECIFIC or STANDARD_INTERNAL; '' if not said. */
  readonly type: string
}

/** The definitions and the national catalogue as one list, each code once. */
function toRows(
  definitions: readonly Procedure[],
  national: readonly NationalRow[],
): readonly SearchRow[] {
  const defined = new Set(definitions.map(({ code }) => code))
  return [
    ...definitions.map(definedRow),
    ...national.filter(({ code }) => !defined.has(code)).map(nationalRow),
  ]
}

function definedRow({ code, name, shortName, field, words = [] }: Procedure): SearchRow {
  return {
    procedure: { code, name, shortName, field, level: 'commune' },
    sayings: [shortName, ...words],
    prior: PRIOR.AT_COUNTER,
  }
}

function nationalRow({ code, name, field, level: said, type }: NationalRow): SearchRow {
  const atCounter = atCounters[code]
  const words = atCounter ?? elsewhere[code]
  // The catalogue often leaves out who is in charge.
  const level = atCounter ? 'commune' : said
  return {
    procedure: { code, name, shortName: words?.shortName ?? null, field, level },
    sayings: words ? [words.shortName, ...words.say] : [],
    prior: atCounter ? PRIOR.AT_COUNTER : nationalPrior(level, type),
  }
}

function nationalPrior(level: NationalRow['level'], type: string): number {
  const prior = level === 'commune' ? PRIOR.COMMUNE : PRIOR.OTHER
  if (type === 'SPECIFIC') return prior * PRIOR.ONE_PROVINCE
  return type === 'STANDARD_INTERNAL' ? prior * PRIOR.INTERNAL : prior
}

/**
 * Search over names held in memory: by words with or without tones, slips of the finger, what the
 * keyboard left of a mark, everyday words, initials, and code. Best first; empty where nothing
 * answers enough of what was asked. `definitions`: the procedures that have a form, whether or not
 * this kiosk files them today; each search is told the codes of those that it does.
 */
export function createSearch(definitions: readonly Procedure[], national: readonly NationalRow[]) {
  const rows = toRows(definitions, national)
  const index = createIndex(
    rows.flatMap(({ procedure, sayings }, row) => [
      { row, kind: 'name' as const, text: procedure.name },
      { row, kind: 'field' as const, text: procedure.field },
      ...sayings.map((text) => ({ row, kind: 'saying' as const, text })),
    ]),
  )
  const score = createScoring(index, rows.length)

  return (
    query: string,
    fileable: ReadonlySet<string>,
    limit: number = searchLimits.DEFAULT_HITS,
  ): SearchHit[] => {
    const most = Math.max(0, limit)
    const priorOf = ({ procedure, prior }: SearchRow) =>
      fileable.has(procedure.code) ? PRIOR.FILEABLE : prior
    const toHit = ({ procedure }: SearchRow): SearchHit => ({
      ...procedure,
      fileable: fileable.has(procedure.code),
    })
    const code = codeIn(query)
    if (code !== null) {
      return rows
        .filter(({ procedure }) => procedure.code.startsWith(code))
        .sort((a, b) => priorOf(b) - priorOf(a) || a.procedure.code.localeCompare(b.procedure.code))
        .slice(0, most)
        .map(toHit)
    }
    const known = new Map<string, Reading[]>()
    const read = (word: Word): Reading[] => {
      const readings = known.get(word.toned) ?? index.read(word)
      known.set(word.toned, readings)
      return readings
    }
    const asked = splitWords(query)
      .slice(0, searchLimits.MAX_WORDS)
      .flatMap((word) => {
        if ((read(word)[0]?.likeness ?? 0) >= searchLimits.SURE) return [word]
        return index.cut(word.plain)?.flatMap((piece) => splitWords(piece)) ?? [word]
      })
      .slice(0, searchLimits.MAX_WORDS)
    if (asked.length === 0) return []

    const best = new Float64Array(rows.length)
    wordings(asked).forEach((wording, at) => {
      score(wording, read, (place, found, evidence) => {
        const row = rows[place]
        if (!row || evidence * Math.max(1, priorOf(row)) < searchLimits.MIN_EVIDENCE) return
        const worth = found * priorOf(row) * (at === 0 ? 1 : PRIOR.ANOTHER_WORDING)
        best[place] = Math.max(best[place] ?? 0, worth)
      })
    })

    let top = 0
    for (const worth of best) top = Math.max(top, worth)
    const found: number[] = []
    best.forEach((worth, place) => {
      if (worth > 0 && worth >= top * searchLimits.MIN_OF_BEST) found.push(place)
    })
    return found
      .sort((a, b) => (best[b] ?? 0) - (best[a] ?? 0))
      .slice(0, most)
      .flatMap((place) => rows[place] ?? [])
      .map(toHit)
  }
}
