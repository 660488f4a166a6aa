import { DER, members, readBits, readOid, readTime } from './der.ts'
import { readPublicKey, type PublicKey } from './public-key.ts'
import { verifySignature } from './signatures.ts'
import { decoded, find, only, readAll, type Tlv } from './tlv.ts'

/** What passive authentication needs of an X.509 certificate. */
export interface Certificate {
  readonly raw: Uint8Array
  readonly signed: Uint8Array
  readonly algorithm: Tlv
  readonly signature: Uint8Array
  readonly serial: Uint8Array
  readonly issuer: Uint8Array
  /** ms since 1970 */
  readonly notBefore: number
  readonly notAfter: number
  /** Null where the kind of key or its curve is not known. */
  readonly key: PublicKey | null
  readonly keyIdentifier: Uint8Array | null
  /** Whether it says of itself that its key may sign other certificates. */
  readonly isAuthority: boolean
}

const SUBJECT_KEY_IDENTIFIER = '2.5.29.14'
const BASIC_CONSTRAINTS = '2.5.29.19'

/** Reads a certificate in DER; null if it is none. */
export function readCertificate(bytes: Uint8Array): Certificate | null {
  return decoded(() => {
    const outer = members({ value: only(bytes, DER.SEQUENCE) })
    const signed = outer.take(DER.SEQUENCE)
    const algorithm = outer.take(DER.SEQUENCE)
    const signature = readBits(outer.take(DER.BIT_STRING))
    const fields = members(signed)
    fields.takeIf(0xa0)
    const serial = fields.take(DER.INTEGER).value
    fields.take(DER.SEQUENCE)
    const issuer = fields.take(DER.SEQUENCE).raw
    const validity = members(fields.take(DER.SEQUENCE))
    const [notBefore, notAfter] = [readTime(validity.any()), readTime(validity.any())]
    fields.take(DER.SEQUENCE)
    const key = readPublicKey(fields.take(DER.SEQUENCE).raw)
    const extensions = find(fields.rest(), 0xa3)
    const identifier = extensions && readExtension(extensions.value, SUBJECT_KEY_IDENTIFIER)
    const constraints = extensions && readExtension(extensions.value, BASIC_CONSTRAINTS)
    return {
      raw: bytes,
      signed: signed.raw,
      algorithm,
      signature,
      serial,
      issuer,
      notBefore,
      notAfter,
      key,
      keyIdentifier: identifier && only(identifier, DER.OCTET_STRING),
      isAuthority: constraints !== null && readIsAuthority(constraints),
    }
  })
}

/** The value of an extension, itself in DER; null where it is not there. */
function readExtension(extensions: Uint8Array, id: string): Uint8Array | null {
  for (const extension of readAll(only(extensions, DER.SEQUENCE))) {
    const fields = members(extension)
    if (readOid(fields.take(DER.OID)) !== id) continue
    fields.takeIf(DER.BOOLEAN)
    return fields.take(DER.OCTET_STRING).value
  }
  return null
}

/** `cA` of basic constraints, which is false where it is left out (RFC 5280, 4.2.1.9). */
function readIsAuthority(constraints: Uint8Array): boolean {
  const isAuthority = members({ value: only(constraints, DER.SEQUENCE) }).takeIf(DER.BOOLEAN)
  return (isAuthority?.value[0] ?? 0) !== 0
}

/** The extensions that must be understood, by their ids. Call inside `decoded`. */
export function readCritical(extensions: Uint8Array): readonly string[] {
  return readAll(only(extensions, DER.SEQUENCE)).flatMap((extension) => {
    const fields = members(extension)
    const id = readOid(fields.take(DER.OID))
    const critical = fields.takeIf(DER.BOOLEAN)
    return (critical?.value[0] ?? 0) === 0 ? [] : [id]
  })
}

/** Whether a certificate, or a list of revoked ones, is signed by the key of an authority. */
export function isSignedBy(
  { algorithm, signed, signature }: Pick<Certificate, 'algorithm' | 'signed' | 'signature'>,
  authority: Certificate,
): boolean {
  if (!authority.key) return false
  return verifySignature(algorithm, null, authority.key, signed, signature) === 'good'
}

/** The certificates in a PEM text; what is none is left out. */
export function readPem(text: string): readonly Certificate[] {
  const blocks = text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)
  return [...blocks].flatMap(([, base64 = '']) => {
    const certificate = readCertificate(Buffer.from(base64, 'base64'))
    return certificate ? [certificate] : []
  })
}
