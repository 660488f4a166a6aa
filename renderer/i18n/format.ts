import type { PartialDate } from '../../shared/domain/id-card.ts'
import { t, words } from './t.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'

/** Groups digits from the left: `(3, 3, 6)` makes "083 090 000000"; what is left over ends it. */
export function grouped(digits: string, ...sizes: readonly number[]): string {
  const parts: string[] = []
  let rest = digits
  for (const size of sizes) {
    if (rest === '') break
    parts.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return rest === '' ? parts.join(' ') : [...parts, rest].join(' ')
}

/** A personal number as people read it off the card: 3, 3, 6. */
export const personalNumber = (digits: string): string => grouped(digits, 3, 3, 6)

/** A telephone number as people say it: 4, 3, 3. */
export const phoneNumber = (digits: string): string => grouped(digits, 4, 3, 3)

/** A code in pairs, to be read to an officer: "KM 4T R7 HC". */
export function pairs(code: string): string {
  return code.replaceAll(/(..)(?=.)/g, '$1 ')
}

/** A whole number with a dot between thousands. */
export function count(value: number): string {
  return String(Math.trunc(value)).replaceAll(/\B(?=(\d{3})+$)/g, '.')
}

/** An amount in đồng: "8.000 đồng". */
export function money(amount: number): string {
  return t('money.dong', { amount: count(amount) })
}

/** An hour of the day, from "HH:MM": "15 giờ", "7 giờ 30". */
export function hour(time: string): string {
  const [hours = '0', minutes = '00'] = time.split(':')
  return minutes === '00'
    ? t('hour.whole', { hour: Number(hours) })
    : t('hour.minutes', { hour: Number(hours), minutes })
}

/** A date as far as it is known: "Ngày 2 tháng 9 năm 1958", "Năm 1958". */
export function date(value: PartialDate): Phrase {
  const { year, month, day } = value
  if (month === undefined) return words('date.year', { year })
  if (day === undefined) return words('date.month', { month, year })
  return words('date.full', { day, month, year })
}

const weekdays = [
  'weekday.0',
  'weekday.1',
  'weekday.2',
  'weekday.3',
  'weekday.4',
  'weekday.5',
  'weekday.6',
] as const

/** A whole date with its weekday, for the eye to check: "thứ Hai, 16 tháng 11, năm 2026". */
export function dateWithWeekday(value: PartialDate): Phrase {
  const { year, month, day } = value
  if (month === undefined || day === undefined) return date(value)
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  if (weekday === undefined) return date(value)
  return words('date.weekday', { weekday: t(weekday), day, month, year })
}

/**
 * A birth date with the age on `today` (yyyy-mm-dd). Where the day or month is not known and it
 * decides the age, the age is given as about.
 */
export function dateWithAge(birth: PartialDate, today: string): Phrase {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  const years = year - birth.year
  if (years < 0) return date(birth)
  const text = date(birth).text
  if (birth.month === undefined || (birth.month === month && birth.day === undefined)) {
    return words('date.with-age-about', { date: text, age: years })
  }
  const before = month < birth.month || (month === birth.month && day < (birth.day ?? 1))
  const age = before ? years - 1 : years
  return age < 0 ? date(birth) : words('date.with-age', { date: text, age })
}
