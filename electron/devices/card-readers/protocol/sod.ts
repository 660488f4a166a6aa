import { readCertificate, type Certificate } from './certificate.ts'
import { DER, members, readOid, readSmall } from './der.ts'
import { FILES } from './data-groups.ts'
import { readHash, type Hash } from './signatures.ts'
import { decoded, find, malformed, only, readAll, tlv, type Tlv } from './tlv.ts'

/** EF.SOD, taken apart: hashes of the data groups, and who signed them. */
export interface Sod {
  /** Null: of a kind that is not known. */
  readonly groupHash: Hash | null
  readonly groupHashes: ReadonlyMap<number, Uint8Array>
  /** The bytes of the LDS security object. */
  readonly content: Uint8Array
  readonly contentType: Uint8Array
  readonly certificates: readonly Certificate[]
  readonly signer: {
    readonly matches: (certificate: Certificate) => boolean
    readonly digest: Hash | null
    readonly algorithm: Tlv
    readonly signature: Uint8Array
    /** The attributes as they are signed: a SET. */
    readonly signed: Uint8Array
    readonly contentType: Uint8Array
    readonly messageDigest: Uint8Array
  }
}

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'

/** Reads EF.SOD (ICAO 9303-10, 4.6.2; CMS of RFC 5652); null if it is none. */
export function readSod(file: Uint8Array): Sod | null {
  return decoded(() => {
    const info = members({ value: only(only(file, FILES.sod.tag), DER.SEQUENCE) })
    if (readOid(info.take(DER.OID)) !== SIGNED_DATA) malformed()
    const data = members({ value: only(info.take(0xa0).value, DER.SEQUENCE) })
    data.take(DER.INTEGER)
    data.take(DER.SET)
    const encapsulated = members(data.take(DER.SEQUENCE))
    const contentType = encapsulated.take(DER.OID)
    if (readOid(contentType) !== LDS_SECURITY_OBJECT) malformed()
    const content = only(encapsulated.take(0xa0).value, DER.OCTET_STRING)
    const certificates = readAll(data.takeIf(0xa0)?.value ?? new Uint8Array())
    data.takeIf(0xa1)
    const [signer, ...others] = readAll(data.take(DER.SET).value)
    if (!signer || others.length > 0) malformed()
    return {
      ...readGroupHashes(content),
      content,
      contentType: contentType.value,
      certificates: certificates.flatMap(({ raw }) => readCertificate(raw) ?? []),
      signer: readSigner(signer),
    }
  })
}

function readGroupHashes(content: Uint8Array): Pick<Sod, 'groupHash' | 'groupHashes'> {
  const fields = members({ value: only(content, DER.SEQUENCE) })
  fields.take(DER.INTEGER)
  const groupHash = readHash(fields.take(DER.SEQUENCE))
  const groupHashes = new Map<number, Uint8Array>()
  for (const entry of readAll(fields.take(DER.SEQUENCE).value)) {
    const pair = members(entry)
    const group = readSmall(pair.take(DER.INTEGER))
    if (groupHashes.has(group)) malformed()
    groupHashes.set(group, pair.take(DER.OCTET_STRING).value)
  }
  return { groupHash, groupHashes }
}

function readSigner(info: Tlv): Sod['signer'] {
  const fields = members(info)
  fields.take(DER.INTEGER)
  const matches = readSignerId(fields.any())
  const digest = readHash(fields.take(DER.SEQUENCE))
  const attributes = fields.take(0xa0)
  const algorithm = fields.take(DER.SEQUENCE)
  const signature = fields.take(DER.OCTET_STRING).value
  const valueOf = (wanted: string, tag: number): Uint8Array => {
    const fitting = readAll(attributes.value).filter(
      (each) => readOid(members(each).take(DER.OID)) === wanted,
    )
    const [attribute, ...others] = fitting
    if (!attribute || others.length > 0) malformed()
    const pair = members(attribute)
    pair.take(DER.OID)
    return only(pair.take(DER.SET).value, tag)
  }
  return {
    matches,
    digest,
    algorithm,
    signature,
    // Signed is the SET itself, not its implicit tag in the message (RFC 5652, 5.4).
    signed: tlv(DER.SET, attributes.value),
    contentType: valueOf(CONTENT_TYPE, DER.OID),
    messageDigest: valueOf(MESSAGE_DIGEST, DER.OCTET_STRING),
  }
}

/** Issuer and serial number, or the identifier of the key. */
function readSignerId(id: Tlv): (certificate: Certificate) => boolean {
  if (id.tag === 0x80)
    return ({ keyIdentifier }) => keyIdentifier !== null && equal(keyIdentifier, id.value)
  if (id.tag !== DER.SEQUENCE) malformed()
  const all = readAll(id.value)
  const [issuer, serial] = [find(all, DER.SEQUENCE), find(all, DER.INTEGER)]
  if (!issuer || !serial) malformed()
  return (certificate) =>
    equal(certificate.issuer, issuer.raw) && equal(certificate.serial, serial.value)
}

const equal = (left: Uint8Array, right: Uint8Array) => Buffer.compare(left, right) === 0
