import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  createSearch,
  importCatalogue,
  loadPack,
  openCatalogue,
  readCatalogue,
  type NationalRow,
} from '../../electron/catalogue/index.ts'
import { resourcesDir } from '../../electron/resources-dir.ts'
import type { SearchHit } from '../../shared/contract/index.ts'
import { fold, words } from '../../shared/domain/vietnamese.ts'
import { searchesIn } from '../fixtures/searches.ts'
import { figure, percentile, type Figure } from './figure.ts'
import { inventedNames } from './invented-catalogue.ts'

/** The national list lies beside the project, not in it. */
const LIST = fileURLToPath(
  new URL('../../../shared/data/procedures/catalogue.jsonl', import.meta.url),
)
const QUERIES = 200
/** One frame of the page: the list is drawn anew with every letter. */
const FRAME_MS = 16
/**
 * A query is asked three times and its best time taken: at 16 ms, one turn that the scheduler
 * gives to another program is the whole figure. A query that is slow is slow three times.
 */
const TRIES = 3

/** Milliseconds to find what was typed among all the names of the national catalogue. */
export async function searchBench(): Promise<readonly Figure[]> {
  const pack = await loadPack(join(resourcesDir(), 'procedures'))
  if (!pack.ok) throw new Error('the procedure pack does not load')
  const rows = existsSync(LIST) ? await nationalRows() : inventedRows()
  const fileable = new Set(pack.value.map(({ code }) => code))
  const find = createSearch(pack.value, rows)
  const search = (query: string, limit?: number) => find(query, fileable, limit)
  const queries = tonelessQueries(rows.map(({ name }) => name))

  let found = 0
  const times = queries.map((query) => {
    let best = Infinity
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const began = performance.now()
      const hits = search(query)
      best = Math.min(best, performance.now() - began)
      if (attempt === 0 && hits.length > 0) found += 1
    }
    return best
  })
  const list = existsSync(LIST) ? 'the national list' : 'invented names, as the list is not here'
  const baseline = `${rows.length} names of ${list}; ${queries.length} queries, ${found} with hits, best of ${TRIES}`
  const answered = existsSync(LIST) ? await accuracy(search) : []
  return [
    ...answered,
    figure('search', 'p50', percentile(times, 0.5), 'ms', '<=', FRAME_MS, baseline),
    figure('search', 'p99', percentile(times, 0.99), 'ms', '<=', FRAME_MS, baseline),
  ]
}

/** Share of what people type that has its procedure among the first three, or rightly has none. */
async function accuracy(
  search: (query: string, limit: number) => readonly SearchHit[],
): Promise<readonly Figure[]> {
  const untuned = [...(await searchesIn('held-out')), ...(await searchesIn('fresh'))]
  const real = untuned.filter(({ codes }) => codes.length > 0)
  const strange = untuned.filter(({ codes }) => codes.length === 0)
  const right = real.filter(({ query, codes }) =>
    search(query, 3).some(({ code }) => codes.includes(code)),
  )
  const silent = strange.filter(({ query }) => search(query, 1).length === 0)
  const share = (part: readonly unknown[], of: readonly unknown[]) =>
    (100 * part.length) / of.length
  const not = 'that the search was not tuned on'
  return [
    figure(
      'search',
      'among the first three',
      share(right, real),
      '%',
      '>=',
      95,
      `${real.length} queries ${not}`,
    ),
    figure(
      'search',
      'nothing for nonsense',
      share(silent, strange),
      '%',
      '>=',
      75,
      `${strange.length} queries ${not}`,
    ),
  ]
}

/** By the product's own import, so that the names are those which a kiosk holds. */
async function nationalRows(): Promise<NationalRow[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const opened = await openCatalogue(join(dir, 'catalogue.sqlite'))
    if (!opened.ok) throw new Error(`no catalogue: ${opened.error.code}`)
    const imported = await importCatalogue(opened.value, createReadStream(LIST), Date.now())
    if (!imported.ok) throw new Error(`not imported: ${imported.error.code}`)
    const rows = readCatalogue(opened.value)
    opened.value.close()
    return rows
  } finally {
    await rm(dir, { recursive: true })
  }
}

function inventedRows(): NationalRow[] {
  return inventedNames().map((name, at) => ({
    code: `9.${String(at).padStart(6, '0')}`,
    name,
    field: 'Việc thử',
    level: at % 2 === 0 ? 'commune' : 'other',
    type: 'STANDARD',
  }))
}

/** The ways in which people type a name without tones, each in turn over the whole list. */
const ways: readonly ((words: readonly string[]) => string)[] = [
  (all) => all.join(' '),
  (all) => middle(all, 3).join(' '),
  (all) => middle(all, 2).join(' '),
  // A name that is being typed: beginnings of words.
  (all) =>
    middle(all, 4)
      .map((word) => word.slice(0, 2))
      .join(' '),
  (all) =>
    all
      .slice(0, 6)
      .map((word) => word.slice(0, 1))
      .join(''),
  (all) => middle(all, 4).map(slip).join(' '),
]

function tonelessQueries(names: readonly string[]): string[] {
  const step = Math.floor(names.length / QUERIES)
  return Array.from({ length: QUERIES }, (_, at) => {
    const way = ways[at % ways.length]
    return way?.(words(fold(names[at * step] ?? ''))) ?? ''
  })
}

function middle(all: readonly string[], count: number): readonly string[] {
  const from = Math.max(0, Math.floor((all.length - count) / 2))
  return all.slice(from, from + count)
}

/** Two neighbouring letters swapped in every longer word. */
function slip(word: string): string {
  return word.length < 4 ? word : `${word[0]}${word[2]}${word[1]}${word.slice(3)}`
}
