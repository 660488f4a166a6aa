import { localClock, localDate } from '../../shared/domain/local-time.ts'
import { printMessages } from './messages.ts'

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
