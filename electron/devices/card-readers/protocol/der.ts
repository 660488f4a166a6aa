import { malformed, readAll, type Tlv } from './tlv.ts'

/** Tags of ASN.1 that cards and certificates use. */
export const DER = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OID: 0x06,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const

/** Takes the members of a SEQUENCE or SET one after the other. Everything throws inside `decoded`. */
export interface Members {
  /** The next member, which must have this tag. */
  take(tag: number): Tlv
  /** The next member if it has this tag. */
  takeIf(tag: number): Tlv | null
  /** The next member, whatever it is. */
  any(): Tlv
  rest(): readonly Tlv[]
}

export function members({ value }: Pick<Tlv, 'value'>): Members {
  const all = readAll(value)
  let at = 0
  const any = () => {
    const next = all[at] ?? malformed()
    at += 1
    return next
  }
  const takeIf = (tag: number) => (all[at]?.tag === tag ? any() : null)
  return { any, takeIf, take: (tag) => takeIf(tag) ?? malformed(), rest: () => all.slice(at) }
}

/** An object identifier with dots. */
export function readOid({ tag, value }: Tlv): string {
  if (tag !== DER.OID || value.length === 0 || value.length > 32) malformed()
  const arcs: number[] = []
  let arc = 0
  for (const byte of value) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 256) malformed()
    if ((byte & 0x80) === 0) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [first = 0, ...others] = arcs
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...others].join('.')
}

/** The contents of an object identifier. */
export function oidBytes(oid: string): Uint8Array {
  const [root = 0, second = 0, ...others] = oid.split('.').map(Number)
  return Uint8Array.from([40 * root + second, ...others].flatMap((arc) => base128(arc)))
}

function base128(arc: number, more = 0): number[] {
  const low = (arc % 128) | more
  return arc < 128 ? [low] : [...base128(Math.floor(arc / 128), 0x80), low]
}

/** A small INTEGER that is not negative. */
export function readSmall({ tag, value }: Tlv): number {
  if (tag !== DER.INTEGER || value.length === 0 || value.length > 4) malformed()
  return value.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The bytes of an INTEGER that is not negative, without its leading zero. */
export function readUnsigned({ tag, value }: Tlv): Uint8Array {
  if (tag !== DER.INTEGER || value.length === 0 || (value[0] ?? 0) > 0x7f) malformed()
  return value[0] === 0 ? value.subarray(1) : value
}

/** The bytes of a BIT STRING of whole bytes. */
export function readBits({ tag, value }: Tlv): Uint8Array {
  if (tag !== DER.BIT_STRING || value[0] !== 0) malformed()
  return value.subarray(1)
}

/** UTCTime or GeneralizedTime in UTC, in ms since 1970. */
export function readTime({ tag, value }: Tlv): number {
  const text = Buffer.from(value).toString('latin1')
  const full = tag === DER.UTC_TIME ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? malformed()
  if (tag !== DER.UTC_TIME && tag !== DER.GENERALIZED_TIME) malformed()
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}
