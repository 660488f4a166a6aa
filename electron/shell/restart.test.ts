import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextRestart, RESTART_LIMITS } from './restart.ts'

describe('nextRestart', () => {
  test.each([
    [1, 0, false],
    [2, 250, false],
    [3, 500, false],
    [4, 1_000, false],
    [5, 2_000, false],
    [6, 5_000, true],
    [60, 5_000, true],
  ])('death %i in a minute: after %i ms, out of service %s', (count, delayMs, outOfService) => {
    const deaths = Array.from({ length: count }, (_, index) => 100_000 + index)
    expect(nextRestart(deaths, 100_000 + count - 1)).toEqual({ delayMs, outOfService })
  })

  test('deaths of long ago do not count', () => {
    const old = [0, 1, 2, 3, 4, 5, 6]
    expect(nextRestart([...old, 70_000], 70_000)).toEqual({ delayMs: 0, outOfService: false })
  })

  const deaths = fc
    .array(fc.nat({ max: 200_000 }), { minLength: 1, maxLength: 40 })
    .map((times) => times.sort((a, b) => a - b))

  test('it always restarts within five seconds, and a further death never makes it quicker', () => {
    fc.assert(
      fc.property(deaths, (times) => {
        const now = times.at(-1) ?? 0
        const { delayMs, outOfService } = nextRestart(times, now)
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(RESTART_LIMITS.OUT_OF_SERVICE_MS)
        const next = nextRestart([...times, now], now)
        expect(next.delayMs).toBeGreaterThanOrEqual(delayMs)
        expect(next.outOfService || !outOfService).toBe(true)
      }),
    )
  })

  test('only the last minute decides', () => {
    fc.assert(
      fc.property(deaths, (times) => {
        const now = times.at(-1) ?? 0
        const recent = times.filter((at) => now - at < RESTART_LIMITS.WINDOW_MS)
        expect(nextRestart(times, now)).toEqual(nextRestart(recent, now))
      }),
    )
  })
})
