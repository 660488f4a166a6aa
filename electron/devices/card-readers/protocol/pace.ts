import { pointOf, scalarOf, sharedX, toBigInt, type Point } from './curves.ts'
import { oidBytes } from './der.ts'
import { same, type Cipher } from './ciphers.ts'
import { mrzSeed, type MrzKey } from './mrz.ts'
import type { SessionKeys } from './secure-messaging.ts'
import type { PaceOffer } from './security-infos.ts'
import { tlv } from './tlv.ts'

/** What the citizen's card shows in print: its access number, or its machine readable zone. */
export type AccessKey =
  | { readonly kind: 'can'; /** Six digits. */ readonly can: string }
  | ({ readonly kind: 'mrz' } & MrzKey)

/**
 * Password Authenticated Connection Establishment, ECDH with generic mapping (ICAO 9303-11, 4.4).
 * The steps go in their order; null says that the chip's bytes cannot be: it is not this protocol.
 */
export interface Pace {
  /** Our public key for the mapping, from the chip's encrypted nonce. */
  mapping(encryptedNonce: Uint8Array): Uint8Array | null
  /** Our public key of the agreement, from the chip's key of the mapping. */
  agreement(chipMapping: Uint8Array): Uint8Array | null
  /** Our token, from the chip's key of the agreement. */
  token(chipAgreement: Uint8Array): Uint8Array | null
  /** The keys, if the chip's token shows that it knows the password. */
  finish(chipToken: Uint8Array): SessionKeys | null
}

export interface PaceRandom {
  /** `scalarRandomBytes` of the curve each. */
  readonly mapping: Uint8Array
  readonly agreement: Uint8Array
}

/** References of passwords in MSE:Set AT (ICAO 9303-11, 4.4.4.1). */
export const passwordReference = { mrz: 1, can: 2 } as const

/** K-pi: the key of the password (ICAO 9303-11, 4.4.3.1 and 9.7.3). */
export function passwordKey(access: AccessKey, cipher: Cipher): Uint8Array {
  const password = access.kind === 'can' ? Buffer.from(access.can, 'latin1') : mrzSeed(access)
  return cipher.derive(password, 3)
}

/** Bytes of a nonce: one or more blocks, as the cipher's key is long. */
const NONCE_BYTES = { LEAST: 16, MOST: 64 } as const

export function startPace(
  { oid, cipher, curve }: Pick<PaceOffer, 'oid' | 'cipher' | 'curve'>,
  access: AccessKey,
  random: PaceRandom,
): Pace {
  const mappingKey = scalarOf(curve, random.mapping)
  const agreementKey = scalarOf(curve, random.agreement)
  let nonce = 0n
  let generator: Point | null = null
  let ours: Uint8Array = new Uint8Array()
  let expected: Uint8Array | null = null
  let keys: SessionKeys | null = null

  return {
    mapping(encrypted) {
      const wrong = encrypted.length < NONCE_BYTES.LEAST || encrypted.length > NONCE_BYTES.MOST
      if (wrong || encrypted.length % cipher.block !== 0) return null
      const iv = new Uint8Array(cipher.block)
      nonce = toBigInt(cipher.decrypt(passwordKey(access, cipher), iv, encrypted))
      return curve.BASE.multiply(mappingKey).toBytes(false)
    },
    agreement(chipMapping) {
      const chip = pointOf(curve, chipMapping)
      if (!chip) return null
      generator = mapGenerator(nonce, curve.BASE, chip.multiply(mappingKey), curve.Fn.ORDER)
      if (!generator) return null
      ours = generator.multiply(agreementKey).toBytes(false)
      return ours
    },
    token(chipAgreement) {
      const chip = pointOf(curve, chipAgreement)
      // A chip that echoes our own key knows nothing (ICAO 9303-11, 4.4.1 step 3 d).
      if (!chip || !generator || same(chipAgreement, ours)) return null
      const secret = sharedX(chip.multiply(agreementKey), curve)
      keys = { cipher, encryption: cipher.derive(secret, 1), mac: cipher.derive(secret, 2) }
      expected = paceToken(keys, oid, ours)
      return paceToken(keys, oid, chipAgreement)
    },
    finish: (chipToken) => (expected && same(expected, chipToken) ? keys : null),
  }
}

/** G' = s·G + H (ICAO 9303-11, 4.4.3.3.1); null if it comes out as the zero point. */
export function mapGenerator(
  nonce: bigint,
  base: Point,
  shared: Point,
  order: bigint,
): Point | null {
  const scalar = nonce % order
  const mapped = scalar === 0n ? shared : base.multiply(scalar).add(shared)
  return mapped.is0() ? null : mapped
}

/** The token over the other side's public key (ICAO 9303-11, 4.4.3.4). */
export function paceToken(
  { cipher, mac }: SessionKeys,
  oid: string,
  publicKey: Uint8Array,
): Uint8Array {
  const object = tlv(0x7f49, tlv(0x06, oidBytes(oid)), tlv(0x86, publicKey))
  return cipher.tokenMac(mac, object)
}
