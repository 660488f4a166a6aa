/**
 * Payment codes for phones: EMVCo QR Code Specification, Merchant-Presented Mode. VietQR is one.
 * Fields follow one another as two digits tag, two digits length, value.
 */

/** Payload format indicator, always the first field. */
const FIRST = '000201'
/** Tag and length of the checksum, always the last field. */
const CHECKSUM = '6304'

/**
 * Whether a text is a payment code, and whether it came through whole. A code that begins with two
 * sound fields is one, even where it is cut off or its checksum does not fit.
 */
export function checkPaymentCode(text: string): 'whole' | 'damaged' | null {
  if (!text.startsWith(FIRST) || fieldEnd(text, FIRST.length) === null) return null
  return isWhole(text) ? 'whole' : 'damaged'
}

function isWhole(text: string): boolean {
  const body = text.slice(0, -4)
  const sum = text.slice(-4)
  if (!body.endsWith(CHECKSUM) || !/^[0-9A-F]{4}$/i.test(sum)) return false
  return Number.parseInt(sum, 16) === crc16(Buffer.from(body)) && hasSoundFields(text)
}

function hasSoundFields(text: string): boolean {
  // Lengths of other scripts are counted in bytes by some makers and in letters by others.
  if (/[^ -~]/.test(text)) return true
  let at: number | null = 0
  while (at !== null && at < text.length) at = fieldEnd(text, at)
  return at !== null
}

/** Where the field that begins here ends; null where there is none or it is cut off. */
function fieldEnd(text: string, at: number): number | null {
  const head = /^\d\d(\d\d)/.exec(text.slice(at, at + 4))
  if (head === null) return null
  const end = at + 4 + Number(head[1])
  return end <= text.length ? end : null
}

/** CRC-16/CCITT-FALSE: polynomial 1021, begins at FFFF, nothing reflected. */
function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021
      crc &= 0xffff
    }
  }
  return crc
}
