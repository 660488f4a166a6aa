import { err, ok, type Result, unreachable } from '../../../../shared/domain/result.ts'

/** One value of an attribute (RFC 8010, 3.9). What this kiosk has no use for stays `octets`. */
export type IppValue =
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'enum'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: TextKind; readonly value: string }
  | { readonly kind: 'collection'; readonly members: readonly IppAttribute[] }
  /** `unsupported`, `unknown` and `no-value` of RFC 8010, 3.5.2. */
  | { readonly kind: 'none'; readonly tag: number }
  | { readonly kind: 'octets'; readonly tag: number; readonly bytes: Uint8Array }
export type TextKind = 'text' | 'name' | 'keyword' | 'uri' | 'charset' | 'language' | 'mime'

export type IppAttribute = { readonly name: string; readonly values: readonly IppValue[] }
export type IppGroup = {
  readonly tag: 'operation' | 'job' | 'printer' | 'unsupported'
  readonly attributes: readonly IppAttribute[]
}

/** A request or an answer. */
export type IppMessage = {
  /** Operation of a request, status of an answer. */
  readonly code: number
  readonly requestId: number
  readonly groups: readonly IppGroup[]
}

/** What is read at most, whatever arrives. */
export const IPP_LIMITS = {
  /** Of a whole answer; printers with many trays tell some 60 kB about themselves. */
  MESSAGE_BYTES: 1_048_576,
  /** Groups and values together. */
  VALUES: 16_384,
  /** media-col-database has three levels. */
  DEPTH: 8,
} as const

/** `truncated`: ends in the middle. `malformed`: breaks RFC 8010. `too-large`: beyond the limits. */
export type IppProblem = 'truncated' | 'malformed' | 'too-large'

const GROUP_TAGS = { operation: 0x01, job: 0x02, printer: 0x04, unsupported: 0x05 } as const
const END = 0x03
const TEXT_TAGS: Readonly<Record<TextKind, number>> = {
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  language: 0x48,
  mime: 0x49,
}
const TEXT_KINDS = new Map(
  (['text', 'name', 'keyword', 'uri', 'charset', 'language', 'mime'] as const).map((kind) => [
    TEXT_TAGS[kind],
    kind,
  ]),
)
const GROUPS = new Map(
  (['operation', 'job', 'printer', 'unsupported'] as const).map((tag) => [GROUP_TAGS[tag], tag]),
)
const [INTEGER, BOOLEAN, ENUM, RANGE] = [0x21, 0x22, 0x23, 0x33] as const
/** textWithLanguage and nameWithLanguage: the language is dropped. */
const WITH_LANGUAGE = new Map<number, TextKind>([
  [0x35, 'text'],
  [0x36, 'name'],
])
const [COLLECTION, MEMBER, END_COLLECTION] = [0x34, 0x4a, 0x37] as const

/** A message as it goes over the line, IPP 2.0; the document follows it. */
export function encodeIpp(message: IppMessage): Uint8Array {
  const parts: Uint8Array[] = []
  const head = Buffer.alloc(8)
  head.writeUInt16BE(0x0200, 0)
  head.writeUInt16BE(message.code, 2)
  head.writeInt32BE(message.requestId, 4)
  parts.push(head)
  for (const group of message.groups) {
    parts.push(Uint8Array.of(GROUP_TAGS[group.tag]))
    for (const { name, values } of group.attributes) {
      for (const [index, value] of values.entries()) {
        putValue(parts, index === 0 ? name : '', value)
      }
    }
  }
  parts.push(Uint8Array.of(END))
  return Buffer.concat(parts)
}

function putField(parts: Uint8Array[], tag: number, name: string, bytes: Uint8Array): void {
  const label = Buffer.from(name, 'utf8')
  const field = Buffer.alloc(1 + 2 + label.length + 2)
  field[0] = tag
  field.writeUInt16BE(label.length, 1)
  label.copy(field, 3)
  field.writeUInt16BE(bytes.length, 3 + label.length)
  parts.push(field, bytes)
}

function int32(...numbers: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [index, value] of numbers.entries()) bytes.writeInt32BE(value, 4 * index)
  return bytes
}

function putValue(parts: Uint8Array[], name: string, value: IppValue): void {
  switch (value.kind) {
    case 'integer':
      return putField(parts, INTEGER, name, int32(value.value))
    case 'enum':
      return putField(parts, ENUM, name, int32(value.value))
    case 'boolean':
      return putField(parts, BOOLEAN, name, Uint8Array.of(value.value ? 1 : 0))
    case 'range':
      return putField(parts, RANGE, name, int32(value.low, value.high))
    case 'none':
      return putField(parts, value.tag, name, new Uint8Array())
    case 'octets':
      return putField(parts, value.tag, name, value.bytes)
    case 'collection':
      putField(parts, COLLECTION, name, new Uint8Array())
      for (const member of value.members) {
        putField(parts, MEMBER, '', Buffer.from(member.name, 'utf8'))
        for (const inner of member.values) putValue(parts, '', inner)
      }
      return putField(parts, END_COLLECTION, '', new Uint8Array())
    case 'text':
    case 'name':
    case 'keyword':
    case 'uri':
    case 'charset':
    case 'language':
    case 'mime':
      return putField(parts, TEXT_TAGS[value.kind], name, Buffer.from(value.value, 'utf8'))
    default:
      return unreachable(value)
  }
}

type Field = { readonly tag: number; readonly name: string; readonly bytes: Buffer }
class Broken extends Error {
  readonly problem: IppProblem
  constructor(problem: IppProblem) {
    super(problem)
    this.problem = problem
  }
}

/** Reads a message; what follows its end is not looked at. */
export function decodeIpp(bytes: Uint8Array): Result<IppMessage, IppProblem> {
  if (bytes.length > IPP_LIMITS.MESSAGE_BYTES) return err('too-large')
  try {
    return ok(readMessage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)))
  } catch (cause) {
    if (cause instanceof Broken) return err(cause.problem)
    throw cause
  }
}

function readMessage(bytes: Buffer): IppMessage {
  let at = 8
  let left: number = IPP_LIMITS.VALUES
  if (bytes.length < at) throw new Broken('truncated')

  const need = (count: number) => {
    if (at + count > bytes.length) throw new Broken('truncated')
  }
  const number16 = () => {
    need(2)
    at += 2
    return bytes.readUInt16BE(at - 2)
  }
  const take = (count: number) => {
    need(count)
    at += count
    return bytes.subarray(at - count, at)
  }
  const peek = () => {
    need(1)
    return bytes[at] ?? END
  }
  /** Every value and every group costs one: each is an object, however few bytes it has. */
  const spend = () => {
    if ((left -= 1) < 0) throw new Broken('too-large')
  }
  const field = (): Field => {
    spend()
    const tag = take(1)[0] ?? END
    const name = take(number16()).toString('utf8')
    return { tag, name, bytes: take(number16()) }
  }

  const members = (depth: number): IppAttribute[] => {
    if (depth > IPP_LIMITS.DEPTH) throw new Broken('too-large')
    const found: { name: string; values: IppValue[] }[] = []
    for (;;) {
      const next = field()
      if (next.tag === END_COLLECTION) return found
      if (next.tag === MEMBER) found.push({ name: next.bytes.toString('utf8'), values: [] })
      else {
        const current = found.at(-1)
        if (current === undefined || next.tag < 0x10) throw new Broken('malformed')
        current.values.push(valueOf(next, depth))
      }
    }
  }
  const valueOf = (one: Field, depth: number): IppValue =>
    one.tag === COLLECTION
      ? { kind: 'collection', members: members(depth + 1) }
      : simpleValue(one.tag, one.bytes)

  const groups: { tag: IppGroup['tag']; attributes: IppAttribute[] }[] = []
  let attribute: { name: string; values: IppValue[] } | null = null
  for (;;) {
    const tag = peek()
    if (tag === END) break
    if (tag < 0x10) {
      spend()
      at += 1
      // Groups of extensions (subscriptions, documents) are read and left where they are.
      groups.push({ tag: GROUPS.get(groupTag(tag)) ?? 'unsupported', attributes: [] })
      attribute = null
      continue
    }
    const one = field()
    const group = groups.at(-1)
    if (group === undefined) throw new Broken('malformed')
    const value = valueOf(one, 0)
    if (one.name !== '') {
      attribute = { name: one.name, values: [value] }
      group.attributes.push(attribute)
    } else if (attribute === null) throw new Broken('malformed')
    else attribute.values.push(value)
  }
  return { code: bytes.readUInt16BE(2), requestId: bytes.readInt32BE(4), groups }
}

/** The four groups that are known; any other stands as 0. */
function groupTag(tag: number): 0x01 | 0x02 | 0x04 | 0x05 {
  return tag === 0x01 || tag === 0x02 || tag === 0x04 ? tag : 0x05
}

function simpleValue(tag: number, bytes: Buffer): IppValue {
  const text = TEXT_KINDS.get(tag)
  if (text !== undefined) return { kind: text, value: bytes.toString('utf8') }
  const tagged = WITH_LANGUAGE.get(tag)
  if (tagged !== undefined) return { kind: tagged, value: afterLanguage(bytes) }
  switch (tag) {
    case INTEGER:
    case ENUM:
      if (bytes.length !== 4) throw new Broken('malformed')
      return { kind: tag === ENUM ? 'enum' : 'integer', value: bytes.readInt32BE(0) }
    case BOOLEAN:
      if (bytes.length !== 1) throw new Broken('malformed')
      return { kind: 'boolean', value: bytes[0] === 1 }
    case RANGE:
      if (bytes.length !== 8) throw new Broken('malformed')
      return { kind: 'range', low: bytes.readInt32BE(0), high: bytes.readInt32BE(4) }
    default:
      // 0x10 to 0x1f: out of band, without a value.
      return tag < 0x20
        ? { kind: 'none', tag }
        : { kind: 'octets', tag, bytes: new Uint8Array(bytes) }
  }
}

/** Two lengths and two texts; the second is the value. */
function afterLanguage(bytes: Buffer): string {
  if (bytes.length < 4) throw new Broken('malformed')
  const language = bytes.readUInt16BE(0)
  if (4 + language > bytes.length) throw new Broken('malformed')
  const length = bytes.readUInt16BE(2 + language)
  if (4 + language + length > bytes.length) throw new Broken('malformed')
  return bytes.subarray(4 + language, 4 + language + length).toString('utf8')
}
