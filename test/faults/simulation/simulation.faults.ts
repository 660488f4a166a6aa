import { describe, expect, it } from 'vitest'
import { settings } from '../settings.ts'
import { simulate, type SimulationResult } from './simulate.ts'

const SEEDS = settings.long ? 3000 : 200
const FIRST_SEED = 1
const seeds =
  settings.seed === undefined
    ? Array.from({ length: SEEDS }, (_, at) => FIRST_SEED + at)
    : [settings.seed]

describe('a simulated kiosk', () => {
  it(`keeps the invariants over ${seeds.length} seeds`, async () => {
    const results: SimulationResult[] = []
    for (const seed of seeds) {
      const result = await simulate(seed)
      if (result.violations.length > 0) {
        throw new Error(
          [
            `seed ${seed} breaks the invariants; replay: npm run test:faults -- --seed ${seed}`,
            ...result.violations,
            ...(settings.seed === undefined ? [] : result.story),
          ].join('\n'),
        )
      }
      results.push(result)
    }
    // The weather must have been bad enough to prove something, and the kiosk must have worked.
    const sum = (of: 'crashes' | 'delivered' | 'filings' | 'withPapers'): number =>
      results.reduce((total, result) => total + result[of], 0)
    expect(sum('filings')).toBeGreaterThan(seeds.length)
    expect(sum('delivered')).toBeGreaterThan(sum('filings') / 2)
    const isReplay = settings.seed !== undefined
    expect(sum('withPapers')).toBeGreaterThan(isReplay ? -1 : seeds.length / 4)
    const enoughCrashes = isReplay ? -1 : seeds.length
    expect(sum('crashes')).toBeGreaterThan(enoughCrashes)
  })

  it('tells the same story for the same seed', async () => {
    const [first, second] = [await simulate(2), await simulate(2)]
    expect(second.story).toEqual(first.story)
    // One with papers: that they are read from a real disk must not show.
    expect(first.withPapers).toBeGreaterThan(0)
    expect(first.story.length).toBeGreaterThan(10)
  })
})
