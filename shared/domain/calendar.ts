import type { FullDate, PartialDate } from './id-card.ts'

/** Days of a month of the Gregorian calendar; `month` is 1..12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
    return leap ? 29 : 28
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether the known parts can stand in a calendar; a day without a month cannot. */
export function isRealDate(date: PartialDate): boolean {
  if (date.month === undefined) return date.day === undefined
  if (date.month < 1 || date.month > 12) return false
  return date.day === undefined || (date.day >= 1 && date.day <= daysInMonth(date.year, date.month))
}

/**
 * Whether `a` is later than `b` as far as both are known: 2020 is not after 03/2020, because it
 * may lie before it.
 */
export function isAfter(a: PartialDate, b: PartialDate): boolean {
  if (a.year !== b.year) return a.year > b.year
  if (a.month === undefined || b.month === undefined) return false
  if (a.month !== b.month) return a.month > b.month
  return a.day !== undefined && b.day !== undefined && a.day > b.day
}

/** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`, so that text order is date order. */
export function isoPartialDate({ year, month, day }: PartialDate): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return [
    String(year).padStart(4, '0'),
    ...[month, day].filter((part) => part !== undefined).map(two),
  ].join('-')
}

/**
 * Years of age that are full for certain: of whom only the year of birth is known, the birthday is
 * taken as the last day of it.
 */
export function fullYears(born: PartialDate, today: FullDate): number {
  const month = born.month ?? 12
  const day = born.day ?? daysInMonth(born.year, month)
  const had = today.month > month || (today.month === month && today.day >= day)
  return today.year - born.year - (had ? 0 : 1)
}
