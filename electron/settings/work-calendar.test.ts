import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dayKind } from '../../shared/domain/work-calendar.ts'
import { calendarGaps, loadWorkCalendar, type CalendarNotice } from './work-calendar.ts'

const shipped = fileURLToPath(new URL('../../resources/calendar/', import.meta.url))

/** The calendar of a commune that has these files of its own, and what was told about them. */
async function load(own: Readonly<Record<string, string>>) {
  const dir = join(mkdtempSync(join(tmpdir(), 'calendar-')), 'calendar')
  if (Object.keys(own).length > 0) mkdirSync(dir)
  for (const [name, text] of Object.entries(own)) writeFileSync(join(dir, name), text)
  const told: CalendarNotice[] = []
  const calendar = await loadWorkCalendar({ shipped, own: dir }, (notice) => told.push(notice))
  return { calendar, told }
}

const tet = { year: 2027, month: 2, day: 8 }
const table = (year: number, closed: readonly unknown[] = []) =>
  JSON.stringify({ version: 1, year, closed, open: [] })

describe('the calendar', () => {
  it('is the shipped one where the commune has none', async () => {
    const { calendar, told } = await load({})
    expect([...calendar.keys()]).toEqual([2026, 2027])
    expect(dayKind(calendar, { year: 2026, month: 11, day: 24 })).toBe('closed')
    expect(dayKind(calendar, { year: 2026, month: 8, day: 22 })).toBe('working')
    expect(dayKind(calendar, tet)).toBe('undecided')
    expect(told).toEqual([])
  })

  it('takes a year from the commune, which decides what was not decided', async () => {
    const day = { day: '2027-02-08', name: 'Tết', mark: 'confirmed', source: 'Thông báo' }
    const { calendar, told } = await load({
      '2027.json': table(2027, [day]),
      '2028.json': table(2028),
    })
    expect(dayKind(calendar, tet)).toBe('closed')
    expect([...calendar.keys()]).toEqual([2026, 2027, 2028])
    expect(told).toEqual([])
  })

  it.each([
    ['that is no JSON', '{', 'the file'],
    ['of another year than its name says', table(2028), 'year'],
    ['with a day that is none', table(2027, [{ day: '2027-02-30' }]), 'closed.0.day'],
  ])('keeps to the shipped year and names a table %s', async (_, text, where) => {
    const { calendar, told } = await load({ '2027.json': text })
    expect(dayKind(calendar, tet)).toBe('undecided')
    expect(told).toEqual([{ event: 'calendar-invalid', file: '2027.json', where }])
  })

  it('leaves other files alone', async () => {
    expect((await load({ 'notes.txt': 'x', '2027.json.bak': 'x' })).told).toEqual([])
  })
})

describe('a technician', () => {
  it('is told of the days to come that are not decided', async () => {
    const { calendar } = await load({})
    const [gap, ...others] = calendarGaps(calendar, '2026-11-22')
    expect(gap).toMatchObject({ event: 'calendar-undecided' })
    expect(gap && 'days' in gap ? gap.days : []).toContain('2027-02-08')
    expect(others).toEqual([])
  })

  it('is told of the next year without a table before it begins', async () => {
    const { calendar } = await load({})
    expect(calendarGaps(calendar, '2027-10-01')).toEqual([
      { event: 'calendar-missing', year: 2028 },
    ])
  })
})
