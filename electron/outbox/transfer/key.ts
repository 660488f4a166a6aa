import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { createRecoveryReader, createRecoveryWrap, type KeyProvider } from '../../store/index.ts'

/** The public half of a kiosk's transfer key: other kiosks seal to it what this one is to deliver. */
export type TransferKey = {
  /** PEM, X25519. */
  readonly publicKey: string
  /** 16 digits of lower-case hex, to be compared by eye. */
  readonly fingerprint: string
}

/** Why a data key from a stick does not open. `other-kiosk`: it is sealed to another one. */
export type UnsealProblem = { readonly code: 'other-kiosk' } | { readonly code: 'damaged' }

/** What a PKCS #8 file of an X25519 key has before the 32 bytes of the key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex')

/**
 * This kiosk's transfer key. It is derived and kept nowhere, and outlives the key rotations.
 * `unseal` opens a data key that another kiosk sealed to it.
 */
export function ownTransferKey(keys: Pick<KeyProvider, 'mac'>) {
  const secret = keys.mac('transfer-key', 'x25519')
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, secret]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const reader = createRecoveryReader(key.export({ type: 'pkcs8', format: 'pem' }).toString())
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    unseal(sealed: Uint8Array): Result<Uint8Array, UnsealProblem> {
      if (!reader.ok) throw new Error('a derived key is a key')
      const dek = reader.value(sealed)
      if (dek.ok) return dek
      return err({ code: dek.error.code === 'foreign-key' ? 'other-kiosk' : 'damaged' })
    },
  }
}

/**
 * Another kiosk's transfer key, as its technician brings it. A sealed data key is not bound to its
 * filing; the envelope that it opens is.
 */
export function readTransferKey(
  pem: string,
): Result<
  { readonly fingerprint: string; seal(dek: Uint8Array): Uint8Array },
  { readonly code: 'bad-key' }
> {
  const wrap = createRecoveryWrap(pem)
  return wrap.ok ? ok({ fingerprint: fingerprintOf(pem), seal: wrap.value }) : wrap
}

function fingerprintOf(publicPem: string): string {
  const raw = createPublicKey(publicPem).export({ type: 'spki', format: 'der' }).subarray(-32)
  return createHash('sha256').update(raw).digest('hex').slice(0, 16)
}
