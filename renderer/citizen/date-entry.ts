import type { AnswerValue } from '../../shared/forms/answer-value.ts'
import type { AnswerProblem } from '../../shared/forms/definition.ts'
import { daysInMonth } from '../../shared/domain/calendar.ts'
import type { PartialDate } from '../../shared/domain/id-card.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { month as monthValue } from '../i18n/values.ts'
import { words } from '../i18n/t.ts'
import { problemWords } from './problem-words.ts'

/** The three boxes of a date, as digits. */
export interface DateEntry {
  readonly day: string
  readonly month: string
  readonly year: string
}
/** One of the boxes. */
export type DateBox = keyof DateEntry

/** The boxes in the order in which a date is said. */
export const dateBoxes = ['day', 'month', 'year'] as const satisfies readonly DateBox[]

/** What is wrong, and in which box. */
export interface DateProblem {
  readonly text: Phrase
  readonly box: DateBox
}

/** An entry that can be put to the core, or what keeps it from being a date at all. */
export type ReadDate =
  | { readonly kind: 'value'; readonly value: PartialDate | null }
  | { readonly kind: 'problem'; readonly problem: DateProblem }

const boxNames = { day: 'answer.day', month: 'answer.month', year: 'answer.year' } as const

/** The years that a date on the wire may have (`partialDateSchema`). */
const YEARS = { from: 1800, to: 2200 } as const

/** Digits that a box holds. */
export const boxLength = { day: 2, month: 2, year: 4 } as const

/** The entry that shows a value which was given before. */
export function dateEntry(value: AnswerValue | null): DateEntry {
  if (typeof value !== 'object' || value === null || !('year' in value))
    return { day: '', month: '', year: '' }
  return {
    day: value.day === undefined ? '' : String(value.day),
    month: value.month === undefined ? '' : String(value.month),
    year: String(value.year),
  }
}

/** Whether a box needs no further digit, so that the next one may be entered: "4" is a whole day. */
export function isFull(box: DateBox, digits: string): boolean {
  if (digits.length >= boxLength[box]) return true
  const first = Number(digits)
  return (box === 'day' && first > 3) || (box === 'month' && first > 1)
}

/** Reads the boxes. Only what cannot be said to the core at all is a problem here. */
export function readDate(entry: DateEntry, partial: boolean): ReadDate {
  if (dateBoxes.every((box) => entry[box] === '')) return { kind: 'value', value: null }
  const missing = firstMissing(entry, partial)
  if (missing !== null) return { kind: 'problem', problem: missing }
  const wrong = sayImpossible(entry)
  if (wrong !== null && wrong.outOfRange) return { kind: 'problem', problem: wrong }
  return {
    kind: 'value',
    value: {
      year: Number(entry.year),
      ...(entry.month === '' ? {} : { month: Number(entry.month) }),
      ...(entry.day === '' ? {} : { day: Number(entry.day) }),
    },
  }
}

function firstMissing(entry: DateEntry, partial: boolean): DateProblem | null {
  const needed = partial && entry.day === '' ? (['year'] as const) : dateBoxes
  const box = needed.find((each) => entry[each] === '')
  if (box === undefined) return null
  return { box, text: words('problem.date-incomplete', { box: words(boxNames[box]) }) }
}

/** Why no calendar has this date: the month, the year, or the days of the month. */
function sayImpossible(entry: DateEntry): (DateProblem & { readonly outOfRange: boolean }) | null {
  const year = Number(entry.year)
  if (year < YEARS.from || year > YEARS.to) {
    return { box: 'year', text: words('problem.date-year'), outOfRange: true }
  }
  if (entry.month === '') return null
  const month = Number(entry.month)
  if (month < 1 || month > 12) {
    return { box: 'month', text: words('problem.date-month'), outOfRange: true }
  }
  const days = daysInMonth(year, month)
  const day = Number(entry.day)
  if (entry.day === '' || (day >= 1 && day <= days)) return null
  const text =
    month === 2
      ? words('problem.date-february', { year, days })
      : words('problem.date-days', { month: monthValue(month), days })
  return { box: 'day', text, outOfRange: day < 1 || day > 31 }
}

/** The core's problem with a date, in words that name the box. */
export function dateProblem(problem: AnswerProblem, entry: DateEntry): DateProblem {
  if (problem.code === 'date-incomplete') {
    const missing = firstMissing(entry, false)
    if (missing !== null) return missing
  }
  if (problem.code === 'date-impossible') {
    const wrong = sayImpossible(entry)
    if (wrong !== null) return wrong
  }
  return { box: 'day', text: problemWords(problem, 'date') }
}
