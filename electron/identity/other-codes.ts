import { checkPaymentCode } from './payment-code.ts'

/** Codes that reach the same scanner and are not ID cards. */
export type OtherCode =
  /** A code for paying by phone; `damaged` where a part is lost or misread. */
  | { kind: 'vietqr'; damaged: boolean }
  | { kind: 'health-insurance' }
  /** As the portal printed it, on a receipt as well (TT 01/2018/TT-VPCP Art. 19(2)). */
  | { kind: 'dossier-code'; code: string }
  /** A slip of a kiosk; `clientRef` is the filing's client reference, in lower case. */
  | { kind: 'slip'; clientRef: string }
  /** A queue ticket of a kiosk; `ticket` is what follows the prefix, 1..64 visible characters. */
  | { kind: 'ticket'; ticket: string }
  /** The sheet of a procedure, ours or another's that carries the national code. */
  | { kind: 'procedure'; code: string }

/** Codes that a kiosk prints itself, so that it knows its own paper again. */
const SLIP = /^MCK:S:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i
const TICKET = /^MCK:T:([\x21-\x7e]{1,64})$/
const PROCEDURE = /^(?:MCK:P:)?(\d\.\d{6}[\w-]{0,12})$/

/** TT 01/2018/TT-VPCP Art. 19, and the longer forms of the national exchange since. */
const DOSSIER_CODE =
  /^(?:[0-9]{3}(?:\.[0-9]{2}){2}\.[A-Z][0-9]{2}|[A-Z][0-9]{2}(?:\.[0-9]{1,4}){0,4})-(?:[0-9]{6}|[0-9]{8})-[0-9]{4,7}$/

/** Recognises a cleaned payload by its prefix or shape; null if it is none of these. */
export function parseOtherCode(text: string): OtherCode | null {
  const clientRef = SLIP.exec(text)?.[1]
  if (clientRef !== undefined) return { kind: 'slip', clientRef: clientRef.toLowerCase() }
  const ticket = TICKET.exec(text)?.[1]
  if (ticket !== undefined) return { kind: 'ticket', ticket }
  const procedure = PROCEDURE.exec(text)?.[1]
  if (procedure !== undefined) return { kind: 'procedure', code: procedure }
  if (DOSSIER_CODE.test(text)) return { kind: 'dossier-code', code: text }
  if (isHealthInsurance(text.split('|'))) return { kind: 'health-insurance' }
  const payment = checkPaymentCode(text)
  return payment === null ? null : { kind: 'vietqr', damaged: payment === 'damaged' }
}

/**
 * A health insurance card: a number (10 digits, 15 characters, or the personal number), then the
 * name as hex of UTF-8. Only recognised, never read: it is not an identity paper.
 */
function isHealthInsurance(parts: readonly string[]): boolean {
  const [number = '', name = ''] = parts
  return /^(?:\d{10}|\d{12}|[A-Z0-9]{15})$/i.test(number) && isHexName(name)
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

function isHexName(hex: string): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return false
  try {
    return /^\p{L}[\p{L}\p{M} .'’-]*$/u.test(strictUtf8.decode(Buffer.from(hex, 'hex')))
  } catch {
    return false
  }
}
