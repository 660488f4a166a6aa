import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { ok, type Result } from '../../shared/domain/result.ts'
import { GCM, type KeyProvider, type UnwrapProblem } from './keys.ts'

/** A data key as it may lie on disk. */
export type WrappedKey = {
  readonly dekWrapped: Uint8Array
  readonly kekId: string
  /** The same key wrapped to the province's recovery key; null where the profile names none. */
  readonly dekRecovery: Uint8Array | null
}

/** The data key of one filing, in memory: its body, its envelope and its papers are sealed by it. */
export type FilingKey = {
  readonly key: KeyObject
  /**
   * Wraps it under the key of this moment. Never keep the answer over an `await` before it is
   * written: a rotation in between would leave it under a key that is about to be destroyed.
   */
  wrap(): WrappedKey
}

/** A fresh data key for a filing that begins. */
export function newFilingKey(keys: KeyProvider): FilingKey {
  return filingKey(keys, randomBytes(GCM.KEY_BYTES))
}

/** The data key of a filing that lies on disk. */
export function openFilingKey(
  keys: KeyProvider,
  wrapped: Pick<WrappedKey, 'dekWrapped' | 'kekId'>,
): Result<FilingKey, UnwrapProblem> {
  const dek = keys.unwrap(wrapped.kekId, wrapped.dekWrapped)
  return dek.ok ? ok(filingKey(keys, dek.value)) : dek
}

/** A data key that came from another kiosk, from here on under the keys of this one. */
export function takeFilingKey(keys: KeyProvider, dek: Uint8Array): FilingKey {
  return filingKey(keys, dek)
}

/** Both wraps of a data key, under the current key. */
export function wrapKey(keys: KeyProvider, dek: Uint8Array): WrappedKey {
  return {
    dekWrapped: keys.wrap(dek),
    kekId: keys.kekId,
    dekRecovery: keys.wrapForRecovery(dek),
  }
}

function filingKey(keys: KeyProvider, dek: Uint8Array): FilingKey {
  const key = createSecretKey(dek)
  dek.fill(0)
  return {
    key,
    wrap() {
      const exported = key.export()
      const wrapped = wrapKey(keys, exported)
      exported.fill(0)
      return wrapped
    },
  }
}
