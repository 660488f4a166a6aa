import type { FullDate, IdCard } from '../../shared/domain/id-card.ts'
import { isPersonalNumber } from '../../shared/domain/personal-number.ts'
import { countBirthAndSex, parseIdCard, parseTypedIdCard } from './id-card.ts'
import { cleanPayload } from './normalise.ts'
import { type OtherCode, parseOtherCode } from './other-codes.ts'

/** What a scanned code turned out to be. */
export type ScannedCode =
  | { kind: 'id-card'; card: IdCard }
  | OtherCode
  /** Was an ID card once, but is damaged: scanning again may help. */
  | { kind: 'garbled' }
  | { kind: 'unknown' }

/**
 * Reads any text that a scanner may send; never throws. With `today` (the day in Vietnam) an ID
 * card gets warnings about dates in the future.
 */
export function parseCode(payload: string, today?: FullDate): ScannedCode {
  return readCode(payload, (parts) => parseIdCard(parts, today))
}

/** The same for a scanner that types as a keyboard does: name and address of a card are unsure. */
export function parseTypedCode(payload: string, today?: FullDate): ScannedCode {
  return readCode(payload, (parts) => parseTypedIdCard(parts, today))
}

/** The same as a vendor's service tells it, which has put it in the words of the code. */
export function parseBridgedCode(payload: string, today?: FullDate): ScannedCode {
  const code = parseCode(payload, today)
  return code.kind === 'id-card' ? { ...code, card: { ...code.card, from: 'bridge' } } : code
}

function readCode(
  payload: string,
  readCard: (parts: readonly string[]) => IdCard | null,
): ScannedCode {
  const text = cleanPayload(payload)
  if (text === null) return { kind: 'unknown' }
  const parts = text.split('|')
  const card = readCard(parts)
  if (card !== null) return { kind: 'id-card', card }
  const other = parseOtherCode(text)
  if (other !== null) return other
  return { kind: resemblesIdCard(parts) ? 'garbled' : 'unknown' }
}

/** Twelve digits before the first separator, or a date followed by a sex, as in the middle of one. */
function resemblesIdCard(parts: readonly string[]): boolean {
  if (parts.length < 2) return false
  return isPersonalNumber(parts[0]?.trim() ?? '') || countBirthAndSex(parts) > 0
}
