import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryDelayMs } from './backoff.ts'
import { OUTBOX_LIMITS } from './limits.ts'

const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the delay before a retry', () => {
  it('is positive and never above the cap, however often it failed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), jitter, (attempts, random) => {
        const delay = retryDelayMs(attempts, random)
        expect(delay).toBeGreaterThan(0)
        expect(delay).toBeLessThanOrEqual(OUTBOX_LIMITS.BACKOFF_CAP_MS)
      }),
    )
  })

  it('is about a second the first time', () => {
    fc.assert(
      fc.property(jitter, (random) => {
        expect(retryDelayMs(1, random)).toBeGreaterThanOrEqual(500)
        expect(retryDelayMs(1, random)).toBeLessThanOrEqual(1500)
      }),
    )
  })

  it('never falls with more failures for the same jitter after the first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2000 }), jitter, (attempts, random) => {
        expect(retryDelayMs(attempts + 1, random)).toBeGreaterThanOrEqual(
          retryDelayMs(attempts, random),
        )
      }),
    )
  })

  it('reaches the cap and stays there', () => {
    expect(retryDelayMs(2, 0.999)).toBeLessThanOrEqual(5000)
    expect(retryDelayMs(20, 0.5)).toBe(OUTBOX_LIMITS.BACKOFF_CAP_MS / 2)
  })
})
