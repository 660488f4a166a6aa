import type { PartialDate } from '../../../../shared/domain/id-card.ts'
import { isRealDate } from '../../../../shared/domain/calendar.ts'
import { DER } from './der.ts'
import { parseMrz, type Mrz } from './mrz.ts'
import { readPublicKey, type PublicKey } from './public-key.ts'
import { decoded, find, malformed, only, readAll, readTlv, type Tlv } from './tlv.ts'

/** The files of the chip's application that this reader knows (ICAO 9303-10, table 35). */
export const FILES = {
  com: { id: 0x011e, tag: 0x60 },
  dg1: { id: 0x0101, tag: 0x61 },
  dg2: { id: 0x0102, tag: 0x75 },
  dg13: { id: 0x010d, tag: 0x6d },
  dg14: { id: 0x010e, tag: 0x6e },
  dg15: { id: 0x010f, tag: 0x6f },
  sod: { id: 0x011d, tag: 0x77 },
} as const
export type FileName = keyof typeof FILES

/** The application of an electronic travel document (ICAO 9303-10, 3.6.2). */
export const APPLICATION: Uint8Array = Buffer.from('a0000002471001', 'hex')

/** EF.CardAccess, outside of the application. */
export const CARD_ACCESS_ID = 0x011c

/** EF.COM: the tags of the data groups that the chip says it has; null if it is none. */
export function readCom(file: Uint8Array): readonly number[] | null {
  return decoded(() => {
    const tags = find(readAll(only(file, FILES.com.tag)), 0x5c) ?? malformed()
    return [...tags.value]
  })
}

/** DG1: the machine readable zone; null if it is none of an ID card, or damaged. */
export function readDg1(file: Uint8Array): Mrz | null {
  const zone = decoded(() => only(only(file, FILES.dg1.tag), 0x5f1f))
  const mrz = zone && parseMrz(Buffer.from(zone).toString('latin1'))
  return mrz === null || typeof mrz === 'string' ? null : mrz
}

/** The holder's picture. `jp2` no browser shows. */
export interface Face {
  readonly format: 'jpeg' | 'jp2'
  readonly bytes: Uint8Array
}

/** ISO/IEC 19794-5: lengths of the headers before the picture. */
const FACE = { RECORD_HEADER: 14, FACE_HEADER: 20, POINT: 8, IMAGE_HEADER: 12 } as const

/** DG2: the picture of the first face; null if there is none that can be found. */
export function readDg2(file: Uint8Array): Face | null {
  return decoded(() => {
    const group = readAll(only(only(file, FILES.dg2.tag), 0x7f61))
    const template = readAll((find(group, 0x7f60) ?? malformed()).value)
    const block = (find(template, 0x5f2e) ?? find(template, 0x7f2e) ?? malformed()).value
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
    const headers = FACE.RECORD_HEADER + FACE.FACE_HEADER
    if (block.length < headers || view.getUint32(0) !== 0x46414300) malformed()
    const end = Math.min(FACE.RECORD_HEADER + view.getUint32(FACE.RECORD_HEADER), block.length)
    const points = view.getUint16(FACE.RECORD_HEADER + 4)
    const bytes = block.subarray(headers + points * FACE.POINT + FACE.IMAGE_HEADER, end)
    return { format: formatOf(bytes) ?? malformed(), bytes }
  })
}

/** By its first bytes: what the header says of the format is wrong on some cards. */
function formatOf(bytes: Uint8Array): Face['format'] | null {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  if (start.startsWith('ffd8ff')) return 'jpeg'
  return start === '0000000c6a502020' || start.startsWith('ff4fff51') ? 'jp2' : null
}

/** DG15: the key of active authentication. */
export function readDg15(file: Uint8Array): PublicKey | null {
  return decoded(() => readPublicKey(only(file, FILES.dg15.tag)))
}

/**
 * What Vietnam writes into DG13, as far as the card has it; NFC. Untrusted until compared. Religion,
 * field 7, is left behind here: nothing that a kiosk does needs it.
 */
export interface Dg13 {
  readonly number: string | null
  readonly name: string | null
  readonly birth: PartialDate | null
  readonly sex: 'male' | 'female' | null
  readonly nationality: string | null
  readonly ethnicity: string | null
  /** Place of origin, "quê quán". */
  readonly origin: string | null
  readonly residence: string | null
  /** Identifying features. */
  readonly marks: string | null
  readonly issued: PartialDate | null
  /** Null also where the card says that it never ends. */
  readonly expiry: PartialDate | null
  readonly father: string | null
  readonly mother: string | null
  readonly spouse: string | null
  readonly oldNumber: string | null
}

/** Limits of a group that nobody has specified. */
const DG13_LIMITS = { DEPTH: 6, FIELDS: 64, TEXT_BYTES: 1024 } as const
/** UTF8String, PrintableString, T61String, IA5String. */
const TEXTS: ReadonlySet<number> = new Set([0x0c, 0x13, 0x14, 0x16])
/** SEQUENCE, SET, and the explicit tags around them. */
const NESTS: ReadonlySet<number> = new Set([DER.SEQUENCE, DER.SET, 0xa0, 0xa1, 0xa2, 0xa3])

/**
 * DG13: sequences of a number and texts, nested in ways that differ between cards. What is missing
 * or cannot be read is null; null altogether if no field can be read, as where the ministry's own
 * coding hides them.
 */
export function readDg13(file: Uint8Array): Dg13 | null {
  const fields = new Map<number, readonly string[]>()
  const group = decoded(() => only(file, FILES.dg13.tag))
  if (group) collect(group, DG13_LIMITS.DEPTH, fields)
  if (fields.size === 0) return null
  const text = (field: number, at = 0) => fields.get(field)?.[at] || null
  const sex = text(4)?.toLowerCase()
  return {
    number: text(1),
    name: text(2),
    birth: dateOf(text(3)),
    sex: sex === 'nam' ? 'male' : sex === 'nữ' ? 'female' : null,
    nationality: text(5),
    ethnicity: text(6),
    origin: text(8),
    residence: text(9),
    marks: text(10),
    issued: dateOf(text(11)),
    expiry: dateOf(text(12)),
    father: text(13),
    mother: text(13, 1),
    spouse: text(14),
    oldNumber: text(15),
  }
}

function collect(bytes: Uint8Array, depth: number, fields: Map<number, readonly string[]>): void {
  for (const object of lenient(bytes)) {
    if (!NESTS.has(object.tag) || depth === 0) continue
    const [first, ...rest] = lenient(object.value)
    const isField = first?.tag === DER.INTEGER && first.value.length === 1
    if (!isField) collect(object.value, depth - 1, fields)
    else if (fields.size < DG13_LIMITS.FIELDS && rest.length > 0) {
      const number = first.value[0] ?? 0
      if (!fields.has(number)) fields.set(number, texts(rest, depth))
      // A list that begins with its length looks like a field; the fields in it count as well.
      if (rest.every(({ tag }) => NESTS.has(tag))) {
        for (const each of rest) collect(each.raw, depth - 1, fields)
      }
    }
  }
}

/** The objects side by side up to the first that is none. */
function lenient(bytes: Uint8Array): readonly Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < bytes.length && found.length < DG13_LIMITS.FIELDS;) {
    const next = decoded(() => readTlv(bytes, at))
    if (!next) break
    found.push(next)
    at += next.raw.length
  }
  return found
}

function texts(objects: readonly Tlv[], depth: number): readonly string[] {
  if (depth === 0) return []
  return objects
    .flatMap(({ tag, value }) =>
      NESTS.has(tag) ? texts(lenient(value), depth - 1) : TEXTS.has(tag) ? [textOf(value)] : [],
    )
    .slice(0, DG13_LIMITS.FIELDS)
}

/** Clean text; empty if the bytes are no UTF-8 or too many. */
function textOf(value: Uint8Array): string {
  if (value.length > DG13_LIMITS.TEXT_BYTES) return ''
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(value)
    return text
      .normalize('NFC')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
  } catch {
    return ''
  }
}

/** dd/MM/yyyy, MM/yyyy or yyyy. */
function dateOf(text: string | null): PartialDate | null {
  if (text === null || !/^(?:(?:\d{1,2}\/)?\d{1,2}\/)?\d{4}$/.test(text)) return null
  const [year = 0, month, day] = text.split('/').map(Number).reverse()
  const date = {
    year,
    ...(month ? { month } : {}),
    ...(month && day ? { day } : {}),
  }
  return year >= 1900 && year <= 2200 && isRealDate(date) ? date : null
}
