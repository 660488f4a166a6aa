import { repairMojibake } from './mojibake.ts'

/** Limits of the decoder. */
export const scanLimits = {
  /** A QR code of version 40-L holds 2,953 bytes (ISO/IEC 18004); anything longer is noise. */
  PAYLOAD_BYTES: 4096,
} as const

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Latin-1 is not tried: it has neither ă, đ, ơ, ư nor most tones, so Vietnamese that is not
 * UTF-8 can only be CP1258, which maps every byte.
 */
const vietnameseCodePage = new TextDecoder('windows-1258')

/**
 * The text of one scan: strict UTF-8, else CP1258; misread UTF-8 repaired; NFC. A scan over the
 * limit gives an empty text, which no parser accepts.
 */
export function decodeScan(bytes: Uint8Array): string {
  if (bytes.length > scanLimits.PAYLOAD_BYTES) return ''
  let text: string
  try {
    text = strictUtf8.decode(bytes)
  } catch {
    text = vietnameseCodePage.decode(bytes)
  }
  // Before NFC: composing first would fuse misread bytes with the letters beside them.
  return repairMojibake(text).normalize('NFC')
}

/**
 * A BOM (also one that was misread), an AIM symbology prefix of QR codes (ISO/IEC 15424), NUL,
 * STX and line ends.
 */
// oxlint-disable-next-line no-control-regex -- scanners send these controls
const HEAD = /^(?:\ufeff|ï»¿|\]Q[0-6]|[\0\u0002\r\n\t ])+/
const TAIL = '\0\u0003\u0004\r\n\t '
const QUOTED = /^(?:"(.*)"|'(.*)'|“(.*)”)$/s

/**
 * The bare payload: what scanners and keyboards wrap around it taken off, misread UTF-8 repaired,
 * NFC. Null if it is longer than a code can be.
 */
export function cleanPayload(payload: string): string | null {
  if (payload.length > scanLimits.PAYLOAD_BYTES) return null
  const bare = unwrap(payload)
  const repaired = repairMojibake(bare)
    .replaceAll('\0', '')
    .replaceAll('\u00a0', ' ')
    .normalize('NFC')
  return repaired === bare ? bare : unwrap(repaired)
}

function unwrap(text: string): string {
  const trimmed = trimEnd(text.replace(HEAD, ''))
  const quoted = QUOTED.exec(trimmed)
  const inner = quoted?.[1] ?? quoted?.[2] ?? quoted?.[3]
  return inner === undefined ? trimmed : trimEnd(inner.replace(HEAD, ''))
}

function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && TAIL.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
