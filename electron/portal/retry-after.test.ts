import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedWaitMs, retryAfterMs, WAIT_LIMITS } from './retry-after.ts'

const date = 'Sat, 21 Nov 2026 03:00:00 GMT'
const kioskThinks = Date.parse(date) - 10_000

describe('Retry-After', () => {
  it.each([
    ['120', date, null, 120_000],
    ['Sat, 21 Nov 2026 03:00:30 GMT', date, null, 30_000],
    ['Sat, 21 Nov 2026 03:00:30 GMT', date, kioskThinks, 30_000],
    ['Sat, 21 Nov 2026 03:00:30 GMT', null, kioskThinks, 40_000],
    ['Sat, 21 Nov 2026 02:00:00 GMT', date, null, 0],
    ['Sat, 21 Nov 2026 03:00:30 GMT', null, null, null],
    ['soon', date, kioskThinks, null],
    ['-1', date, kioskThinks, null],
    [null, date, kioskThinks, null],
  ])('%s seen at %s (the kiosk thinks %s) is %s ms', (value, at, now, ms) => {
    expect(retryAfterMs(value, at, now)).toBe(ms)
  })

  it('makes a wait within bounds of whatever a portal says', () => {
    const said = fc.oneof(
      fc.string(),
      fc.bigInt({ min: 0n, max: 10n ** 60n }).map(String),
      fc.date({ noInvalidDate: true }).map((at) => at.toUTCString()),
    )
    fc.assert(
      fc.property(said, said, (value, at) => {
        const ms = boundedWaitMs(retryAfterMs(value, at))
        expect(ms).toBeGreaterThanOrEqual(WAIT_LIMITS.MIN_MS)
        expect(ms).toBeLessThanOrEqual(WAIT_LIMITS.MAX_MS)
      }),
    )
    expect(boundedWaitMs(null)).toBe(WAIT_LIMITS.DEFAULT_MS)
  })
})
