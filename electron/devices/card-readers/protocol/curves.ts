import { weierstrass, type WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { oidBytes } from './der.ts'
import { same } from './ciphers.ts'

/** The points of a curve. Not OpenSSL's: Electron's BoringSSL has no brainpool. */
export type Curve = WeierstrassPointCons<bigint>
export type Point = InstanceType<Curve>

/** One of the curves that ICAO 9303-11 names. */
interface KnownCurve {
  readonly name: string
  /** Id of the standardised domain parameters (ICAO 9303-11, 9.5.1). */
  readonly parameterId: number
  readonly oid: string
  readonly curve: Curve
}

type Parameters = readonly [p: string, a: string, b: string, x: string, y: string, n: string]

function curveOf(parameters: Parameters): Curve {
  const [p, a, b, Gx, Gy, n] = parameters.map((hex) => BigInt(`0x${hex}`))
  if (!p || !a || !b || !Gx || !Gy || !n) throw new Error('a curve has six parameters')
  return weierstrass({ p, a, b, Gx, Gy, n, h: 1n })
}

/** Parameters of FIPS 186-4 and RFC 5639, as OpenSSL 3 prints them. */
const secp192r1: Parameters = [
  'fffffffffffffffffffffffffffffffeffffffffffffffff',
  'fffffffffffffffffffffffffffffffefffffffffffffffc',
  '64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1',
  '188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012',
  '07192b95ffc8da78631011ed6b24cdd573f977a11e794811',
  'ffffffffffffffffffffffff99def836146bc9b1b4d22831',
]
const brainpoolP192r1: Parameters = [
  'c302f41d932a36cda7a3463093d18db78fce476de1a86297',
  '6a91174076b1e0e19c39c031fe8685c1cae040e5c69a28ef',
  '469a28ef7c28cca3dc721d044f4496bcca7ef4146fbf25c9',
  'c0a0647eaab6a48753b033c56cb0f0900a2f5c4853375fd6',
  '14b690866abd5bb88b5f4828c1490002e6773fa2fa299b8f',
  'c302f41d932a36cda7a3462f9e9e916b5be8f1029ac4acc1',
]
const secp224r1: Parameters = [
  'ffffffffffffffffffffffffffffffff000000000000000000000001',
  'fffffffffffffffffffffffffffffffefffffffffffffffffffffffe',
  'b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4',
  'b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21',
  'bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34',
  'ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d',
]
const brainpoolP224r1: Parameters = [
  'd7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff',
  '68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43',
  '2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b',
  '0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d',
  '58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd',
  'd7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f',
]
const brainpoolP320r1: Parameters = [
  'd35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27',
  '3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4',
  '520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6',
  '43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611',
  '14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1',
  'd35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311',
]

const known: readonly KnownCurve[] = [
  ['secp192r1', 8, '1.2.840.10045.3.1.1', curveOf(secp192r1)] as const,
  ['brainpoolP192r1', 9, '1.3.36.3.3.2.8.1.1.3', curveOf(brainpoolP192r1)] as const,
  ['secp224r1', 10, '1.3.132.0.33', curveOf(secp224r1)] as const,
  ['brainpoolP224r1', 11, '1.3.36.3.3.2.8.1.1.5', curveOf(brainpoolP224r1)] as const,
  ['secp256r1', 12, '1.2.840.10045.3.1.7', p256.Point] as const,
  ['brainpoolP256r1', 13, '1.3.36.3.3.2.8.1.1.7', brainpoolP256r1.Point] as const,
  ['brainpoolP320r1', 14, '1.3.36.3.3.2.8.1.1.9', curveOf(brainpoolP320r1)] as const,
  ['secp384r1', 15, '1.3.132.0.34', p384.Point] as const,
  ['brainpoolP384r1', 16, '1.3.36.3.3.2.8.1.1.11', brainpoolP384r1.Point] as const,
  ['brainpoolP512r1', 17, '1.3.36.3.3.2.8.1.1.13', brainpoolP512r1.Point] as const,
  ['secp521r1', 18, '1.3.132.0.35', p521.Point] as const,
].map(([name, parameterId, oid, curve]) => ({ name, parameterId, oid, curve }))

/** The curves by their names, for tests and for the training card. */
export const curveNames: readonly string[] = known.map(({ name }) => name)

export function curveByName(name: string): KnownCurve | null {
  return known.find((each) => each.name === name) ?? null
}

export function curveByParameterId(id: number): Curve | null {
  return known.find(({ parameterId }) => parameterId === id)?.curve ?? null
}

export function curveByOid(oid: Uint8Array): Curve | null {
  return known.find((each) => same(oidBytes(each.oid), oid))?.curve ?? null
}

/**
 * A curve that a certificate writes out instead of naming it. Only one of the known curves is
 * taken: parameters that somebody chose could be weak on purpose.
 */
export function curveByParameters(
  { p, a, b, n }: Readonly<Record<'p' | 'a' | 'b' | 'n', bigint>>,
  generator: Uint8Array,
): Curve | null {
  const found = known.find(({ curve }) => {
    const own = curve.CURVE()
    return own.p === p && own.a === a && own.b === b && own.n === n
  })
  const base = found?.curve.BASE
  const fits = base && [true, false].some((short) => same(base.toBytes(short), generator))
  return found && fits ? found.curve : null
}

/** A point as its uncompressed bytes say; null if it is not on the curve, or its zero. */
export function pointOf(curve: Curve, bytes: Uint8Array): Point | null {
  if (bytes[0] !== 4 || bytes.length !== 1 + 2 * curve.Fp.BYTES) return null
  try {
    const point = curve.fromBytes(bytes)
    point.assertValidity()
    return point
  } catch {
    return null
  }
}

/** A number from 1 below the curve's order, from random bytes (at least 8 more than the order's). */
export function scalarOf(curve: Curve, random: Uint8Array): bigint {
  return (toBigInt(random) % (curve.Fn.ORDER - 1n)) + 1n
}

/** How many random bytes `scalarOf` wants, so that the number is as good as uniform. */
export function scalarRandomBytes(curve: Curve): number {
  return curve.Fn.BYTES + 16
}

/** The x coordinate of a shared point: the secret of ECDH. */
export function sharedX(point: Point, curve: Curve): Uint8Array {
  return curve.Fp.toBytes(point.toAffine().x)
}

export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

/** The leftmost bits of a hash, as many as the order has, below the order. */
export function hashNumber({ Fn }: Curve, hashed: Uint8Array): bigint {
  const surplus = Math.max(0, hashed.length * 8 - Fn.BITS)
  return (toBigInt(hashed) >> BigInt(surplus)) % Fn.ORDER
}
