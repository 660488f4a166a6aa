import type { IdCard } from '../../../shared/domain/id-card.ts'
import type { AccessKey } from './protocol/pace.ts'
import { parseMrz } from './protocol/mrz.ts'

/** Birthdays after which a card must be renewed (Luật Căn cước 26/2023, Art. 21; Luật 59/2014, Art. 21). */
const MILESTONES = [14, 25, 40, 60] as const

/** A card issued within so many years before a milestone holds to the next one (the same articles). */
const GRACE_YEARS = 2

/** Expiry in the zone of a card that never ends. */
const NEVER = '991231'

/**
 * What the chip of a scanned card may open with: its zone as it must be by law, likeliest first, and
 * last the access number that most cards are said to have. The QR code has no expiry, so there are one
 * to three zones; none where the day of birth is not known.
 */
export function keysFromQr(
  card: Pick<IdCard, 'number' | 'birth' | 'issued'>,
): readonly AccessKey[] {
  const { number, birth, issued } = card
  const { year, month, day } = birth
  // Widely used for Vietnamese cards, and in no text that binds: the last six digits of the number.
  const usual: AccessKey = { kind: 'can', can: number.slice(-6) }
  if (month === undefined || day === undefined) return [usual]
  const two = (value: number) => String(value % 100).padStart(2, '0')
  const monthAndDay = two(month) + two(day)
  const birthdayIn = (inYear: number) => inYear * 10_000 + month * 100 + day
  const issuedOn = issued.year * 10_000 + issued.month * 100 + issued.day
  const after = MILESTONES.map((age) => year + age).filter((at) => birthdayIn(at) > issuedOn)
  const [next, second] = after
  const expiries = [next, second].map((at) => (at === undefined ? NEVER : two(at) + monthAndDay))
  // Within the grace the second milestone is the law, but offices have not all counted alike.
  const inGrace = next !== undefined && birthdayIn(next - GRACE_YEARS) <= issuedOn
  const ordered = inGrace ? expiries.toReversed() : expiries
  const zones = [...new Set([...ordered, NEVER])].slice(0, next === undefined ? 1 : 3)
  const birthday = two(year) + monthAndDay
  const documentNumber = number.slice(3)
  return [
    ...zones.map((expiry): AccessKey => ({ kind: 'mrz', documentNumber, birth: birthday, expiry })),
    usual,
  ]
}

/** The key in a card access number as it is typed; null if it is not six digits. */
export function keyFromCan(text: string): AccessKey | null {
  const can = text.replace(/\s/g, '')
  return /^\d{6}$/.test(can) ? { kind: 'can', can } : null
}

/** The key in the three lines of the zone, or why they are none. */
export function keyFromMrz(lines: string): AccessKey | 'not-td1' | 'check-digit' {
  const mrz = parseMrz(lines)
  if (typeof mrz === 'string') return mrz
  const { documentNumber, birth, expiry } = mrz
  return { kind: 'mrz', documentNumber, birth, expiry }
}
