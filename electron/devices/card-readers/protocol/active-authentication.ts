import { constants, createHash, publicDecrypt } from 'node:crypto'
import { same } from './ciphers.ts'
import { toBigInt } from './curves.ts'
import type { PublicKey } from './public-key.ts'
import { verifyEcdsa, type Hash } from './signatures.ts'

/**
 * Whether the chip signed our challenge with the private half of DG15's key (ICAO 9303-11, 6.1), so
 * that it is no copy. `hash` is that of ECDSA, from DG14; RSA names its own.
 */
export function verifyActiveAuthentication(
  key: PublicKey,
  challenge: Uint8Array,
  signature: Uint8Array,
  hash: Hash | null,
): boolean {
  if (key.kind === 'rsa') return verifyIso9796(key, challenge, signature)
  const hashed = createHash(hash ?? 'sha256')
    .update(challenge)
    .digest()
  return verifyEcdsa(key, hashed, signature, false)
}

/** Trailers of ISO/IEC 9796-2, scheme 1: one byte for SHA-1, or a hash number and CC. */
const HASH_OF_TRAILER: Readonly<Record<string, Hash>> = {
  '33cc': 'sha1',
  '38cc': 'sha224',
  '34cc': 'sha256',
  '36cc': 'sha384',
  '35cc': 'sha512',
}

function verifyIso9796(
  { key }: Extract<PublicKey, { kind: 'rsa' }>,
  challenge: Uint8Array,
  signature: Uint8Array,
): boolean {
  const message = recover(key, signature)
  const [first = 0] = message ?? []
  // 6A: a header with message recovery, the rest of the message being our challenge.
  if (!message || first !== 0x6a) return false
  const trailer = Buffer.from(message.subarray(-2)).toString('hex')
  const isShort = message.at(-1) === 0xbc
  const hash = isShort ? 'sha1' : HASH_OF_TRAILER[trailer]
  if (!hash) return false
  const end = message.length - (isShort ? 1 : 2)
  const hashBytes = createHash(hash).digest().length
  if (end - hashBytes < 1) return false
  const recovered = message.subarray(1, end - hashBytes)
  const hashed = createHash(hash).update(recovered).update(challenge).digest()
  return same(hashed, message.subarray(end - hashBytes, end))
}

/** The message in a signature; some cards give the smaller of the two roots (ISO/IEC 9796-2, B.6). */
function recover(
  key: Extract<PublicKey, { kind: 'rsa' }>['key'],
  signature: Uint8Array,
): Uint8Array | null {
  let plain: Buffer
  try {
    plain = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature)
  } catch {
    return null
  }
  if ((plain.at(-1) ?? 0) % 16 === 0xc) return plain
  const { n = '' } = key.export({ format: 'jwk' })
  const modulus = toBigInt(Buffer.from(n, 'base64url'))
  const other = modulus - toBigInt(plain)
  if (other < 0n) return null
  return Buffer.from(other.toString(16).padStart(plain.length * 2, '0'), 'hex')
}
