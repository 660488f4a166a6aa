import { isAfter, isRealDate } from '../../shared/domain/calendar.ts'
import type { FullDate, IdCard, PartialDate } from '../../shared/domain/id-card.ts'
import { decodePersonalNumber, isPersonalNumber } from '../../shared/domain/personal-number.ts'
import { looksDamaged } from './mojibake.ts'

/**
 * `number|old number|name|birth|sex|address|issued` (chip card of 2021), then `|` and four more
 * fields of open meaning (card of 2024).
 */
const FIELDS = 7

/**
 * Reads the fields of an ID card, already cleaned and split at `|`. Null if they do not fit,
 * which includes the form without the old number that some descriptions give: there the name
 * stands where the old number belongs.
 *
 * `today` adds warnings about dates in the future. They are warnings because a kiosk's clock may
 * be wrong.
 */
export function parseIdCard(parts: readonly string[], today?: FullDate): IdCard | null {
  const fields = parseFields(parts, parseSex)
  if (fields === null || !isName(fields.name) || !isText(fields.address)) return null
  return { ...fields, warnings: warningsOf(fields, today) }
}

/**
 * Reads the fields as a scanner types them: letters outside ASCII are lost or became others, so
 * name and address are what was left of them, and unsure. Numbers and dates are as good as ever.
 */
export function parseTypedIdCard(parts: readonly string[], today?: FullDate): IdCard | null {
  const fields = parseFields(parts, parseTypedSex)
  if (fields === null) return null
  const card = {
    ...fields,
    name: leftOf(fields.name, /[^\p{L}\p{M} .'’ʼ`-]/gu, TYPED_NAME_MAX),
    address: leftOf(fields.address, /[\p{C}\ufffd]/gu, TYPED_ADDRESS_MAX),
  }
  return { ...card, unsure: ['name', 'address'], warnings: warningsOf(card, today) }
}

/** So much of what a scanner typed is shown to the citizen. */
const TYPED_NAME_MAX = 100
const TYPED_ADDRESS_MAX = 200

function leftOf(text: string, lost: RegExp, maxLength: number): string {
  const left = text.replace(lost, '').replace(/ +/g, ' ').trim()
  return [...left.toWellFormed()].slice(0, maxLength).join('')
}

type SexReader = (word: string) => IdCard['sex'] | null

function parseFields(
  parts: readonly string[],
  readSex: SexReader,
): Omit<IdCard, 'warnings' | 'unsure'> | null {
  const [number = '', oldNumber = '', name = '', born = '', sexWord = ''] = parts.map(trim)
  const last = lastDateIndex(parts)
  // Two scans run into one: the second must not become the address of the first.
  if (countBirthAndSex(parts, readSex) > 1) return null
  if (last === null || !isPersonalNumber(number) || !/^(?:\d{9}|\d{12})?$/.test(oldNumber)) {
    return null
  }
  const { index, date: issued } = last
  // The separator has no escape: only the position of the date tells an address from extras.
  const address = parts
    .slice(FIELDS - 2, index)
    .join('|')
    .trim()
  const birth = parseBirth(born)
  const sex = readSex(sexWord)
  if (birth === null || sex === null) return null
  return {
    number,
    oldNumber: oldNumber === '' ? null : oldNumber,
    name,
    birth,
    sex,
    address,
    issued,
    extra: parts.slice(index + 1),
  }
}

/** How often a date is followed by a sex: once in a card, and also in a piece of one. */
export function countBirthAndSex(parts: readonly string[], readSex: SexReader = parseSex): number {
  let count = 0
  for (let i = 1; i < parts.length; i += 1) {
    if (/^\d{8}$/.test(parts[i - 1] ?? '') && readSex(parts[i] ?? '') !== null) count += 1
  }
  return count
}

function trim(part: string): string {
  return part.trim()
}

/** The last field from index 6 on that is a whole date: the day of issue. */
function lastDateIndex(parts: readonly string[]): { index: number; date: FullDate } | null {
  for (let index = parts.length - 1; index >= FIELDS - 1; index -= 1) {
    const date = parseFullDate(parts[index]?.trim() ?? '')
    if (date !== null) return { index, date }
  }
  return null
}

function parseFullDate(text: string): FullDate | null {
  if (!/^\d{8}$/.test(text)) return null
  const date = {
    year: Number(text.slice(4)),
    month: Number(text.slice(2, 4)),
    day: Number(text.slice(0, 2)),
  }
  return isPlausible(date) ? date : null
}

/**
 * `ddMMyyyy`, `MMyyyy` or `yyyy`; 00 stands for an unknown day or month. A missing part stays
 * missing: 01/01 would be a false statement on every form.
 */
function parseBirth(text: string): PartialDate | null {
  if (!/^(?:\d{8}|\d{6}|\d{4})$/.test(text)) return null
  const year = Number(text.slice(-4))
  const month = Number(text.slice(-6, -4))
  const day = Number(text.slice(-8, -6))
  const date = month === 0 ? { year } : day === 0 ? { year, month } : { year, month, day }
  return isPlausible(date) ? date : null
}

/** The number's century digit starts with the 1900s, so no holder was born earlier. */
function isPlausible(date: PartialDate): boolean {
  return date.year >= 1900 && date.year <= 2200 && isRealDate(date)
}

/** `Nam` or `Nữ` in any case, also where the tone mark was lost; else null. */
function parseSex(text: string): IdCard['sex'] | null {
  const word = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  if (word === 'nam') return 'male'
  return word === 'nu' ? 'female' : null
}

/** The same where what follows the N of "Nữ" may have been lost on the way or become another. */
function parseTypedSex(text: string): IdCard['sex'] | null {
  const word = text.trim()
  return parseSex(word) ?? (/^n[^a]{0,3}$/i.test(word) ? 'female' : null)
}

/** Letters, and the marks of names such as "Điểu K'Mẫu". Digits and symbols are damage. */
function isName(text: string): boolean {
  return /^\p{L}[\p{L}\p{M} .,'’ʼ`()-]*$/u.test(text) && !looksDamaged(text)
}

/** Free text without control characters and without damage. */
function isText(text: string): boolean {
  return !/\p{Cc}/u.test(text) && !looksDamaged(text)
}

/** What an officer should look at. Old data and re-registrations make each of them possible. */
function warningsOf(
  card: Omit<IdCard, 'warnings' | 'unsure'>,
  today: FullDate | undefined,
): string[] {
  const decoded = decodePersonalNumber(card.number)
  const checks: readonly (readonly [string, boolean])[] = [
    ['birth-year-differs', decoded !== null && decoded.birthYear !== card.birth.year],
    ['sex-differs', decoded !== null && decoded.sex !== card.sex],
    ['province-unknown', decoded?.place.kind === 'unknown'],
    ['old-number-twelve-digits', card.oldNumber?.length === 12],
    ['address-missing', card.address === ''],
    ['issued-before-birth', isAfter(card.birth, card.issued)],
    ['birth-in-future', today !== undefined && isAfter(card.birth, today)],
    ['issued-in-future', today !== undefined && isAfter(card.issued, today)],
  ]
  return checks.filter(([, applies]) => applies).map(([code]) => code)
}
