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
}

const SUBJECT_KEY_IDENTIFIER = '2.5.29.14'

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
    const keyIdentifier = extensions && readKeyIdentifier(extensions.value)
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
      keyIdentifier,
    }
  })
}

function readKeyIdentifier(extensions: Uint8Array): Uint8Array | null {
  for (const extension of readAll(only(extensions, DER.SEQUENCE))) {
    const fields = members(extension)
    if (readOid(fields.take(DER.OID)) !== SUBJECT_KEY_IDENTIFIER) continue
    fields.takeIf(DER.BOOLEAN)
    return only(fields.take(DER.OCTET_STRING).value, DER.OCTET_STRING)
  }
  return null
}

/** Whether one certificate is signed by the key of the other. */
export function isSignedBy(certificate: Certificate, authority: Certificate): boolean {
  const { algorithm, signed, signature } = certificate
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
