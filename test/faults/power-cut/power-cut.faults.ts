import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seeded } from '../random.ts'
import { settings } from '../settings.ts'
import { buildShim, NEEDS_COMPILER } from '../shim.ts'
import { cutPower, type CutOptions, type CutResult } from './cut.ts'

const RUNS = settings.long ? 150 : 5
const PAPER_RUNS = settings.long ? 50 : 3
const CONTROL_RUNS = settings.long ? 20 : 3

let dir: string
let shim: string | null
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-power-'))
  shim = buildShim(new URL('shim.c', import.meta.url), dir)
})
afterAll(() => rm(dir, { recursive: true }))

async function cuts(
  runs: number,
  how: Omit<CutOptions, 'dir' | 'shim' | 'random'>,
  skip: (reason: string) => never,
): Promise<CutResult[]> {
  if (shim === null) {
    if (settings.ci) throw new Error(NEEDS_COMPILER)
    return skip(NEEDS_COMPILER)
  }
  const results: CutResult[] = []
  for (let run = 0; run < runs; run += 1) {
    const place = join(dir, `run-${run}`)
    await mkdir(place)
    results.push(await cutPower({ dir: place, shim, random: seeded(run), ...how }))
    await rm(place, { recursive: true })
  }
  return results
}

const sum = (results: readonly CutResult[], of: 'promised' | 'papers' | 'lost'): number =>
  results.reduce((total, result) => total + result[of], 0)

it(`P1 ${RUNS} cuts lose everything that was not synced, and no promised filing`, async ({
  skip,
}) => {
  const results = await cuts(RUNS, { synchronous: 'FULL', unsynced: 'lost' }, skip)
  expect(sum(results, 'promised')).toBeGreaterThan(RUNS)
  expect(sum(results, 'lost')).toBe(0)
  expect(results.map(({ integrity }) => integrity)).toEqual(results.map(() => 'ok'))
})

it(`P1 ${RUNS} cuts that tear the log and the file lose no promised filing`, async ({ skip }) => {
  const results = await cuts(RUNS, { synchronous: 'FULL', unsynced: 'partly' }, skip)
  expect(sum(results, 'lost')).toBe(0)
  expect(results.map(({ integrity }) => integrity)).toEqual(results.map(() => 'ok'))
})

for (const unsynced of ['lost', 'partly'] as const) {
  it(`P1 ${PAPER_RUNS} cuts, what was not synced being ${unsynced}: the papers of every promised filing are whole`, async ({
    skip,
  }) => {
    const how = { synchronous: 'FULL', unsynced, papersEvery: 3 } as const
    const results = await cuts(PAPER_RUNS, how, skip)
    expect(sum(results, 'papers')).toBeGreaterThan(PAPER_RUNS)
    expect(sum(results, 'lost')).toBe(0)
    expect(results.map(({ integrity }) => integrity)).toEqual(results.map(() => 'ok'))
  })
}

it('P1 where papers are not synced, a cut is seen to lose them', async ({ skip }) => {
  const how = { synchronous: 'FULL', unsynced: 'lost', papersEvery: 1, forget: '/scan-' } as const
  const [result] = await cuts(1, how, skip)
  expect(result?.promised).toBeGreaterThan(0)
  expect(result?.lost).toBe(result?.promised)
})

it(`P1 with synchronous=NORMAL, ${CONTROL_RUNS} cuts are seen to lose filings`, async ({
  skip,
}) => {
  const results = await cuts(CONTROL_RUNS, { synchronous: 'NORMAL', unsynced: 'lost' }, skip)
  expect(results.map(({ promised, lost }) => promised > 0 && lost > 0)).toEqual(
    results.map(() => true),
  )
})
