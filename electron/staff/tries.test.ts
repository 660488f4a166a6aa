import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STAFF_LIMITS } from './limits.ts'
import { afterClock, doorAt } from './tries.ts'

const SECOND = 1000

describe('wrong tries', () => {
  it.each([
    [0, 'open', 0],
    [4, 'open', 0],
    [5, 'wait', 30],
    [6, 'wait', 60],
    [7, 'wait', 120],
    [14, 'wait', 15_360],
    [15, 'stopped', 0],
    [99, 'stopped', 0],
  ])('%i of them: %s %i s', (failed, state, seconds) => {
    const door = doorAt({ failed, lastAtMs: 1000 }, 1000)
    expect(door).toEqual(state === 'wait' ? { state, forMs: seconds * SECOND } : { state })
  })

  it('are waited for to the last millisecond and no longer', () => {
    const tries = { failed: 5, lastAtMs: 1000 }
    expect(doorAt(tries, 1000 + 29_999)).toEqual({ state: 'wait', forMs: 1 })
    expect(doorAt(tries, 1000 + 30_000)).toEqual({ state: 'open' })
  })

  it('wait no longer for a clock that was set back, and no shorter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: STAFF_LIMITS.FREE_TRIES, max: STAFF_LIMITS.TRIES_MAX - 1 }),
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 1, max: 4e12 }),
        (failed, nowMs, ahead) => {
          const mended = afterClock({ failed, lastAtMs: nowMs + ahead }, nowMs)
          const delay = STAFF_LIMITS.FIRST_DELAY_MS * 2 ** (failed - STAFF_LIMITS.FREE_TRIES)
          expect(doorAt(mended, nowMs)).toEqual({ state: 'wait', forMs: delay })
          expect(doorAt(mended, nowMs + delay)).toEqual({ state: 'open' })
        },
      ),
    )
  })

  it('are never open sooner for one more of them', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(40_000_000), (failed, passedMs) => {
        const left = (tries: number) => {
          const door = doorAt({ failed: tries, lastAtMs: 0 }, passedMs)
          return door.state === 'open' ? 0 : door.state === 'wait' ? door.forMs : Infinity
        }
        expect(left(failed + 1)).toBeGreaterThanOrEqual(left(failed))
      }),
    )
  })
})
