import type { FullDate, PartialDate } from '../../shared/domain/id-card.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { aloud, wordingOf, type Value } from '../../shared/speech/index.ts'
import { textLanguage } from './language.ts'
import { words } from './t.ts'
import { counted, month as monthValue } from './values.ts'

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

/** A whole number with a mark between thousands: a dot, in English a comma. */
export function count(value: number): string {
  const { thousands } = wordingOf(textLanguage())
  return String(Math.trunc(value)).replaceAll(/\B(?=(\d{3})+$)/g, thousands)
}

/** A whole number, shown as `count` does. */
export function countValue(value: number): Value {
  return counted(value, count(value))
}

/** An amount in đồng: "8.000 đồng". */
export function money(amount: number): Phrase {
  return words('money.dong', { amount: countValue(amount) })
}

/** An amount written out: "một triệu hai trăm nghìn đồng". */
export function moneyInWords(amount: number): Phrase {
  return words('money.words', { amount: inWords(amount) })
}

function inWords(amount: number): Value {
  const lang = textLanguage()
  return aloud(wordingOf(lang).number(amount), lang)
}

/** An hour of the day, from "HH:MM": "15 giờ", "7 giờ 30". */
export function hour(time: string): Phrase {
  const [hours = '0', minutes = '00'] = time.split(':')
  return minutes === '00'
    ? words('hour.whole', { hour: Number(hours) })
    : words('hour.minutes', { hour: Number(hours), minutes: counted(Number(minutes), minutes) })
}

/** A date as far as it is known: "Ngày 2 tháng 9 năm 1958", "Năm 1958". */
export function date(value: PartialDate): Phrase {
  const { year, month, day } = value
  if (month === undefined) return words('date.year', { year })
  if (day === undefined) return words('date.month', { month: monthValue(month), year })
  return words('date.full', { day, month: monthValue(month), year })
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

/** The day of the week, as it stands in a sentence: "thứ Hai". */
export function weekday({ year, month, day }: FullDate): Phrase {
  return words(weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? 'weekday.0')
}

/** "25/11/2026", as it stands on papers; said as a whole date. */
export function shortDate(value: FullDate): Value {
  const two = (part: number) => String(part).padStart(2, '0')
  const { spoken = [] } = date(value)
  return { text: `${two(value.day)}/${two(value.month)}/${value.year}`, spoken }
}

/** A whole date with its weekday, for the eye to check: "thứ Hai, 16 tháng 11, năm 2026". */
export function dateWithWeekday(value: PartialDate): Phrase {
  const { year, month, day } = value
  if (month === undefined || day === undefined) return date(value)
  return words('date.weekday', {
    weekday: weekday({ year, month, day }),
    day,
    month: monthValue(month),
    year,
  })
}

/**
 * A birth date with the age on `today` (yyyy-mm-dd). Where the day or month is not known and it
 * decides the age, the age is given as about.
 */
export function dateWithAge(birth: PartialDate, today: string): Phrase {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  const years = year - birth.year
  if (years < 0) return date(birth)
  const said = date(birth)
  if (birth.month === undefined || (birth.month === month && birth.day === undefined)) {
    return words('date.with-age-about', { date: said, age: years })
  }
  const before = month < birth.month || (month === birth.month && day < (birth.day ?? 1))
  const age = before ? years - 1 : years
  return age < 0 ? date(birth) : words('date.with-age', { date: said, age })
}
