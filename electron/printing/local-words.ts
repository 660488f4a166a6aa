import type { DueView } from '../../shared/contract/index.ts'
import type { FullDate } from '../../shared/domain/id-card.ts'
import { localClock, localDate } from '../../shared/domain/local-time.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { printMessages } from './messages.ts'

/** What is said of the result before the portal has accepted. */
type DueLater = Exclude<DueView, { state: 'day' }>

const two = (part: number) => String(part).padStart(2, '0')

/** The clock as people say it: "10 giờ 24". */
export function clockWords(atMs: number): string {
  const { hour, minute } = localClock(atMs)
  return printMessages.clock(hour, minute)
}

/** The day as people say it: "thứ Ba, 24 tháng 11 năm 2026". */
export function dayWords(atMs: number): string {
  const { year, month, day } = localDate(atMs)
  const weekday = printMessages.weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  return printMessages.longDay(weekday ?? '', day, month, year)
}

/** When the result can be had, before the portal has accepted: the limit and what it counts from. */
export function dueWords(due: DueLater): string {
  const words = printMessages.due
  if (due.state === 'officer') return words.officer
  const { limit } = due
  switch (limit.unit) {
    case 'WORKING_DAY':
      return words.fromAcceptance(words.workingDays(limit.value))
    case 'DAY':
      return words.fromAcceptance(words.days(limit.value))
    case 'IN_DAY':
      return limit.cutoff === null ? words.inDay : words.inDayUntil(hourWords(limit.cutoff))
    case 'UNKNOWN':
      return words.officer
    default:
      return unreachable(limit)
  }
}

/** A day as the official forms write it: "ngày 25 tháng 11 năm 2026". */
export function formalDay({ year, month, day }: FullDate): string {
  return printMessages.due.formalDay(two(day), two(month), year)
}

/** When the result is due, as Mẫu 01 writes a moment: "17 giờ 00 phút, ngày 25 tháng 11 năm 2026". */
export function dueMoment({ day: date, before }: Extract<DueView, { state: 'day' }>): string {
  const { year, month, day } = date
  if (before === null) return formalDay(date)
  const [hour = '', minute = ''] = before.split(':')
  return printMessages.moment(hour, minute, two(day), two(month), year)
}

/** "15:00" is said "15 giờ". */
function hourWords(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return printMessages.clock(hour, minute)
}

/** The moment as Mẫu 01 writes it: "10 giờ 24 phút, ngày 24 tháng 11 năm 2026". */
export function formalMoment(atMs: number): string {
  const { hour, minute } = localClock(atMs)
  const { year, month, day } = localDate(atMs)
  return printMessages.moment(two(hour), two(minute), two(day), two(month), year)
}

/** The line above the title of an official paper: "Xã Thử, ngày 24 tháng 11 năm 2026". */
export function placeAndDay(place: string, atMs: number): string {
  const { year, month, day } = localDate(atMs)
  return printMessages.placeAndDay(place, two(day), two(month), year)
}

/** "2" is said "Quầy 2"; a counter that has a name of its own keeps it. */
export function counterWords(counter: string): string {
  return /^\d/.test(counter) ? printMessages.counter(counter) : counter
}
