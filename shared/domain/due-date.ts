import { instantOf, localDate, localTimeMs } from './local-time.ts'
import type { FullDate } from './id-card.ts'
import { dayKind, type DayKind, type WorkCalendar } from './work-calendar.ts'

/** How long a procedure may take, as its definition says. */
export interface Limit {
  /** Units; half a working day is four hours of eight. Days of the calendar are whole ones. */
  readonly value: number
  readonly unit: 'WORKING_DAY' | 'DAY' | 'IN_DAY' | 'UNKNOWN'
  /** HH:MM: what comes later than this counts as received on the next working day. */
  readonly cutoff?: string | undefined
  readonly source: { readonly mark: 'confirmed' | 'two-sources' | 'memory' | 'open' }
}

/** Hours in which a desk is open on a working day, in order: "07:30" to "11:30". */
export type OpeningHours = readonly { readonly from: string; readonly to: string }[]

/** While the authority waits for a supplement: that time does not count. `toMs` null: it still waits. */
export interface Wait {
  readonly fromMs: number
  readonly toMs: number | null
}

/** When a result is due, or why no day can be named. `before`: HH:MM, null where no hours are known. */
export type DueDate =
  | { readonly state: 'due'; readonly day: FullDate; readonly before: string | null }
  | {
      readonly state: 'unsaid'
      /** `limit`: not sure or not known. `undecided`, `no-table`: what the calendar lacks. */
      readonly because: 'limit' | 'undecided' | 'no-table' | 'waiting'
    }

type Unsaid = Extract<DueDate, { state: 'unsaid' }>

/** The rules that a due date is counted by. */
export interface DueRules {
  readonly calendar: WorkCalendar
  /** Null where the profile does not say; then a part of a day counts as a whole one. */
  readonly hours: OpeningHours | null
}

/** Whether a limit may be said to a citizen as what holds. */
export function isSureLimit({ unit, source: { mark } }: Limit): boolean {
  return unit !== 'UNKNOWN' && mark !== 'memory' && mark !== 'open'
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/**
 * When the result is due of what was validly received at an instant. The day of reception does not
 * count, and a limit that ends on a closed day ends on the next working one (BLDS 2015, Art. 147,
 * 148); what comes after the cut-off, after closing or on a closed day is received on the next
 * working day.
 */
export function dueDate(
  rules: DueRules,
  limit: Limit,
  receivedAtMs: number,
  waits: readonly Wait[] = [],
): DueDate {
  if (!isSureLimit(limit)) return unsaid('limit')
  const started = receivedOn(rules, limit, receivedAtMs)
  if (typeof started === 'string') return unsaid(started)
  const partOfDay = limit.unit === 'WORKING_DAY' && limit.value % 1 !== 0
  if (partOfDay && rules.hours !== null)
    return afterHours(rules, rules.hours, limit, started, waits)
  const day =
    limit.unit === 'IN_DAY'
      ? inDay(rules, limit, started.day, waits)
      : afterDays(rules, limit, started.day, waits)
  if (typeof day === 'string') return unsaid(day)
  return { state: 'due', day: dateOf(day), before: rules.hours?.at(-1)?.to ?? null }
}

/** A day as its number since the epoch, and how far into it in ms. */
interface Started {
  readonly day: number
  readonly atMs: number
}

function receivedOn(
  rules: DueRules,
  limit: Limit,
  receivedAtMs: number,
): Started | Unsaid['because'] {
  const today = dayOf(receivedAtMs)
  const atMs = localTimeMs(receivedAtMs)
  const closing = rules.hours?.at(-1)?.to
  const late = [limit.cutoff, closing].some((time) => time !== undefined && atMs > timeMs(time))
  const kind = dayKind(rules.calendar, dateOf(today))
  if (kind === 'working' && !late) return { day: today, atMs }
  if (kind !== 'working' && kind !== 'closed') return kind
  const day = nextWorkingDay(rules.calendar, today + 1)
  return typeof day === 'string' ? day : { day, atMs: 0 }
}

/** In the day; where a supplement was waited for, in the day when it came. */
function inDay(
  rules: DueRules,
  limit: Limit,
  start: number,
  waits: readonly Wait[],
): number | Unsaid['because'] {
  let day = start
  for (const { fromMs, toMs } of waits) {
    if (dayOf(fromMs) > day) continue
    if (toMs === null) return 'waiting'
    const again = receivedOn(rules, limit, toMs)
    if (typeof again === 'string') return again
    day = Math.max(day, again.day)
  }
  return day
}

function afterDays(
  rules: DueRules,
  { value, unit }: Limit,
  start: number,
  waits: readonly Wait[],
): number | Unsaid['because'] {
  const isWorking = unit === 'WORKING_DAY'
  let left = Math.ceil(value)
  let day = start
  while (left > 0) {
    day += 1
    const wait = waits.find(
      ({ fromMs, toMs }) => dayOf(fromMs) < day && (toMs === null || day <= dayOf(toMs)),
    )
    if (wait?.toMs === null) return 'waiting'
    const kind: DayKind = isWorking ? dayKind(rules.calendar, dateOf(day)) : 'working'
    if (kind === 'undecided' || kind === 'no-table') return kind
    if (kind === 'working' && wait === undefined) left -= 1
  }
  return nextWorkingDay(rules.calendar, day)
}

/** Hour by hour of the opening hours; a working day is all of them. */
function afterHours(
  rules: DueRules,
  hours: OpeningHours,
  { value }: Limit,
  start: Started,
  waits: readonly Wait[],
): DueDate {
  const minutesOfDay = hours.reduce(
    (sum, { from, to }) => sum + (timeMs(to) - timeMs(from)) / MINUTE_MS,
    0,
  )
  let left = Math.ceil(value * minutesOfDay)
  for (let day = start.day; ; day += 1) {
    const kind = dayKind(rules.calendar, dateOf(day))
    if (kind === 'undecided' || kind === 'no-table') return unsaid(kind)
    if (kind === 'closed') continue
    for (const { from, to } of hours) {
      const begin = Math.max(timeMs(from), day === start.day ? start.atMs : 0)
      for (let atMs = begin; atMs < timeMs(to); atMs += MINUTE_MS) {
        const now = instantOf(dateOf(day), atMs)
        const wait = waits.find(
          ({ fromMs, toMs }) => fromMs <= now && (toMs === null || now < toMs),
        )
        if (wait?.toMs === null) return unsaid('waiting')
        if (wait === undefined) left -= 1
        if (left <= 0) {
          return {
            state: 'due',
            day: dateOf(day),
            before: timeOf(Math.min(atMs + MINUTE_MS, timeMs(to))),
          }
        }
      }
    }
  }
}

function nextWorkingDay(calendar: WorkCalendar, from: number): number | Unsaid['because'] {
  for (let day = from; ; day += 1) {
    const kind = dayKind(calendar, dateOf(day))
    if (kind === 'working') return day
    if (kind !== 'closed') return kind
  }
}

const unsaid = (because: Unsaid['because']): Unsaid => ({ state: 'unsaid', because })

function dayOf(atMs: number): number {
  const { year, month, day } = localDate(atMs)
  return Date.UTC(year, month - 1, day) / DAY_MS
}

function dateOf(day: number): FullDate {
  const date = new Date(day * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function timeMs(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) * MINUTE_MS
}

function timeOf(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
