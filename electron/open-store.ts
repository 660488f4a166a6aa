import { err, ok, unreachable, type Result } from '../shared/domain/result.ts'
import { adoptRebuilt } from './outbox/index.ts'
import type { kioskFiles } from './settings/index.ts'
import {
  createSealedFiles,
  filingRows,
  keptDraftSchemaSql,
  keyFileVault,
  openKeyRing,
  openOrRescue,
  renewKey,
  safeStorageVault,
  storeFault,
  storeSchemaSql,
  systemdCredsVault,
  type KeyProvider,
  type KeyVault,
  type Renewal,
  type SafeStoragePort,
  type SealedFiles,
  type Store,
} from './store/index.ts'
import { assistantSchemaSql } from './staff/index.ts'
import { ticketSchemaSql } from './tickets/index.ts'
import { keyTrouble, storeTrouble, type Trouble } from './trouble.ts'

type OpenOptions = {
  readonly files: Pick<ReturnType<typeof kioskFiles>, 'keys' | 'store'>
  readonly training: boolean
  readonly recoveryKeyPem: string | undefined
  /**
   * Kept in the store, for the technician's command that looks into it beside a running core; null
   * where the profile is lost: what the store remembers stays.
   */
  readonly kioskId: string | null
  readonly nowMs: number
  readonly log: (event: string, details?: Readonly<Record<string, unknown>>) => void
  /** What may keep the key, the strongest first. */
  readonly vaults: readonly KeyVault[]
  /** A technician's word: the key is replaced now. Left out: where it is time to. */
  readonly rotate?: boolean
}

/**
 * What may keep this kiosk's key: the TPM, the login's keyring where the shell has one, a file. A
 * rehearsal has nothing to protect.
 */
export function kioskVaults(training: boolean, keyring: SafeStoragePort | null): KeyVault[] {
  if (training) return [keyFileVault]
  const ofLogin = keyring === null ? [] : [safeStorageVault(keyring)]
  return [systemdCredsVault(), ...ofLogin, keyFileVault]
}

/** Every table of a kiosk's database. */
export const kioskSchemas: readonly string[] = [
  storeSchemaSql,
  ticketSchemaSql,
  assistantSchemaSql,
  keptDraftSchemaSql,
]

/** The store and all that belongs to it, brought together after whatever the last core left. */
export type OpenedStore = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly files: SealedFiles
}

/** With what became of a key that was to be replaced; null where it was not. */
type JustOpened = OpenedStore & { readonly renewal: Renewal | null }

/**
 * Opens keys and store, in this order: no key is made over filings that another one seals. A
 * damaged database is rescued from the envelopes, erasures and rotations that were cut short are
 * ended, what was confirmed without a row gets one, and a key that is old is replaced. Nothing is
 * sent before.
 */
export async function openKioskStore(options: OpenOptions): Promise<Result<JustOpened, Trouble>> {
  const { files: paths, training, recoveryKeyPem, nowMs, log, vaults: candidates } = options
  const dir = paths.store
  const ring = await openKeyRing({
    dir: paths.keys,
    storeDir: dir,
    candidates,
    training,
    recoveryKeyPem,
  })
  if (!ring.ok) return err(keyTrouble(ring.error, paths.keys))
  const keys = ring.value
  const opened = await openOrRescue({ dir, keys, schemas: kioskSchemas, nowMs })
  if (!opened.ok) return err(storeTrouble(opened.error, dir))
  const { store, rescue } = opened.value
  log('store-opened', { check: store.check, keys: keys.name })
  try {
    if (rescue !== null) {
      adoptRebuilt(store, rescue.rows, nowMs)
      log('alarm', {
        code: 'store-rescued',
        reason: rescue.reason,
        filings: rescue.rows.length,
        unreadable: rescue.unreadable.length,
        quarantined: rescue.quarantined,
      })
    }
    const files = createSealedFiles(dir, keys)
    const rowOf = filingRows(store)
    const swept = await files.sweep({ rowOf, visiting: null, nowMs })
    adoptRebuilt(store, swept.found, nowMs)
    if (swept.found.length > 0) log('filings-found', { filings: swept.found.length })
    for (const { clientRef, code } of swept.unreadable) {
      log('alarm', { code: 'envelope-unreadable', clientRef, reason: code })
    }
    const renewal = await renewKey({
      store,
      dir,
      ring: keys,
      files,
      nowMs,
      training,
      unreadable: swept.unreadable.length,
      ordered: options.rotate ?? false,
    })
    if (renewal !== null) logRenewal(log, renewal)
    if (options.kioskId !== null) rememberKiosk(store, options.kioskId)
    return ok({ store, keys, files, renewal })
  } catch (cause) {
    store.giveUp()
    const fault = storeFault(cause)
    if (fault === undefined) throw cause
    return err(storeTrouble({ code: 'io', reason: fault.reason }, dir))
  }
}

function logRenewal(log: OpenOptions['log'], renewal: Renewal): void {
  switch (renewal.kind) {
    case 'rotated':
      return log('keys-rotated', { ...renewal.report })
    case 'held-back':
      return log('alarm', { code: 'rotation-held-back', unreadable: renewal.unreadable })
    case 'failed':
      return log('alarm', { code: 'rotation-not-ended', reason: renewal.reason })
    default:
      return unreachable(renewal)
  }
}

/** Written at every start: a disk that cannot keep this one row gets no visit. */
function rememberKiosk({ db }: Store, kioskId: string): void {
  db.prepare(
    `INSERT INTO meta (key, value) VALUES ('kiosk_id', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(kioskId)
}
