import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { GCM, gcmOpen, gcmSeal } from './keys.ts'
import { additionalData, type SealContext } from './sealing.ts'

/**
 * Why the recovery key opens nothing.
 * - `bad-key`: not an X25519 key in PEM.
 * - `foreign-key`: wrapped to another province key.
 */
export type RecoveryProblem =
  | { readonly code: 'bad-key' }
  | { readonly code: 'foreign-key' }
  | { readonly code: 'corrupt' }

/**
 * The second wrap of a data key, to the province's X25519 public key, whose private half lies
 * offline. 101 bytes:
 *
 *     0   1  version, 1
 *     1   8  first bytes of SHA-256 over the province's raw public key
 *     9  32  ephemeral X25519 public key
 *    41  12  nonce
 *    53  32  data key, AES-256-GCM
 *    85  16  tag
 *
 * Key = HKDF-SHA256(X25519(ephemeral, province), salt = ephemeral public || province public,
 * info = "kiosk recovery wrap 1"). Authenticated data = the first 41 bytes.
 *
 * One ephemeral pair serves a running core, as one HPKE context serves many messages: its private
 * half is forgotten at once, and a filing costs one AES operation instead of a curve operation.
 */
const LAYOUT = { VERSION: 1, HEADER_BYTES: 41, FINGERPRINT_AT: 1, EPHEMERAL_AT: 9 } as const
const INFO = 'kiosk recovery wrap 1'
const RAW_BYTES = 32

/** Makes the function that wraps data keys to the province's public key (PEM, X25519). */
export function createRecoveryWrap(
  publicKeyPem: string,
): Result<(dek: Uint8Array) => Uint8Array, { readonly code: 'bad-key' }> {
  const province = readPublic(publicKeyPem)
  if (province === undefined) return err({ code: 'bad-key' })
  const ephemeral = generateKeyPairSync('x25519')
  const shared = agree(ephemeral.privateKey, province)
  if (shared === undefined) return err({ code: 'bad-key' })
  const header = Buffer.concat([
    Buffer.of(LAYOUT.VERSION),
    fingerprint(province),
    raw(ephemeral.publicKey),
  ])
  const key = deriveKey(shared, ephemeral.publicKey, province)
  return ok((dek) => Buffer.concat([header, gcmSeal(key, dek, header.toString('hex'))]))
}

/** Unwraps a data key with the province's private key (PEM, X25519). */
export function openRecoveryWrap(
  privateKeyPem: string,
  wrapped: Uint8Array,
): Result<Uint8Array, RecoveryProblem> {
  const reader = createRecoveryReader(privateKeyPem)
  return reader.ok ? reader.value(wrapped) : reader
}

/** As `openRecoveryWrap`, for many data keys. */
export function createRecoveryReader(
  privateKeyPem: string,
): Result<(wrapped: Uint8Array) => Result<Uint8Array, RecoveryProblem>, RecoveryProblem> {
  const privateKey = readPrivate(privateKeyPem)
  if (privateKey === undefined) return err({ code: 'bad-key' })
  const province = createPublicKey(privateKey)
  return ok((wrapped) => {
    const bytes = Buffer.from(wrapped)
    const header = bytes.subarray(0, LAYOUT.HEADER_BYTES)
    if (header.length < LAYOUT.HEADER_BYTES || header[0] !== LAYOUT.VERSION) {
      return err({ code: 'corrupt' })
    }
    const named = header.subarray(LAYOUT.FINGERPRINT_AT, LAYOUT.EPHEMERAL_AT)
    if (!named.equals(fingerprint(province))) return err({ code: 'foreign-key' })
    const ephemeral = fromRaw(header.subarray(LAYOUT.EPHEMERAL_AT))
    const shared = agree(privateKey, ephemeral)
    if (shared === undefined) return err({ code: 'corrupt' })
    const key = deriveKey(shared, ephemeral, province)
    const dek = gcmOpen(key, bytes.subarray(LAYOUT.HEADER_BYTES), header.toString('hex'))
    return dek?.length === GCM.KEY_BYTES ? ok(dek) : err({ code: 'corrupt' })
  })
}

/** Opens a sealed piece with the province's private key alone, without any key of the kiosk. */
export function openWithRecoveryKey(
  privateKeyPem: string,
  context: SealContext,
  sealed: { readonly bytes: Uint8Array; readonly dekRecovery: Uint8Array },
): Result<Uint8Array, RecoveryProblem> {
  const dek = openRecoveryWrap(privateKeyPem, sealed.dekRecovery)
  if (!dek.ok) return dek
  const plain = gcmOpen(createSecretKey(dek.value), sealed.bytes, additionalData(context))
  dek.value.fill(0)
  return plain === undefined ? err({ code: 'corrupt' }) : ok(plain)
}

function deriveKey(shared: Buffer, ephemeral: KeyObject, province: KeyObject): KeyObject {
  const salt = Buffer.concat([raw(ephemeral), raw(province)])
  return createSecretKey(Buffer.from(hkdfSync('sha256', shared, salt, INFO, GCM.KEY_BYTES)))
}

/** Undefined where the other key is a point of low order, which agrees on nothing secret. */
function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer | undefined {
  try {
    return diffieHellman({ privateKey, publicKey })
  } catch {
    return undefined
  }
}

function fingerprint(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(raw(publicKey)).digest().subarray(0, 8)
}

/** An X25519 key in SPKI form ends with its 32 raw bytes (RFC 8410). */
function raw(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-RAW_BYTES)
}

const SPKI_PREFIX = Buffer.from('302a300506032b656e032100', 'hex')

function fromRaw(bytes: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, bytes]),
    type: 'spki',
    format: 'der',
  })
}

function readPublic(pem: string): KeyObject | undefined {
  // A private key here would mean that it is not kept offline.
  if (pem.includes('PRIVATE')) return undefined
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'x25519' ? key : undefined
  } catch {
    return undefined
  }
}

function readPrivate(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'x25519' ? key : undefined
  } catch {
    return undefined
  }
}
