import { err, ok, type Result } from '../../shared/domain/result.ts'
import { listFilings } from './envelope-files.ts'
import { createSealedFiles } from './files.ts'
import { openKeyRing, type KeyRingProblem, type RingKeyProblem } from './key-ring.ts'
import type { WrappedKey } from './filing-key.ts'
import { createRecoveryReader, type RecoveryProblem } from './recovery-wrap.ts'
import { rotateKeys } from './rotate.ts'
import { openStore, type StoreProblem } from './store.ts'
import type { KeyVault } from './vaults.ts'

/** What the recovery key opened, in data keys; `unreadable` have no wrap to it. */
export type RecoveryReport = { readonly recovered: number; readonly unreadable: number }

type RecoverOptions = {
  readonly dir: string
  readonly keysDir: string
  readonly candidates: readonly KeyVault[]
  readonly training: boolean
  readonly schemas: readonly string[]
  /** The province's private key, brought by a technician; never stored. */
  readonly privateKeyPem: string
  /** The public half in the profile, if it names one. */
  readonly recoveryKeyPem?: string | undefined
}

/**
 * The way out of the locked mode when the kiosk's key is lost: makes a new key and puts every
 * filing under it, by the province's recovery key. May be killed and repeated. The keyed hashes
 * of citizens start anew, so earlier and later filings of one citizen lose their order.
 */
export async function recoverStore(
  options: RecoverOptions,
): Promise<
  Result<RecoveryReport, KeyRingProblem | RingKeyProblem | StoreProblem | RecoveryProblem>
> {
  const { dir, keysDir, candidates, training, schemas, privateKeyPem, recoveryKeyPem } = options
  const reader = createRecoveryReader(privateKeyPem)
  if (!reader.ok) return reader
  const openLost = ({ dekRecovery }: WrappedKey) =>
    dekRecovery === null ? err({ code: 'corrupt' } as const) : reader.value(dekRecovery)
  const ring = await openKeyRing({
    dir: keysDir,
    storeDir: dir,
    candidates,
    training,
    recoveryKeyPem,
    replaceLost: true,
  })
  if (!ring.ok) return ring
  const files = createSealedFiles(dir, ring.value)
  const store = await openStore({ dir, keys: ring.value, schemas, forRecovery: true })
  if (store.ok) {
    const done = await rotateKeys({ store: store.value, dir, ring: ring.value, files, openLost })
    store.value.close()
    return done.ok
      ? ok({ recovered: done.value.rewrapped, unreadable: done.value.unreadable })
      : done
  }
  if (store.error.code !== 'damaged') return store
  // With the envelopes under the new key, the next start rescues the filings from them.
  const report = { recovered: 0, unreadable: 0 }
  for (const clientRef of await listFilings(dir)) {
    const rewrapped = await files.rewrap(clientRef, ({ ...wrapped }) => {
      const dek = openLost(wrapped)
      return dek.ok ? dek : err({ code: 'unknown-key' })
    })
    if (rewrapped === 'rewrapped') report.recovered += 1
    if (rewrapped === 'unreadable') report.unreadable += 1
  }
  return ok(report)
}
