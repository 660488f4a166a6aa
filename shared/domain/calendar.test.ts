import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysInMonth, isAfter, isRealDate } from './calendar.ts'

const partialDate = fc
  .record({
    year: fc.integer({ min: 1999, max: 2002 }),
    month: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
    day: fc.option(fc.integer({ min: 1, max: 28 }), { nil: undefined }),
  })
  .map(({ year, month, day }) =>
    month === undefined ? { year } : day === undefined ? { year, month } : { year, month, day },
  )

describe('the calendar', () => {
  it('agrees with the Gregorian calendar of the platform', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1800, max: 2200 }),
        fc.integer({ min: 1, max: 12 }),
        (year, month) => {
          expect(daysInMonth(year, month)).toBe(new Date(Date.UTC(year, month, 0)).getUTCDate())
        },
      ),
    )
  })

  it('accepts a year alone, a month with a year, and a whole date', () => {
    expect(isRealDate({ year: 1956 })).toBe(true)
    expect(isRealDate({ year: 1956, month: 2 })).toBe(true)
    expect(isRealDate({ year: 1956, month: 2, day: 29 })).toBe(true)
  })

  it('rejects what no calendar has', () => {
    expect(isRealDate({ year: 1957, month: 2, day: 29 })).toBe(false)
    expect(isRealDate({ year: 1900, month: 2, day: 29 })).toBe(false)
    expect(isRealDate({ year: 1990, month: 13 })).toBe(false)
    expect(isRealDate({ year: 1990, month: 4, day: 31 })).toBe(false)
    expect(isRealDate({ year: 1990, month: 4, day: 0 })).toBe(false)
    expect(isRealDate({ year: 1990, day: 4 })).toBe(false)
  })

  it('says "after" only where the known parts prove it', () => {
    expect(isAfter({ year: 2021 }, { year: 2020, month: 12, day: 31 })).toBe(true)
    expect(isAfter({ year: 2020 }, { year: 2020, month: 3 })).toBe(false)
    expect(isAfter({ year: 2020, month: 4 }, { year: 2020, month: 3, day: 9 })).toBe(true)
    expect(isAfter({ year: 2020, month: 3, day: 9 }, { year: 2020, month: 3 })).toBe(false)
    fc.assert(
      fc.property(partialDate, partialDate, (a, b) => {
        expect(isAfter(a, b) && isAfter(b, a)).toBe(false)
      }),
    )
  })
})
