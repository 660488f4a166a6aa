import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dueDate, type DueRules, type Limit, type OpeningHours, type Wait } from './due-date.ts'
import { instantOf, isoDate } from './local-time.ts'
import { dayKind, yearTableSchema, type WorkCalendar } from './work-calendar.ts'

const shipped = (year: number) =>
  yearTableSchema.parse(
    JSON.parse(
      readFileSync(new URL(`../../resources/calendar/${year}.json`, import.meta.url), 'utf8'),
    ),
  )
const calendar: WorkCalendar = new Map([2026, 2027].map((year) => [year, shipped(year)]))
const hours: OpeningHours = [
  { from: '07:30', to: '11:30' },
  { from: '13:00', to: '17:00' },
]
const source = { mark: 'confirmed' } as const
const inDay: Limit = { value: 0, unit: 'IN_DAY', cutoff: '15:00', source }
const workingDays = (value: number): Limit => ({ value, unit: 'WORKING_DAY', source })
const days = (value: number): Limit => ({ value, unit: 'DAY', source })

/** "2026-11-20 14:30" in Vietnam, in ms. */
function at(local: string): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = local.split(/\D/u).map(Number)
  return instantOf({ year, month, day }, (hour * 60 + minute) * 60_000)
}

/** When it is due, in one line. */
function due(
  limit: Limit,
  local: string,
  rules: Partial<DueRules> = {},
  waits: Wait[] = [],
): string {
  const found = dueDate({ calendar, hours: null, ...rules }, limit, at(local), waits)
  if (found.state === 'unsaid') return found.because
  return `${isoDate(found.day)}${found.before === null ? '' : ` before ${found.before}`}`
}

describe('what is done in the day', () => {
  it.each([
    ['in the morning', '2026-11-20 08:00', '2026-11-20'],
    ['at the cut-off', '2026-11-19 15:00', '2026-11-19'],
    ['a minute later', '2026-11-19 15:01', '2026-11-20'],
    ['on Friday after the cut-off', '2026-11-20 15:30', '2026-11-23'],
    ['on Saturday', '2026-11-21 09:00', '2026-11-23'],
    ['on Sunday', '2026-11-22 09:00', '2026-11-23'],
    ['on a holiday', '2026-11-24 09:00', '2026-11-25'],
    ['on a Saturday that is worked for another day', '2026-08-22 09:00', '2026-08-22'],
  ])('received %s is due', (_, received, day) => {
    expect(due(inDay, received)).toBe(day)
  })

  it('is due in the same day without a cut-off', () => {
    expect(due({ ...inDay, cutoff: undefined }, '2026-11-19 16:45')).toBe('2026-11-19')
  })
})

describe('the boundary before a holiday', () => {
  it.each([
    ['until the cut-off is due before it', '2026-11-23 15:00', '2026-11-23'],
    ['after the cut-off is due behind it', '2026-11-23 15:01', '2026-11-25'],
    ['before four days off is due behind all of them', '2026-04-29 15:01', '2026-05-04'],
    ['before Tết is due behind it', '2026-02-13 15:01', '2026-02-23'],
  ])('what is received %s', (_, received, day) => {
    expect(due(inDay, received)).toBe(day)
  })

  it('counts no holiday among working days', () => {
    expect(due(workingDays(1), '2026-11-23 08:00')).toBe('2026-11-25')
    expect(due(workingDays(3), '2026-04-28 08:00')).toBe('2026-05-05')
  })
})

describe('working days', () => {
  it.each([
    [3, '2026-11-16 08:00', '2026-11-19'],
    [3, '2026-11-18 16:59', '2026-11-23'],
    [3, '2026-11-20 09:00', '2026-11-26'],
    [1, '2026-11-21 10:00', '2026-11-25'],
    [10, '2026-11-02 09:00', '2026-11-16'],
    [1, '2026-08-21 09:00', '2026-08-22'],
  ])('%i of them from %s end on %s', (value, received, day) => {
    expect(due(workingDays(value), received)).toBe(day)
  })

  it('begin on the next one after closing', () => {
    expect(due(workingDays(1), '2026-11-18 17:00', { hours })).toBe('2026-11-19 before 17:00')
    expect(due(workingDays(1), '2026-11-18 17:01', { hours })).toBe('2026-11-20 before 17:00')
  })

  it.each([
    ['half a day from the morning', 0.5, '2026-11-18 07:30', '2026-11-18 before 11:30'],
    ['half a day over lunch', 0.5, '2026-11-18 09:30', '2026-11-18 before 15:00'],
    ['half a day over the night', 0.5, '2026-11-18 16:00', '2026-11-19 before 10:30'],
    ['half a day over the weekend', 0.5, '2026-11-20 16:30', '2026-11-23 before 11:00'],
    ['a day and a half', 1.5, '2026-11-18 07:30', '2026-11-19 before 11:30'],
  ])('are counted by hours: %s', (_, value, received, day) => {
    expect(due(workingDays(value), received, { hours })).toBe(day)
  })

  it('are whole ones where no hours are known', () => {
    expect(due(workingDays(0.5), '2026-11-18 07:30')).toBe('2026-11-19')
  })
})

describe('days of the calendar', () => {
  it.each([
    [15, '2026-11-02 09:00', '2026-11-17'],
    [5, '2026-11-16 09:00', '2026-11-23'],
    [1, '2026-11-23 09:00', '2026-11-25'],
  ])('%i of them from %s end on %s, a working day', (value, received, day) => {
    expect(due(days(value), received)).toBe(day)
  })
})

describe('while a supplement is waited for', () => {
  const wait = (from: string, to: string | null) => [
    { fromMs: at(from), toMs: to === null ? null : at(to) },
  ]

  it('no day counts', () => {
    const waits = wait('2026-11-17 10:00', '2026-11-19 09:00')
    expect(due(workingDays(3), '2026-11-16 08:00', {}, waits)).toBe('2026-11-23')
    expect(due(days(3), '2026-11-16 08:00', {}, waits)).toBe('2026-11-23')
  })

  it('no hour counts', () => {
    const waits = wait('2026-11-18 08:30', '2026-11-18 10:30')
    expect(due(workingDays(0.5), '2026-11-18 07:30', { hours }, waits)).toBe(
      '2026-11-18 before 15:00',
    )
  })

  it('the day begins anew with what is done in a day', () => {
    const waits = wait('2026-11-18 10:00', '2026-11-19 15:30')
    expect(due(inDay, '2026-11-18 08:00', {}, waits)).toBe('2026-11-20')
  })

  it.each([inDay, workingDays(3), days(3), workingDays(0.5)])('no day is named: %o', (limit) => {
    expect(due(limit, '2026-11-18 08:00', { hours }, wait('2026-11-18 09:00', null))).toBe(
      'waiting',
    )
  })
})

describe('no day is named', () => {
  it.each(['memory', 'open'] as const)('where the limit is marked %s', (mark) => {
    expect(due({ ...workingDays(3), source: { mark } }, '2026-11-16 08:00')).toBe('limit')
  })

  it('where the limit is not known', () => {
    expect(due({ value: 0, unit: 'UNKNOWN', source }, '2026-11-16 08:00')).toBe('limit')
  })

  it('across a day of which it is not decided whether it is worked', () => {
    expect(due(workingDays(3), '2027-02-02 08:00')).toBe('undecided')
    expect(due(inDay, '2027-02-04 08:00')).toBe('undecided')
  })

  it('in a year that has no table', () => {
    expect(due(workingDays(3), '2027-12-30 08:00')).toBe('no-table')
    expect(due(inDay, '2031-05-05 08:00')).toBe('no-table')
  })
})

describe('a due day', () => {
  const limit: fc.Arbitrary<Limit> = fc.record({
    value: fc.oneof(fc.nat(40), fc.constantFrom(0.25, 0.5, 1.5)),
    unit: fc.constantFrom('WORKING_DAY', 'DAY', 'IN_DAY'),
    cutoff: fc.constantFrom(undefined, '15:00'),
    source: fc.constant(source),
  })
  const moment = fc.integer({ min: at('2026-01-05 00:00'), max: at('2027-12-31 23:59') })
  const anyHours = fc.constantFrom(null, hours)

  it('is never a closed day and never before reception', () => {
    fc.assert(
      fc.property(limit, moment, anyHours, (each, receivedAtMs, open) => {
        const found = dueDate({ calendar, hours: open }, each, receivedAtMs)
        if (found.state === 'unsaid') return
        expect(dayKind(calendar, found.day)).toBe('working')
        expect(instantOf(found.day, 86_400_000)).toBeGreaterThan(receivedAtMs)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is not earlier for what is received later, nor for a longer limit', () => {
    fc.assert(
      fc.property(
        limit,
        moment,
        fc.nat(20 * 86_400_000),
        fc.nat(5),
        anyHours,
        (each, first, later, more, open) => {
          const rules = { calendar, hours: open }
          const dayFor = (one: Limit, receivedAtMs: number) => {
            const found = dueDate(rules, one, receivedAtMs)
            return found.state === 'due' ? `${isoDate(found.day)} ${found.before}` : null
          }
          const early = dayFor(each, first)
          const late = dayFor(each, first + later)
          const long = dayFor({ ...each, value: each.value + more }, first)
          const after = [late, long].filter((day) => day !== null)
          expect(after.every((day) => early === null || day >= early)).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('a table of a year', () => {
  const table = shipped(2026)
  const day = (date: string) => ({ day: date, name: 'Nghỉ', mark: 'confirmed', source: 'Mẫu' })

  it.each([
    ['of another year', { closed: [day('2027-01-01')], open: [] }],
    ['named twice', { closed: [day('2026-01-01'), day('2026-01-01')], open: [] }],
    ['worked and closed', { closed: [day('2026-01-03')], open: [day('2026-01-03')] }],
    ['worked in place of another on a weekday', { closed: [], open: [day('2026-01-05')] }],
    ['that is none', { closed: [day('2026-02-30')], open: [] }],
  ])('has no day %s', (_, parts) => {
    expect(yearTableSchema.safeParse({ ...table, ...parts }).success).toBe(false)
  })
})
