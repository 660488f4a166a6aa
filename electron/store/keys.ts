import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { takeNonce } from './nonces.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/** Why a data key could not be unwrapped. `unknown-key`: it was wrapped by another key. */
export type UnwrapProblem = { readonly code: 'unknown-key' } | { readonly code: 'corrupt' }

/**
 * Holds the key-encryption key (KEK) of this kiosk. Data keys pass through it; the KEK itself
 * never leaves it.
 */
export type KeyProvider = {
  /** What keeps the key: `systemd-creds`, `safe-storage` or `key-file`. */
  readonly name: string
  /** A fingerprint, stored beside everything that this key wraps. Changes when the key does. */
  readonly kekId: string
  /** Every key that `unwrap` knows, the current one first. */
  readonly kekIds: readonly string[]
  /** Wraps a 32-byte data key. */
  wrap(dek: Uint8Array): Uint8Array
  /** Wraps a data key to the province's recovery key as well; null where the profile names none. */
  wrapForRecovery(dek: Uint8Array): Uint8Array | null
  unwrap(kekId: string, wrapped: Uint8Array): Result<Uint8Array, UnwrapProblem>
  /** A keyed hash of 32 bytes that only this kiosk can repeat. `purpose` separates the uses. */
  mac(purpose: string, text: string): Uint8Array
}

/** AES-256-GCM, as NIST SP 800-38D has it: 96-bit nonce, 128-bit tag. */
export const GCM = { KEY_BYTES: 32, NONCE_BYTES: 12, TAG_BYTES: 16 } as const

type KeyProviderOptions = {
  readonly name?: string
  /** 32 bytes that outlive a rotation, so that keyed hashes stay comparable. */
  readonly macRoot?: Uint8Array
  readonly wrapForRecovery?: (dek: Uint8Array) => Uint8Array
}

/** A provider over 32 key bytes that an adapter (key file, TPM, keyring) has brought. */
export function createKeyProvider(kek: Uint8Array, options: KeyProviderOptions = {}): KeyProvider {
  if (kek.length !== GCM.KEY_BYTES) throw new Error('a key-encryption key has 32 bytes')
  const derive = (label: string): Buffer => deriveFrom(kek, label)
  const macRoot = Buffer.from(options.macRoot ?? macRootOf(kek))
  const wrapKey = createSecretKey(derive('wrap'))
  const macKeys = new Map<string, KeyObject>()
  const kekId = derive('fingerprint').subarray(0, 8).toString('hex')
  return {
    name: options.name ?? 'key-file',
    kekId,
    kekIds: [kekId],
    wrap: (dek) => gcmSeal(wrapKey, dek, `dek|${kekId}`),
    wrapForRecovery: (dek) => options.wrapForRecovery?.(dek) ?? null,
    unwrap(id, wrapped) {
      if (id !== kekId) return err({ code: 'unknown-key' })
      const dek = gcmOpen(wrapKey, wrapped, `dek|${kekId}`)
      return dek === undefined ? err({ code: 'corrupt' }) : ok(dek)
    },
    mac(purpose, text) {
      const key = macKeys.get(purpose) ?? createSecretKey(deriveFrom(macRoot, `mac ${purpose}`))
      macKeys.set(purpose, key)
      return createHmac('sha256', key).update(text, 'utf8').digest()
    },
  }
}

/** The root of keyed hashes of a key that was kept without one. */
export function macRootOf(kek: Uint8Array): Uint8Array {
  return deriveFrom(kek, 'mac root')
}

function deriveFrom(secret: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `kiosk ${label}`, GCM.KEY_BYTES))
}

/** Nonce, ciphertext and tag in one piece. `aad` is bound to them but not stored. */
export function gcmSeal(key: KeyObject, plain: Uint8Array, aad: string): Uint8Array {
  const nonce = takeNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(aad, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The plain bytes, or undefined where key, bytes or `aad` are not the ones that were sealed. */
export function gcmOpen(key: KeyObject, sealed: Uint8Array, aad: string): Uint8Array | undefined {
  const tagAt = sealed.length - GCM.TAG_BYTES
  if (tagAt < GCM.NONCE_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, GCM.NONCE_BYTES), {
    authTagLength: GCM.TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(aad, 'utf8'))
  decipher.setAuthTag(sealed.subarray(tagAt))
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(GCM.NONCE_BYTES, tagAt)),
      decipher.final(),
    ])
  } catch {
    return undefined
  }
}
