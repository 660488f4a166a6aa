import { pad, same, ciphers } from './ciphers.ts'
import { mrzSeed, type MrzKey } from './mrz.ts'
import type { SessionKeys } from './secure-messaging.ts'

/**
 * Basic Access Control (ICAO 9303-11, 4.3): both sides show that they know the key from the printed
 * zone. The cipher is always 3DES.
 */
const cipher = ciphers['3des']
const ZEROS = new Uint8Array(8)

/** What the reader's side chooses at random. */
export interface BacRandom {
  /** RND.IFD, 8 bytes. */
  readonly nonce: Uint8Array
  /** K.IFD, 16 bytes. */
  readonly key: Uint8Array
}

/** One try. */
export interface Bac {
  /** The 40 bytes of EXTERNAL AUTHENTICATE, given the card's challenge of 8 bytes. */
  request(challenge: Uint8Array): Uint8Array
  /** Keys and first counter from the card's 40 bytes; null if they are not from this card. */
  finish(answer: Uint8Array): { keys: SessionKeys; counter: Uint8Array } | null
}

export function startBac(access: MrzKey, random: BacRandom): Bac {
  const { encryption, mac } = bacKeys(access)
  let nonces: Uint8Array = new Uint8Array()
  let challengeSeen: Uint8Array = new Uint8Array()

  return {
    request(challenge) {
      challengeSeen = challenge
      nonces = Buffer.concat([random.nonce, challenge])
      const secret = cipher.encrypt(encryption, ZEROS, Buffer.concat([nonces, random.key]))
      return Buffer.concat([secret, cipher.mac(mac, pad(secret, 8))])
    },
    finish(answer) {
      if (answer.length !== 40) return null
      const secret = answer.subarray(0, 32)
      if (!same(cipher.mac(mac, pad(secret, 8)), answer.subarray(32))) return null
      const plain = cipher.decrypt(encryption, ZEROS, secret)
      const expected = Buffer.concat([challengeSeen, random.nonce])
      if (!same(plain.subarray(0, 16), expected)) return null
      return bacSession(random.key, plain.subarray(16), nonces)
    },
  }
}

/** The two keys in the printed zone. */
export function bacKeys(access: MrzKey): { encryption: Uint8Array; mac: Uint8Array } {
  const seed = mrzSeed(access).subarray(0, 16)
  return { encryption: cipher.derive(seed, 1), mac: cipher.derive(seed, 2) }
}

/** Session keys from both halves; `nonces` is RND.IFD, then RND.IC. */
export function bacSession(
  readerKey: Uint8Array,
  cardKey: Uint8Array,
  nonces: Uint8Array,
): { keys: SessionKeys; counter: Uint8Array } {
  const seed = readerKey.map((byte, at) => byte ^ (cardKey[at] ?? 0))
  return {
    keys: { cipher, encryption: cipher.derive(seed, 1), mac: cipher.derive(seed, 2) },
    counter: Buffer.concat([nonces.subarray(12, 16), nonces.subarray(4, 8)]),
  }
}
