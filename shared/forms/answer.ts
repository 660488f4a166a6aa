import { isAfter, isRealDate } from '../domain/calendar.ts'
import type { FullDate, PartialDate } from '../domain/id-card.ts'
import { isPersonalNumber } from '../domain/personal-number.ts'
import { err, ok, unreachable, type Result } from '../domain/result.ts'
import { isAddress, isCard, isDate, isList, type AnswerValue } from './answer-value.ts'
import type { AnswerProblem } from './definition.ts'
import type { Field } from './field.ts'

type Input = Field['input']
type Checked = Result<AnswerValue, AnswerProblem>

/**
 * Takes one entry as the form wants it: NFC, single spaces, digits without their separators.
 * An entry of blanks is no answer (`required`); leaving an optional question empty is the
 * session's business and never comes here.
 */
export function checkAnswer(
  { input }: Pick<Field, 'input'>,
  value: AnswerValue,
  today: FullDate,
): Checked {
  const entry = typeof value === 'string' ? tidy(value) : value
  if (entry === '') return err({ code: 'required' })
  switch (input.kind) {
    case 'choice':
      return input.choices.some((choice) => choice.value === entry)
        ? ok(entry)
        : err({ code: 'not-a-choice' })
    case 'name':
    case 'text':
      return checkText(input, entry)
    case 'phone':
      return checkPhone(entry)
    case 'personal-number':
      return checkPersonalNumber(entry)
    case 'number':
    case 'money':
      return checkNumber(input, entry)
    case 'date':
      return checkDate(input, entry, today)
    case 'year':
      return checkYear(input, entry, today)
    case 'choices':
      return checkChoices(input, entry)
    case 'address':
      return checkAddress(entry)
    case 'card':
      return typeof entry === 'object' && isCard(entry) ? ok(entry) : err({ code: 'not-a-card' })
    case 'more':
      return entry === 'yes' || entry === 'no' ? ok(entry) : err({ code: 'not-a-choice' })
    default:
      return unreachable(input)
  }
}

/** Invisible characters come from phones and exports; nobody types them on purpose. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC')
}

function checkText(input: Extract<Input, { kind: 'name' | 'text' }>, entry: AnswerValue): Checked {
  if (typeof entry !== 'string') return err({ code: 'required' })
  if (entry.length > input.maxLength) return err({ code: 'too-long', max: input.maxLength })
  // Names of every people of the country: marks that have no composed form, K’Mẫu, Y-Moan.
  if (input.kind === 'name' && !/^[\p{L}\p{M}'’ʼ -]*\p{L}[\p{L}\p{M}'’ʼ -]*$/u.test(entry)) {
    return err({ code: 'letters-only' })
  }
  return ok(entry)
}

function checkPhone(entry: AnswerValue): Checked {
  const digits = String(typeof entry === 'object' ? '' : entry)
    .replace(/[\s.()-]/g, '')
    .replace(/^\+84/, '0')
  return /^0\d{9}$/.test(digits) ? ok(digits) : err({ code: 'not-a-phone' })
}

function checkPersonalNumber(entry: AnswerValue): Checked {
  const digits = typeof entry === 'string' ? entry.replace(/[\s.-]/g, '') : ''
  return isPersonalNumber(digits) ? ok(digits) : err({ code: 'not-a-personal-number' })
}

function checkNumber(
  { min, max }: Extract<Input, { kind: 'number' | 'money' }>,
  entry: AnswerValue,
): Checked {
  const number =
    typeof entry === 'string' && /^[\d.\s]{1,20}$/.test(entry)
      ? Number(entry.replace(/[.\s]/g, '') || NaN)
      : entry
  return typeof number === 'number' &&
    Number.isSafeInteger(number) &&
    number >= min &&
    number <= max
    ? ok(number)
    : err({ code: 'number-range', min, max })
}

function checkDate(
  input: Extract<Input, { kind: 'date' }>,
  entry: AnswerValue,
  today: FullDate,
): Checked {
  if (typeof entry !== 'object' || !isDate(entry)) return err({ code: 'date-incomplete' })
  const date: PartialDate = {
    year: entry.year,
    ...(entry.month === undefined ? {} : { month: entry.month }),
    ...(entry.day === undefined ? {} : { day: entry.day }),
  }
  if (date.month === undefined && date.day !== undefined) return err({ code: 'date-incomplete' })
  if (date.day === undefined && !input.partial) return err({ code: 'date-incomplete' })
  if (!isRealDate(date)) return err({ code: 'date-impossible' })
  return inRange(date, input.range, today)
}

function inRange(date: PartialDate, range: 'past' | 'future' | 'any', today: FullDate): Checked {
  if (range === 'past' && isAfter(date, today)) return err({ code: 'date-future' })
  if (range === 'future' && isAfter(today, date)) return err({ code: 'date-past' })
  return ok(date)
}

/** A year as a date of which no more is known. */
function checkYear(
  { range }: Extract<Input, { kind: 'year' }>,
  entry: AnswerValue,
  today: FullDate,
): Checked {
  const written = typeof entry === 'object' ? (isDate(entry) ? entry.year : '') : entry
  if (!/^\d{4}$/.test(String(written))) return err({ code: 'date-incomplete' })
  const year = Number(written)
  if (year < 1800 || year > 2200) return err({ code: 'date-impossible' })
  return inRange({ year }, range, today)
}

/** In the order of the form, whatever order they were touched in. */
function checkChoices(
  { choices, none }: Extract<Input, { kind: 'choices' }>,
  entry: AnswerValue,
): Checked {
  if (typeof entry !== 'object' || !isList(entry)) return err({ code: 'not-a-choice' })
  if (entry.length === 0) return err({ code: 'required' })
  const known = choices.map(({ value }) => value)
  if (entry.some((value) => !known.includes(value))) return err({ code: 'not-a-choice' })
  const clash = none !== undefined && entry.includes(none) && entry.length > 1
  if (clash || new Set(entry).size < entry.length) return err({ code: 'choices-clash' })
  return ok(known.filter((value) => entry.includes(value)))
}

/** Longer than any place in the country is written. */
const MAX_ADDRESS = 300

function checkAddress(entry: AnswerValue): Checked {
  const given =
    typeof entry === 'string' ? { text: entry } : typeof entry === 'object' ? entry : null
  if (given === null || !isAddress(given)) return err({ code: 'required' })
  const text = tidy(given.text)
  if (text === '') return err({ code: 'required' })
  if (text.length > MAX_ADDRESS) return err({ code: 'too-long', max: MAX_ADDRESS })
  return ok({ text, ...(given.commune === undefined ? {} : { commune: given.commune }) })
}
