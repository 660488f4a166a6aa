import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakerAfter, closedBreaker, probeDelayMs, type Breaker, type Sign } from './breaker.ts'
import { OUTBOX_LIMITS } from './limits.ts'

const failed: Sign = { kind: 'failed', cause: 'ECONNREFUSED' }
const alive: Sign = { kind: 'alive' }
const answered: Sign = { kind: 'answered' }
const hold: Sign = { kind: 'hold', cause: 'forbidden', detail: 'kiosk-disabled' }
const stumbled = (clientRef: string): Sign => ({ kind: 'stumbled', cause: 'http-500', clientRef })

const after = (signs: readonly Sign[], from: Breaker = closedBreaker): Breaker =>
  signs.reduce((breaker, sign) => breakerAfter(breaker, sign, 0), from)

const anySign = fc.constantFrom(failed, alive, answered, hold, stumbled('a'), stumbled('b'))

describe('the breaker', () => {
  it('opens after three failures in a row, and no answer lies between', () => {
    expect(after([failed, failed]).state).toBe('closed')
    expect(after([failed, failed, failed]).state).toBe('open')
    expect(after([failed, failed, answered, failed, failed]).state).toBe('closed')
  })

  it('lets one filing out after a sign of life, and closes only when that is answered', () => {
    const halfOpen = after([failed, failed, failed, alive])
    expect(halfOpen.state).toBe('half-open')
    expect(after([answered], halfOpen)).toEqual(closedBreaker)
    expect(after([failed], halfOpen).state).toBe('open')
  })

  it('does not open for one filing that the portal stumbles over, but for three of them', () => {
    expect(after(Array(20).fill(stumbled('a'))).state).toBe('closed')
    expect(after([stumbled('a'), stumbled('b'), stumbled('c')]).state).toBe('open')
  })

  it('opens at once for a hold, and keeps it until the portal has answered a filing', () => {
    const held = after([hold])
    expect(held).toMatchObject({ state: 'open', hold: { cause: 'forbidden' } })
    expect(after([failed, alive], held).hold).toMatchObject({ cause: 'forbidden' })
    expect(after([alive, answered], held).hold).toBeNull()
  })

  it('is closed by nothing but an answer, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(anySign, { maxLength: 40 }), anySign, (signs, last) => {
        const before = after(signs)
        const next = after([last], before)
        const isShutStill = before.state !== 'open' || next.state === 'open'
        const isAsBefore = before.state === 'closed' || next.state !== 'closed'
        const isAnswer = last.kind === 'answered' || last.kind === 'stumbled'
        return (isShutStill || isAnswer || last.kind === 'alive') && (isAsBefore || isAnswer)
      }),
    )
  })
})

describe('the wait between signs of life', () => {
  it('is short for a minute, then grows to five, and at most a fifth above', () => {
    const away = after([failed])
    expect(probeDelayMs(away, 0, 0.5)).toBe(1000)
    expect(probeDelayMs(away, 30_000, 0.5)).toBe(5000)
    expect(probeDelayMs(away, 60_000, 0)).toBe(30_000)
    expect(probeDelayMs(away, 240_000, 0)).toBe(120_000)
    expect(probeDelayMs(away, 86_400_000, 0)).toBe(300_000)
    expect(probeDelayMs(closedBreaker, 0, 0)).toBe(30_000)
  })

  it('is never short for a hold', () => {
    expect(probeDelayMs(after([hold]), 0, 0)).toBe(30_000)
  })

  it('is within its bounds whatever the clock says', () => {
    fc.assert(
      fc.property(
        fc.array(anySign, { maxLength: 10 }),
        fc.integer({ min: -1e13, max: 1e13 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (signs, nowMs, random) => {
          const delay = probeDelayMs(after(signs), nowMs, random)
          expect(delay).toBeGreaterThanOrEqual(OUTBOX_LIMITS.FIRST_PROBE_MS)
          expect(delay).toBeLessThanOrEqual(
            OUTBOX_LIMITS.PROBE_LATER_MAX_MS * (1 + OUTBOX_LIMITS.PROBE_JITTER),
          )
        },
      ),
    )
  })

  it('asks no more than 12 times an hour over a day', () => {
    const away = after([failed, failed, failed])
    let count = 0
    for (let now = 0; now < 86_400_000; count += 1) now += probeDelayMs(away, now, 0.5)
    expect(count / 24).toBeLessThanOrEqual(12)
  })
})
