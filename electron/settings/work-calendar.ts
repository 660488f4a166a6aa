import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  undecidedDays,
  yearTableSchema,
  type WorkCalendar,
  type YearTable,
} from '../../shared/domain/work-calendar.ts'
import type { Result } from '../../shared/domain/result.ts'
import { err, ok } from '../../shared/domain/result.ts'

/** What a technician is told of the calendar. */
export type CalendarNotice =
  /** A table of the commune's own that does not stand; the shipped one is used. */
  | { readonly event: 'calendar-invalid'; readonly file: string; readonly where: string }
  /** No day of return is named in this year, nor before it where a limit runs into it. */
  | { readonly event: 'calendar-missing'; readonly year: number }
  /** No day of return is named across these days. */
  | { readonly event: 'calendar-undecided'; readonly days: readonly string[] }

/**
 * The tables of the years: the shipped ones, and in their place the commune's own. A shipped one that
 * does not parse is a bug and throws.
 */
export async function loadWorkCalendar(
  dirs: { readonly shipped: string; readonly own: string },
  tell: (notice: CalendarNotice) => void,
): Promise<WorkCalendar> {
  const calendar = new Map<number, YearTable>()
  for (const file of await tablesIn(dirs.shipped)) {
    const table = await readTable(join(dirs.shipped, file))
    if (!table.ok) throw new Error(`the shipped calendar ${file} does not load: ${table.error}`)
    calendar.set(table.value.year, table.value)
  }
  for (const file of await tablesIn(dirs.own)) {
    const table = await readTable(join(dirs.own, file))
    if (table.ok) calendar.set(table.value.year, table.value)
    else tell({ event: 'calendar-invalid', file, where: table.error })
  }
  return calendar
}

/** What the calendar lacks for this year and the next, from a day (yyyy-mm-dd) on. */
export function calendarGaps(calendar: WorkCalendar, today: string): CalendarNotice[] {
  const thisYear = Number(today.slice(0, 4))
  const years = [thisYear, thisYear + 1]
  const missing = years
    .filter((year) => !calendar.has(year))
    .map((year): CalendarNotice => ({ event: 'calendar-missing', year }))
  const days = years
    .flatMap((year) => calendar.get(year) ?? [])
    .flatMap(undecidedDays)
    .filter((day) => day >= today)
  return days.length === 0 ? missing : [...missing, { event: 'calendar-undecided', days }]
}

/** `2027.json` and its like; a folder that is not there has none. */
async function tablesIn(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).filter((name) => /^\d{4}\.json$/.test(name)).toSorted()
  } catch {
    return []
  }
}

/** The table, or the first place in it that is wrong. */
async function readTable(file: string): Promise<Result<YearTable, string>> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return err('the file')
  }
  const parsed = yearTableSchema.safeParse(json)
  if (!parsed.success) return err(parsed.error.issues[0]?.path.join('.') || 'the file')
  if (!file.endsWith(`${parsed.data.year}.json`)) return err('year')
  return ok(parsed.data)
}
