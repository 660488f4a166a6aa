import type { SearchHit } from '../../shared/contract/index.ts'
import { fold } from '../../shared/domain/vietnamese.ts'
import type { Procedure } from '../../shared/forms/index.ts'
import { createIndex, MATCH, type IndexedText, type SearchIndex } from './search-index.ts'
import { splitWords, type Word } from './search-words.ts'
import { synonyms } from './synonyms.ts'

/** Bounds of a search. */
export const searchLimits = {
  DEFAULT_HITS: 20,
  /** Words beyond these are not looked at. */
  MAX_WORDS: 12,
  /** Least share of the query, by weight of its words, that a name must answer. */
  MIN_COVERAGE: 0.4,
  /** A shorter run of letters is not taken for initials. */
  MIN_INITIALS: 3,
} as const

/** A procedure as the search knows it. */
interface SearchRow extends SearchHit {
  /** Other names that it goes by. */
  readonly also: readonly string[]
}

/** One procedure of the national catalogue, as `readCatalogue` gives it. */
export type NationalRow = Omit<SearchHit, 'fileable'>

/** The kiosk's own procedures and the national catalogue as one list, each code once. */
function toRows(pack: readonly Procedure[], national: readonly NationalRow[]): SearchRow[] {
  const own = new Set(pack.map(({ code }) => code))
  return [
    ...pack.map(({ code, name, shortName, field }) => ({
      code,
      name,
      field,
      level: 'commune' as const,
      fileable: true,
      also: [shortName],
    })),
    ...national
      .filter(({ code }) => !own.has(code))
      .map(({ code, name, field, level }) => ({
        code,
        name,
        field,
        level,
        fileable: false,
        also: [],
      })),
  ]
}

/** Words that people say around the thing they want; dropped while others remain. */
const fillers = new Set(
  splitWords('tôi muốn xin làm cần cho của để ở đâu như thế nào gì thủ tục với ạ hỏi cháu bé').map(
    ({ plain }) => plain,
  ),
)

const sayings = synonyms.flatMap(({ say, means }) => {
  const instead = splitWords(means)
  return say.map((phrase) => ({
    phrase: ` ${splitWords(phrase)
      .map(({ plain }) => plain)
      .join(' ')} `,
    instead,
  }))
})

/**
 * Search over names held in memory. Typed without tones it finds everything; typed with tones,
 * exact matches come first. Then: this kiosk's own, names that say no more than was asked, commune
 * level, the shorter name.
 */
export function createSearch(pack: readonly Procedure[], national: readonly NationalRow[]) {
  const rows = toRows(pack, national)
  const index = createIndex(
    rows.flatMap(({ name, also }, row) => [name, ...also].map((text) => ({ row, text }))),
  )
  const scratch = {
    seen: new Uint16Array(index.texts.length),
    best: new Float64Array(rows.length),
  }

  return (query: string, limit: number = searchLimits.DEFAULT_HITS): SearchHit[] => {
    const { best } = scratch
    best.fill(0)
    const asked = splitWords(query).slice(0, searchLimits.MAX_WORDS)
    const meant = asked.filter(({ plain }) => !fillers.has(plain))
    const wanted = meant.length > 0 ? meant : asked
    const toned = fold(query) !== query.normalize('NFC').toLowerCase()
    rank(index, rows, wanted, toned, scratch)

    const said = ` ${asked.map(({ plain }) => plain).join(' ')} `
    const heard = sayings.filter(({ phrase }) => said.includes(phrase))
    for (const { phrase, instead } of heard) {
      // "Mất giấy khai sinh" also holds "giấy khai sinh": the longer saying is the one meant.
      const part = heard.some((other) => other.phrase !== phrase && other.phrase.includes(phrase))
      if (!part) rank(index, rows, instead, true, scratch)
    }
    const [only] = asked
    if (only && asked.length === 1) rankInitials(index, rows, only.plain, best)

    const found: number[] = []
    best.forEach((score, row) => {
      if (score > 0) found.push(row)
    })
    return found
      .sort((a, b) => (best[b] ?? 0) - (best[a] ?? 0))
      .slice(0, Math.max(0, limit))
      .flatMap((at) => {
        const row = rows[at]
        if (!row) return []
        const { code, name, field, level, fileable } = row
        return [{ code, name, field, level, fileable }]
      })
  }
}

/** What decides between two names, the weightiest first; each a whole number from 0. */
interface Merits {
  /** 0..20: share of the query that the name answers. */
  readonly coverage: number
  /** No spelling slip was needed. */
  readonly clean: boolean
  /** 0..4: words that follow each other in the query do so in the name. */
  readonly together: number
  /** 0..4: words that have the same tones. */
  readonly tones: number
  /** Whole words, not beginnings. */
  readonly whole: boolean
  /** The name says what was asked and nothing more: "kết hôn", "Thủ tục đăng ký kết hôn". */
  readonly complete: boolean
}

function score(merits: Merits, text: IndexedText, row: SearchRow): number {
  let sum = merits.coverage
  sum = sum * 2 + Number(merits.clean)
  sum = sum * 5 + merits.together
  sum = sum * 5 + merits.tones
  sum = sum * 2 + Number(merits.whole)
  sum = sum * 2 + Number(row.fileable)
  sum = sum * 2 + Number(merits.complete)
  sum = sum * 2 + Number(row.level === 'commune')
  return sum * 4096 + 4095 - Math.min(text.length, 4095)
}

function rank(
  index: SearchIndex,
  rows: readonly SearchRow[],
  query: readonly Word[],
  toned: boolean,
  { seen, best }: { seen: Uint16Array; best: Float64Array },
): void {
  const terms = query
    .map((word) => term(index, word, seen.length))
    .filter(({ weight }) => weight > 0)
    .slice(0, searchLimits.MAX_WORDS)
  if (terms.length === 0) return

  seen.fill(0)
  const touched: number[] = []
  terms.forEach(({ texts }, at) => {
    for (const text of texts) {
      if (seen[text] === 0) touched.push(text)
      seen[text] = (seen[text] ?? 0) | (1 << at)
    }
  })

  const total = terms.reduce((sum, { weight }) => sum + weight, 0)
  for (const at of touched) {
    const text = index.texts[at]
    const row = text && rows[text.row]
    if (!row) continue
    const value = judge(text, row, terms, seen[at] ?? 0, total, toned)
    best[text.row] = Math.max(best[text.row] ?? 0, value)
  }
}

/** The score of one name; 0 where it answers too little. `bits`: the terms that it holds. */
function judge(
  text: IndexedText,
  row: SearchRow,
  terms: readonly Term[],
  bits: number,
  total: number,
  toned: boolean,
): number {
  let share = 0
  terms.forEach(({ weight }, at) => {
    if (bits & (1 << at)) share += weight / total
  })
  if (share < searchLimits.MIN_COVERAGE) return 0
  const coverage = Math.floor(share * 20 + 1e-9)

  let worst: number = MATCH.EXACT
  let sameTones = 0
  terms.forEach(({ quality, word }, at) => {
    if (!(bits & (1 << at))) return
    let most: number = MATCH.NONE
    for (const number of text.plain) most = Math.max(most, quality[number] ?? 0)
    worst = Math.min(worst, most)
    if (toned && text.toned.has(word.toned)) sameTones += 1
  })
  return score(
    {
      coverage,
      clean: worst > MATCH.SLIP,
      together: quarters(neighbours(text, terms), terms.length - 1),
      tones: toned ? quarters(sameTones, terms.length) : 0,
      whole: worst === MATCH.EXACT,
      complete:
        coverage === 20 && text.core.every((word) => terms.some(({ quality }) => quality[word])),
    },
    text,
    row,
  )
}

interface Term {
  readonly word: Word
  readonly quality: Uint8Array
  readonly texts: ReadonlySet<number>
  /** Rare words say more; 0: nothing in the catalogue answers the word. */
  readonly weight: number
}

function term(index: SearchIndex, word: Word, size: number): Term {
  const quality = index.matches(word.plain)
  const texts = new Set<number>()
  quality.forEach((match, number) => {
    if (match !== MATCH.NONE) for (const text of index.holding(number)) texts.add(text)
  })
  return { word, quality, texts, weight: texts.size === 0 ? 0 : Math.log(1 + size / texts.size) }
}

/** How many neighbours of the query are neighbours in the name. */
function neighbours(text: IndexedText, terms: readonly Term[]): number {
  let count = 0
  for (let at = 1; at < terms.length; at += 1) {
    const before = terms[at - 1]?.quality
    const after = terms[at]?.quality
    const found = text.plain.some((word, place) => {
      const next = text.plain[place + 1]
      return next !== undefined && before?.[word] && after?.[next]
    })
    if (found) count += 1
  }
  return count
}

/** 0..4; everything where there is nothing to fulfil. */
function quarters(part: number, whole: number): number {
  return whole === 0 ? 4 : Math.floor((part / whole) * 4)
}

/** "dkks": the first letters, best at the head of the name. */
function rankInitials(
  index: SearchIndex,
  rows: readonly SearchRow[],
  letters: string,
  best: Float64Array,
): void {
  if (letters.length < searchLimits.MIN_INITIALS) return
  for (const text of index.texts) {
    const row = rows[text.row]
    const place = text.initials.indexOf(letters)
    if (!row || place < 0) continue
    const value = score(
      {
        coverage: 20,
        clean: true,
        together: place === 0 ? 4 : 0,
        tones: 0,
        whole: place === 0,
        complete: letters === text.initials,
      },
      text,
      row,
    )
    best[text.row] = Math.max(best[text.row] ?? 0, value)
  }
}
