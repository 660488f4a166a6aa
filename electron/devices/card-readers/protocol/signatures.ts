import { constants, createHash, verify } from 'node:crypto'
import { hashNumber, toBigInt, type Curve, type Point } from './curves.ts'
import { DER, members, readOid, readSmall, readUnsigned } from './der.ts'
import type { PublicKey } from './public-key.ts'
import { decoded, malformed, type Tlv } from './tlv.ts'

export type Hash = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

const HASHES: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

type Scheme = 'rsa' | 'pss' | 'ecdsa' | 'plain-ecdsa'

/** `hash` is null where the digest is named elsewhere. */
const SCHEMES: Readonly<Record<string, { scheme: Scheme; hash: Hash | null }>> = {
  '1.2.840.113549.1.1.1': { scheme: 'rsa', hash: null },
  '1.2.840.113549.1.1.5': { scheme: 'rsa', hash: 'sha1' },
  '1.2.840.113549.1.1.11': { scheme: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { scheme: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { scheme: 'rsa', hash: 'sha512' },
  '1.2.840.113549.1.1.14': { scheme: 'rsa', hash: 'sha224' },
  '1.2.840.113549.1.1.10': { scheme: 'pss', hash: null },
  '1.2.840.10045.4.1': { scheme: 'ecdsa', hash: 'sha1' },
  '1.2.840.10045.4.3.1': { scheme: 'ecdsa', hash: 'sha224' },
  '1.2.840.10045.4.3.2': { scheme: 'ecdsa', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { scheme: 'ecdsa', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { scheme: 'ecdsa', hash: 'sha512' },
  // BSI TR-03111: the two numbers one after the other, without DER.
  '0.4.0.127.0.7.1.1.4.1.1': { scheme: 'plain-ecdsa', hash: 'sha1' },
  '0.4.0.127.0.7.1.1.4.1.2': { scheme: 'plain-ecdsa', hash: 'sha224' },
  '0.4.0.127.0.7.1.1.4.1.3': { scheme: 'plain-ecdsa', hash: 'sha256' },
  '0.4.0.127.0.7.1.1.4.1.4': { scheme: 'plain-ecdsa', hash: 'sha384' },
  '0.4.0.127.0.7.1.1.4.1.5': { scheme: 'plain-ecdsa', hash: 'sha512' },
}

/** The hash that an AlgorithmIdentifier names, or null. Call inside `decoded`. */
export function readHash(algorithm: Tlv): Hash | null {
  return HASHES[readOid(members(algorithm).take(DER.OID))] ?? null
}

export type SignatureVerdict = 'good' | 'bad' | 'unsupported'

/** Verifies a signature as its AlgorithmIdentifier says. `digest` is used where that names none. */
export function verifySignature(
  algorithm: Tlv,
  digest: Hash | null,
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): SignatureVerdict {
  const way = decoded(() => readScheme(algorithm, digest))
  if (!way) return 'unsupported'
  const { scheme, hash, saltLength } = way
  if (scheme === 'ecdsa' || scheme === 'plain-ecdsa') {
    if (key.kind !== 'ec') return 'bad'
    const hashed = createHash(hash).update(message).digest()
    return verifyEcdsa(key, hashed, signature, scheme === 'ecdsa') ? 'good' : 'bad'
  }
  if (key.kind !== 'rsa') return 'bad'
  const padding = scheme === 'pss' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
  try {
    const good = verify(hash, message, { key: key.key, padding, saltLength }, signature)
    return good ? 'good' : 'bad'
  } catch {
    return 'bad'
  }
}

function readScheme(algorithm: Tlv, digest: Hash | null) {
  const fields = members(algorithm)
  const named = SCHEMES[readOid(fields.take(DER.OID))] ?? malformed()
  if (named.scheme !== 'pss') {
    return { scheme: named.scheme, hash: named.hash ?? digest ?? malformed(), saltLength: 0 }
  }
  // Both hashes are SHA-1 and the salt has 20 bytes unless the parameters say more (RFC 4055).
  const parameters = members(fields.takeIf(DER.SEQUENCE) ?? { value: new Uint8Array() })
  const hashField = parameters.takeIf(0xa0)
  const maskField = parameters.takeIf(0xa1)
  const saltField = parameters.takeIf(0xa2)
  const hash = hashField ? readHash(members(hashField).take(DER.SEQUENCE)) : 'sha1'
  const mask = maskField ? readMaskHash(members(maskField).take(DER.SEQUENCE)) : 'sha1'
  // Node's verification takes one hash for both.
  if (!hash || mask !== hash) malformed()
  const saltLength = saltField ? readSmall(members(saltField).take(DER.INTEGER)) : 20
  return { scheme: named.scheme, hash, saltLength }
}

function readMaskHash(algorithm: Tlv): Hash | null {
  const fields = members(algorithm)
  fields.take(DER.OID)
  return readHash(fields.take(DER.SEQUENCE))
}

/** ECDSA (FIPS 186-4, 6.4) over a hash; `der`: the numbers in a SEQUENCE, else side by side. */
export function verifyEcdsa(
  { curve, point }: { readonly curve: Curve; readonly point: Point },
  hashed: Uint8Array,
  signature: Uint8Array,
  der: boolean,
): boolean {
  const numbers = der ? decoded(() => readNumbers(signature)) : halves(signature)
  if (!numbers) return false
  const [r, s] = numbers
  const { Fn } = curve
  if (r <= 0n || r >= Fn.ORDER || s <= 0n || s >= Fn.ORDER) return false
  const inverse = Fn.inv(s)
  const u1 = Fn.mul(hashNumber(curve, hashed), inverse)
  const u2 = Fn.mul(r, inverse)
  const sum = curve.BASE.mulAddUnsafe(u1, point, u2)
  return !sum.is0() && sum.toAffine().x % Fn.ORDER === r
}

function readNumbers(signature: Uint8Array): readonly [bigint, bigint] {
  const fields = members(members({ value: signature }).take(DER.SEQUENCE))
  const r = toBigInt(readUnsigned(fields.take(DER.INTEGER)))
  return [r, toBigInt(readUnsigned(fields.take(DER.INTEGER)))]
}

function halves(signature: Uint8Array): readonly [bigint, bigint] | null {
  if (signature.length === 0 || signature.length % 2 !== 0) return null
  const middle = signature.length / 2
  return [toBigInt(signature.subarray(0, middle)), toBigInt(signature.subarray(middle))]
}
