/** One data object of ISO/IEC 7816-4 Annex E or ASN.1 BER, definite length. */
export interface Tlv {
  /** The tag's bytes as one number, such as `0x5f1f`. */
  readonly tag: number
  readonly value: Uint8Array
  /** Tag, length and value as they came. */
  readonly raw: Uint8Array
}

/** Limits of what is taken for a data object. */
const LIMITS = {
  /** No tag of ICAO 9303 or of a certificate is longer. */
  TAG_BYTES: 3,
  /** Four bytes of length would be 16 MiB and more; no file of a card is. */
  LENGTH_BYTES: 3,
  /** Objects side by side: the certificates and groups of a card are far fewer. */
  SIBLINGS: 1024,
} as const

/**
 * Bytes that are not what they should be. Thrown inside a decoder only, and caught at its face by
 * `decoded`; nobody else meets it.
 */
class Malformed extends Error {}

/** Ends a decoder: these bytes are not of its form. */
export function malformed(): never {
  throw new Malformed('malformed')
}

/** Runs a decoder; null if the bytes were not of its form. */
export function decoded<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

/** The data object at `at`. Call inside `decoded`. */
export function readTlv(bytes: Uint8Array, at = 0): Tlv {
  const header = readHeader(bytes.subarray(at)) ?? malformed()
  const start = at + header.headerBytes
  const end = start + header.valueBytes
  if (end > bytes.length) malformed()
  return { tag: header.tag, value: bytes.subarray(start, end), raw: bytes.subarray(at, end) }
}

/** Tag and length at the beginning of a file, of which the rest is not read yet; null if no such. */
export function readHeader(
  bytes: Uint8Array,
): { tag: number; headerBytes: number; valueBytes: number } | null {
  let tag = bytes[0] ?? 0
  let at = 1
  // 00 and FF are padding between objects in some cards, never objects of their own.
  if (bytes.length === 0 || tag === 0 || tag === 0xff) return null
  if ((tag & 0x1f) === 0x1f) {
    for (let more = true; more; at += 1) {
      const next = bytes[at]
      if (next === undefined || at >= LIMITS.TAG_BYTES) return null
      tag = tag * 256 + next
      more = (next & 0x80) !== 0
    }
  }
  const first = bytes[at]
  if (first === undefined) return null
  at += 1
  if (first < 0x80) return { tag, headerBytes: at, valueBytes: first }
  const count = first & 0x7f
  if (count === 0 || count > LIMITS.LENGTH_BYTES || at + count > bytes.length) return null
  let length = 0
  for (const byte of bytes.subarray(at, at + count)) length = length * 256 + byte
  return { tag, headerBytes: at + count, valueBytes: length }
}

/** All objects side by side, to the last byte. Call inside `decoded`. */
export function readAll(bytes: Uint8Array): readonly Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < bytes.length;) {
    if (found.length === LIMITS.SIBLINGS) malformed()
    const next = readTlv(bytes, at)
    found.push(next)
    at += next.raw.length
  }
  return found
}

/** The first of these objects with a tag, or null. */
export function find(objects: readonly Tlv[], tag: number): Tlv | null {
  return objects.find((each) => each.tag === tag) ?? null
}

/** The value of the one object with this tag that fills the bytes. Call inside `decoded`. */
export function only(bytes: Uint8Array, tag: number): Uint8Array {
  const object = readTlv(bytes)
  if (object.tag !== tag || object.raw.length !== bytes.length) malformed()
  return object.value
}

/** Writes a data object. */
export function tlv(tag: number, ...values: readonly Uint8Array[]): Uint8Array {
  const length = values.reduce((sum, { length }) => sum + length, 0)
  const lengthBytes = length < 0x80 ? [length] : longLength(bigEndian(length))
  return Buffer.concat([Buffer.from([...bigEndian(tag), ...lengthBytes]), ...values])
}

function longLength(bytes: readonly number[]): number[] {
  return [0x80 | bytes.length, ...bytes]
}

function bigEndian(number: number): number[] {
  return number < 256 ? [number] : [...bigEndian(Math.floor(number / 256)), number % 256]
}
