import { z } from 'zod'
import { isoDate } from './local-time.ts'
import type { FullDate } from './id-card.ts'

/** How sure a day is: `memory` and `open` are not sure, and no date is promised across such a day. */
const markSchema = z.enum(['confirmed', 'two-sources', 'memory', 'open'])

const daySchema = z.strictObject({
  day: z.iso.date(),
  name: z.string().min(1),
  mark: markSchema,
  source: z.string().min(1),
})

/**
 * The days of a year on which offices are closed although it is no Saturday or Sunday, and the
 * Saturdays and Sundays on which they are open (làm bù).
 */
export const yearTableSchema = z
  .strictObject({
    version: z.literal(1),
    year: z.number().int().min(2000).max(2199),
    closed: z.array(daySchema).max(100),
    open: z.array(daySchema).max(100),
  })
  .superRefine(({ year, closed, open }, context) => {
    const seen = new Set<string>()
    for (const [key, days] of Object.entries({ closed, open })) {
      for (const [index, { day }] of days.entries()) {
        const wrong = !day.startsWith(`${year}-`)
          ? 'another year'
          : seen.has(day)
            ? 'named twice'
            : key === 'open' && !isWeekend(day)
              ? 'no Saturday or Sunday'
              : null
        seen.add(day)
        if (wrong) context.addIssue({ code: 'custom', path: [key, index, 'day'], message: wrong })
      }
    }
  })
export type YearTable = z.infer<typeof yearTableSchema>

/** Tables by year. */
export type WorkCalendar = ReadonlyMap<number, YearTable>

/** `undecided`: nobody has set yet whether it is one. `no-table`: nothing is known of its year. */
export type DayKind = 'working' | 'closed' | 'undecided' | 'no-table'

/** What a day is to the offices. */
export function dayKind(calendar: WorkCalendar, date: FullDate): DayKind {
  const table = calendar.get(date.year)
  if (table === undefined) return 'no-table'
  const day = isoDate(date)
  const open = table.open.find((each) => each.day === day)
  if (open !== undefined) return isSure(open) ? 'working' : 'undecided'
  if (isWeekend(day)) return 'closed'
  const closed = table.closed.find((each) => each.day === day)
  if (closed === undefined) return 'working'
  return isSure(closed) ? 'closed' : 'undecided'
}

/** Days of a table that are not sure, for whoever keeps it. */
export function undecidedDays({ closed, open }: YearTable): string[] {
  return [...closed, ...open].filter((each) => !isSure(each)).map(({ day }) => day)
}

const isSure = ({ mark }: { readonly mark: z.infer<typeof markSchema> }): boolean =>
  mark === 'confirmed' || mark === 'two-sources'

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}
