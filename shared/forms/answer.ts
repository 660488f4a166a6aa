import { isAfter, isRealDate } from '../domain/calendar.ts'
import type { FullDate, PartialDate } from '../domain/id-card.ts'
import { isPersonalNumber } from '../domain/personal-number.ts'
import { err, ok, unreachable, type Result } from '../domain/result.ts'
import type { AnswerProblem, AnswerValue, Field } from './definition.ts'

type Input = Field['input']
type Checked = Result<AnswerValue, AnswerProblem>

/**
 * Takes one entry as the form wants it: NFC, single spaces, digits without their separators.
 * An entry of blanks is no answer (`required`); leaving an optional question empty is the
 * session's business and never comes here.
 */
export function checkAnswer(field: Field, value: AnswerValue, today: FullDate): Checked {
  const entry = typeof value === 'string' ? tidy(value) : value
  if (entry === '') return err({ code: 'required' })
  const { input } = field
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
      return checkNumber(input, entry)
    case 'date':
      return checkDate(input, entry, today)
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
  { min, max }: Extract<Input, { kind: 'number' }>,
  entry: AnswerValue,
): Checked {
  const number = typeof entry === 'string' && /^\d{1,12}$/.test(entry) ? Number(entry) : entry
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
  if (typeof entry !== 'object') return err({ code: 'date-incomplete' })
  const date: PartialDate = {
    year: entry.year,
    ...(entry.month === undefined ? {} : { month: entry.month }),
    ...(entry.day === undefined ? {} : { day: entry.day }),
  }
  if (date.month === undefined && date.day !== undefined) return err({ code: 'date-incomplete' })
  if (date.day === undefined && !input.partial) return err({ code: 'date-incomplete' })
  if (!isRealDate(date)) return err({ code: 'date-impossible' })
  if (input.range === 'past' && isAfter(date, today)) return err({ code: 'date-future' })
  if (input.range === 'future' && isAfter(today, date)) return err({ code: 'date-past' })
  return ok(date)
}
