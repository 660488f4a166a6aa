import { createPublicKey, type KeyObject } from 'node:crypto'
import {
  curveByOid,
  curveByParameters,
  pointOf,
  toBigInt,
  type Curve,
  type Point,
} from './curves.ts'
import { DER, members, readBits, readOid, readUnsigned } from './der.ts'
import { decoded, type Tlv } from './tlv.ts'

/** A key that a card or a certificate carries. */
export type PublicKey =
  | { readonly kind: 'rsa'; readonly key: KeyObject; readonly bits: number }
  | { readonly kind: 'ec'; readonly curve: Curve; readonly point: Point }

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const RSA_PSS = '1.2.840.113549.1.1.10'
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'
const PRIME_FIELD = '1.2.840.10045.1.1'

/** Bits of a modulus that is taken; a longer one only burns time. */
const RSA_BITS = { LEAST: 1024, MOST: 8192 } as const

/** Reads a SubjectPublicKeyInfo; null if it is none, or of a kind or curve that is not known. */
export function readPublicKey(spki: Uint8Array): PublicKey | null {
  return decoded(() => {
    const outer = members({ value: spki }).take(DER.SEQUENCE)
    const fields = members(outer)
    const algorithm = members(fields.take(DER.SEQUENCE))
    const bits = readBits(fields.take(DER.BIT_STRING))
    const oid = readOid(algorithm.take(DER.OID))
    if (oid === RSA_ENCRYPTION || oid === RSA_PSS) return rsaKey(bits)
    if (oid !== EC_PUBLIC_KEY) return null
    const curve = readCurve(algorithm.any())
    const point = curve && pointOf(curve, bits)
    return curve && point ? { kind: 'ec', curve, point } : null
  })
}

function rsaKey(pkcs1: Uint8Array): PublicKey | null {
  const numbers = members(members({ value: pkcs1 }).take(DER.SEQUENCE))
  const modulus = readUnsigned(numbers.take(DER.INTEGER))
  const exponent = readUnsigned(numbers.take(DER.INTEGER))
  const bits = modulus.length * 8
  if (bits < RSA_BITS.LEAST || bits > RSA_BITS.MOST || exponent.length > 4) return null
  try {
    const key = createPublicKey({ key: Buffer.from(pkcs1), format: 'der', type: 'pkcs1' })
    return { kind: 'rsa', key, bits }
  } catch {
    return null
  }
}

/** A named curve, or one whose parameters are written out; null if it is none that is known. */
function readCurve(parameters: Tlv): Curve | null {
  if (parameters.tag === DER.OID) return curveByOid(parameters.value)
  const fields = members(parameters)
  fields.take(DER.INTEGER)
  const field = members(fields.take(DER.SEQUENCE))
  if (readOid(field.take(DER.OID)) !== PRIME_FIELD) return null
  const p = toBigInt(readUnsigned(field.take(DER.INTEGER)))
  const equation = members(fields.take(DER.SEQUENCE))
  const a = toBigInt(equation.take(DER.OCTET_STRING).value)
  const b = toBigInt(equation.take(DER.OCTET_STRING).value)
  const generator = fields.take(DER.OCTET_STRING).value
  const n = toBigInt(readUnsigned(fields.take(DER.INTEGER)))
  return curveByParameters({ p, a, b, n }, generator)
}
