import fc from 'fast-check'
import { expect, it } from 'vitest'
import { overdueAlarm, overdueCodes, type OverdueCode } from './decide-overdue.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

const HOUR_MS = 3_600_000

it.each<[number, OverdueCode | null, OverdueCode | null]>([
  [24 * HOUR_MS - 1, null, null],
  [24 * HOUR_MS, null, 'overdue-24h'],
  [72 * HOUR_MS - 1, 'overdue-24h', null],
  [72 * HOUR_MS, 'overdue-24h', 'overdue-72h'],
  [168 * HOUR_MS, 'overdue-72h', 'overdue-7d'],
  [1000 * HOUR_MS, 'overdue-7d', null],
  [1000 * HOUR_MS, null, 'overdue-7d'],
  [-1000 * HOUR_MS, null, null],
])('at %i ms, after %s: %s', (ageMs, raised, alarm) => {
  expect(overdueAlarm(ageMs, raised)).toBe(alarm)
})

it('raises each alarm once, ever graver ones, and none too early, whatever the clock does', () => {
  const ages = fc.integer({ min: -400 * HOUR_MS, max: 400 * HOUR_MS })
  fc.assert(
    fc.property(fc.array(ages, { maxLength: 30 }), (looks) => {
      const raised: OverdueCode[] = []
      for (const ageMs of looks) {
        const alarm = overdueAlarm(ageMs, raised.at(-1) ?? null)
        if (alarm === null) continue
        expect(ageMs).toBeGreaterThanOrEqual(limits.OVERDUE_AFTER_MS[alarm])
        raised.push(alarm)
      }
      expect(raised).toEqual(overdueCodes.filter((code) => raised.includes(code)))
      const oldest = Math.max(...looks, 0)
      const gravest = overdueCodes.findLast((code) => oldest >= limits.OVERDUE_AFTER_MS[code])
      expect(raised.at(-1)).toBe(gravest)
    }),
  )
})
