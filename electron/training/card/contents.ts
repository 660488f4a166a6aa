import { createHash, generateKeyPairSync, privateEncrypt, constants } from 'node:crypto'
import {
  curveByName,
  DER,
  FILES,
  oidBytes,
  readDg14,
  readSecurityInfos,
  tlv,
  type CipherName,
} from '../../devices/card-readers/protocol/index.ts'
import type { ChipContents } from './chip.ts'
import { accessNumber, zoneKey, zoneOf, type Holder } from './holder.ts'
import { makeEllipticKey, type TrainingAuthority } from './signing.ts'

/** How a card is made; what is left out is as on a card of 2021. */
export interface CardKind {
  /** PACE with this curve and cipher; null: BAC alone. */
  readonly pace?: { readonly curve: string; readonly cipher: CipherName } | null
  readonly bac?: boolean
  /** Wrong keys of PACE before it takes none; it does not count if left out. */
  readonly tries?: number
  /** Chip authentication with this cipher; null: none. */
  readonly agreement?: { readonly curve: string; readonly cipher: CipherName } | null
  /** Active authentication; null: none. */
  readonly active?: 'rsa' | 'ecdsa' | null
  /** The card of 2024 may hide it. */
  readonly details?: 'open' | 'hidden' | 'absent'
  readonly masterFile?: boolean
  /** The picture; a small grey one if left out. */
  readonly face?: Uint8Array
}

const text = (value: string, tag = 0x0c) => tlv(tag, Buffer.from(value, 'utf8'))
const sequence = (...parts: readonly Uint8Array[]) => tlv(DER.SEQUENCE, ...parts)
const small = (number: number) => tlv(DER.INTEGER, Uint8Array.of(number))
const oid = (dots: string) => tlv(DER.OID, oidBytes(dots))

/** Last arcs of PACE and chip authentication by cipher. */
const ARC: Readonly<Record<CipherName, number>> = {
  '3des': 1,
  'aes-128': 2,
  'aes-192': 3,
  'aes-256': 4,
}

/** A chip's contents for an invented person, signed by the training authority. */
export function makeContents(
  holder: Holder,
  authority: TrainingAuthority,
  random: (bytes: number) => Uint8Array,
  kind: CardKind = {},
): ChipContents {
  const { pace = null, bac = true, agreement = null, active = null, details = 'open' } = kind
  const groups = new Map<number, Uint8Array>([
    [1, tlv(FILES.dg1.tag, tlv(0x5f1f, Buffer.from(zoneOf(holder).replaceAll('\n', ''))))],
    [2, faceFile(kind.face ?? GREY_FACE)],
  ])
  if (details !== 'absent') {
    const body = details === 'open' ? detailsBody(holder) : tlv(DER.OCTET_STRING, random(400))
    groups.set(13, tlv(FILES.dg13.tag, body))
  }
  const agreementKey = agreement && makeEllipticKey(agreement.curve, random)
  const signature = active && activeKey(active, random)
  const infos = [
    ...(agreement && agreementKey
      ? [
          sequence(oid('0.4.0.127.0.7.2.2.1.2'), agreementKey.spki),
          sequence(oid(`0.4.0.127.0.7.2.2.3.2.${ARC[agreement.cipher]}`), small(1)),
        ]
      : []),
    ...(active === 'ecdsa'
      ? [sequence(oid('2.23.136.1.1.5'), small(1), oid('0.4.0.127.0.7.1.1.4.1.3'))]
      : []),
  ]
  if (infos.length > 0) groups.set(14, tlv(FILES.dg14.tag, tlv(DER.SET, ...infos)))
  if (signature) groups.set(15, tlv(FILES.dg15.tag, signature.spki))

  const cardAccess = pace && cardAccessFile(pace)
  const offer = readDg14(groups.get(14) ?? new Uint8Array())?.chipAuthentication[0]
  return {
    files: new Map([
      [FILES.com.id, comFile([...groups.keys()])],
      ...[...groups].map(([group, file]) => [0x0100 + group, file] as const),
      [FILES.sod.id, authority.signGroups(groups)],
    ]),
    cardAccess,
    pace: (cardAccess && readSecurityInfos(cardAccess)?.pace) ?? [],
    zone: zoneKey(holder),
    can: accessNumber(holder),
    bac,
    tries: kind.tries ?? null,
    agreement: agreementKey && offer ? { offer, scalar: agreementKey.scalar } : null,
    sign: signature?.sign ?? null,
    denied: [0x0103],
    masterFile: kind.masterFile ?? false,
  }
}

function cardAccessFile({ curve, cipher }: NonNullable<CardKind['pace']>): Uint8Array {
  const { parameterId = 0 } = curveByName(curve) ?? {}
  const protocol = oid(`0.4.0.127.0.7.2.2.4.2.${ARC[cipher]}`)
  return tlv(DER.SET, sequence(protocol, small(2), small(parameterId)))
}

/** Tags of the data groups by number, as EF.COM lists them. */
const TAG_OF_GROUP: Readonly<Record<number, number>> = {
  1: 0x61,
  2: 0x75,
  13: 0x6d,
  14: 0x6e,
  15: 0x6f,
}

function comFile(groups: readonly number[]): Uint8Array {
  // DG3 holds fingerprints, which every card lists and no kiosk may read.
  const tags = [...groups.map((group) => TAG_OF_GROUP[group] ?? 0), 0x63]
  const version = tlv(0x5f01, Buffer.from('0107'))
  const unicode = tlv(0x5f36, Buffer.from('040000'))
  return tlv(FILES.com.tag, version, unicode, tlv(0x5c, Uint8Array.from(tags)))
}

/** dd/MM/yyyy */
const printed = (iso: string) => iso.split('-').toReversed().join('/')

function detailsBody(holder: Holder): Uint8Array {
  const field = (number: number, ...values: readonly Uint8Array[]) =>
    sequence(small(number), ...values)
  return sequence(
    field(1, text(holder.number, 0x13)),
    field(2, text(holder.name)),
    field(3, text(printed(holder.birth), 0x13)),
    field(4, text(holder.sex === 'male' ? 'Nam' : 'Nữ')),
    field(5, text('Việt Nam')),
    field(6, text(holder.ethnicity)),
    field(7, text(holder.religion)),
    field(8, text(holder.origin)),
    field(9, text(holder.residence)),
    field(10, text('Không')),
    field(11, text(printed(holder.issued), 0x13)),
    field(12, text(holder.expiry === null ? 'Không thời hạn' : printed(holder.expiry))),
    field(13, sequence(text(holder.father), text(holder.mother))),
  )
}

/** DG2 with one face of ISO/IEC 19794-5. */
function faceFile(image: Uint8Array): Uint8Array {
  const faceBytes = 20 + 12 + image.length
  const header = Buffer.alloc(14)
  header.write('FAC\u0000010\u0000', 'latin1')
  header.writeUInt32BE(14 + faceBytes, 8)
  header.writeUInt16BE(1, 12)
  const face = Buffer.alloc(32)
  face.writeUInt32BE(faceBytes)
  // Full frontal, JPEG.
  face[20] = 1
  const block = Buffer.concat([header, face, image])
  const template = tlv(0x7f60, tlv(0xa1, tlv(0x80, Buffer.from([1, 1]))), tlv(0x5f2e, block))
  return tlv(FILES.dg2.tag, tlv(0x7f61, tlv(0x02, Uint8Array.of(1)), template))
}

/** An image of one grey pixel. */
const GREY_FACE = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0' +
    'Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9' +
    'AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZn' +
    'aGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP0' +
    '9fb3+Pn6/9oACAEBAAA/APn+v//Z',
  'base64',
)

/** A key of active authentication, and how the chip signs with it. */
function activeKey(kind: 'rsa' | 'ecdsa', random: (bytes: number) => Uint8Array) {
  if (kind === 'ecdsa') {
    const key = makeEllipticKey('secp256r1', random)
    const sign = (challenge: Uint8Array) => {
      const numbers = key.sign(createHash('sha256').update(challenge).digest())
      return Buffer.from(
        numbers.map((number) => number.toString(16).padStart(64, '0')).join(''),
        'hex',
      )
    }
    return { spki: key.spki, sign }
  }
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  // ISO/IEC 9796-2, scheme 1: 6A, what can be recovered, the hash, 34CC for SHA-256.
  const sign = (challenge: Uint8Array) => {
    const recovered = random(256 - 1 - 32 - 2)
    const hashed = createHash('sha256').update(recovered).update(challenge).digest()
    const message = Buffer.concat([Buffer.of(0x6a), recovered, hashed, Buffer.of(0x34, 0xcc)])
    return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, message)
  }
  return { spki: publicKey.export({ format: 'der', type: 'spki' }), sign }
}
