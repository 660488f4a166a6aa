import { ciphers, type Cipher, type CipherName } from './ciphers.ts'
import { curveByParameterId, type Curve } from './curves.ts'
import { DER, members, readOid, readSmall } from './der.ts'
import { readPublicKey, type PublicKey } from './public-key.ts'
import type { Hash } from './signatures.ts'
import { decoded, malformed, only, readAll, type Tlv } from './tlv.ts'

/** Protocols of ICAO 9303-11, 9.2, that a chip offers: EF.CardAccess and DG14. */
export interface SecurityInfos {
  /** PACE with generic mapping over ECDH, in the order of the file; others are left out. */
  readonly pace: readonly PaceOffer[]
  /** Whether the file offers PACE in any form, also one that this reader cannot speak. */
  readonly offersPace: boolean
  readonly chipAuthentication: readonly ChipAuthenticationOffer[]
  /** Whether the file names a key or a way of it in any form, also one that this reader lacks. */
  readonly offersChipAuthentication: boolean
  /** Hash of active authentication with ECDSA; null where the chip does not say. */
  readonly activeAuthenticationHash: Hash | null
}

export interface PaceOffer {
  /** With dots; sent back to the chip. */
  readonly oid: string
  readonly cipher: Cipher
  readonly curve: Curve
  readonly parameterId: number
}

export interface ChipAuthenticationOffer {
  readonly oid: string
  readonly cipher: Cipher
  readonly key: Extract<PublicKey, { kind: 'ec' }>
  /** Contents of an INTEGER; null where the chip has one key. */
  readonly keyId: Uint8Array | null
}

/** bsi-de protocols(2) smartcard(2). */
const BSI = '0.4.0.127.0.7.2.2'
const PACE = `${BSI}.4`
const PACE_ECDH_GM = `${PACE}.2`
/** The last arc of a plain ECDSA signature (BSI TR-03111) names the hash. */
const PLAIN_ECDSA = '0.4.0.127.0.7.1.1.4.1'
const HASH_OF_ARC: readonly (Hash | null)[] = [null, 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
const ACTIVE_AUTHENTICATION = '2.23.136.1.1.5'
const CHIP_KEY = `${BSI}.1`
const CHIP_KEY_ECDH = `${CHIP_KEY}.2`
const CHIP_AUTHENTICATION = `${BSI}.3`
const CHIP_AUTHENTICATION_ECDH = `${CHIP_AUTHENTICATION}.2`

/** The last arc of PACE and of chip authentication names the cipher. */
const CIPHER_OF_ARC: readonly (CipherName | null)[] = [
  null,
  '3des',
  'aes-128',
  'aes-192',
  'aes-256',
]

function cipherOf(oid: string, parent: string): Cipher | null {
  if (!oid.startsWith(`${parent}.`)) return null
  const name = CIPHER_OF_ARC[Number(oid.slice(parent.length + 1))]
  return name ? ciphers[name] : null
}

/** An id goes back to the chip within one short command. */
const KEY_ID_BYTES = 8

function readKeyId(id: Tlv | null): Uint8Array | null {
  if (id && (id.value.length === 0 || id.value.length > KEY_ID_BYTES)) malformed()
  return id?.value ?? null
}

/** Reads a SET OF SecurityInfo, the contents of EF.CardAccess; null if it is none. */
export function readSecurityInfos(bytes: Uint8Array): SecurityInfos | null {
  return decoded(() => {
    const pace: PaceOffer[] = []
    let offersPace = false
    let offersChipAuthentication = false
    let activeAuthenticationHash: Hash | null = null
    const keys: { key: ChipAuthenticationOffer['key']; keyId: Uint8Array | null }[] = []
    const ways: { oid: string; cipher: Cipher; keyId: Uint8Array | null }[] = []
    for (const info of readAll(only(bytes, DER.SET))) {
      const fields = members(info)
      const oid = readOid(fields.take(DER.OID))
      offersChipAuthentication ||= [CHIP_KEY, CHIP_AUTHENTICATION].some((parent) =>
        oid.startsWith(`${parent}.`),
      )
      if (oid.startsWith(`${PACE}.`) && oid.split('.').length > PACE.split('.').length + 1) {
        offersPace = true
        const version = readSmall(fields.take(DER.INTEGER))
        const id = fields.takeIf(DER.INTEGER)
        const parameterId = id ? readSmall(id) : -1
        const [cipher, curve] = [cipherOf(oid, PACE_ECDH_GM), curveByParameterId(parameterId)]
        if (cipher && curve && version === 2) pace.push({ oid, cipher, curve, parameterId })
      } else if (oid === CHIP_KEY_ECDH) {
        const key = readPublicKey(fields.take(DER.SEQUENCE).raw)
        const keyId = readKeyId(fields.takeIf(DER.INTEGER))
        if (key?.kind === 'ec') keys.push({ key, keyId })
      } else if (oid.startsWith(`${CHIP_AUTHENTICATION_ECDH}.`)) {
        fields.take(DER.INTEGER)
        const cipher = cipherOf(oid, CHIP_AUTHENTICATION_ECDH)
        const keyId = readKeyId(fields.takeIf(DER.INTEGER))
        if (cipher) ways.push({ oid, cipher, keyId })
      } else if (oid === ACTIVE_AUTHENTICATION) {
        fields.take(DER.INTEGER)
        const arcs = readOid(fields.take(DER.OID))
        const arc = arcs.startsWith(`${PLAIN_ECDSA}.`) ? Number(arcs.split('.').at(-1)) : 0
        activeAuthenticationHash = HASH_OF_ARC[arc] ?? null
      }
    }
    return {
      pace,
      offersPace,
      chipAuthentication: join(keys, ways),
      offersChipAuthentication,
      activeAuthenticationHash,
    }
  })
}

/** Reads DG14: the same in tag 6E. */
export function readDg14(file: Uint8Array): SecurityInfos | null {
  return decoded(() => readSecurityInfos(only(file, 0x6e)))
}

/** Each way with the key of its id. A key without a way means 3DES (ICAO 9303-11, 6.2.4.1). */
function join(
  keys: readonly { key: ChipAuthenticationOffer['key']; keyId: Uint8Array | null }[],
  ways: readonly { oid: string; cipher: Cipher; keyId: Uint8Array | null }[],
): readonly ChipAuthenticationOffer[] {
  return keys.flatMap(({ key, keyId }) => {
    const fitting = ways.filter((way) => String(way.keyId) === String(keyId))
    const byDefault = { oid: `${CHIP_AUTHENTICATION_ECDH}.1`, cipher: ciphers['3des'], keyId }
    const chosen = fitting.length > 0 ? fitting : [byDefault]
    return chosen.map(({ oid, cipher }) => ({ oid, cipher, keyId, key }))
  })
}
