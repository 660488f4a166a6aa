import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { listFilings, readEnvelope } from './envelope-files.ts'
import { createSealedFiles, rebuildFromEnvelopes } from './files.ts'
import type { WrappedKey } from './filing-key.ts'
import { openKeyRing, type KeyRing, type KeyRingProblem } from './key-ring.ts'
import { takeLock, type Lock } from './lock.ts'
import { createRecoveryReader, type RecoveryProblem } from './recovery-wrap.ts'
import { rotateKeys } from './rotate.ts'
import { sqliteCode, type Database } from './sqlite.ts'
import { openStore, openStoreForReading, type StoreProblem } from './store.ts'
import { missingPart } from './store-files.ts'
import type { KeyVault } from './vaults.ts'

/** Filings that open now, and those that no key opens: they have no wrap to this recovery key. */
export type RecoveryReport = {
  readonly recovered: number
  readonly unreadable: number
  /** What keeps the new key. */
  readonly keptBy: string
}

/**
 * Why nothing was recovered. Nothing has been changed, but for `keys` and `store` after the look.
 * - `bad-key`: not an X25519 private key in PEM.
 * - `not-locked`: the kiosk's own keys open all of its filings.
 * - `opens-nothing`: none of the `lost` filings is wrapped to this recovery key.
 */
export type RecoverProblem =
  | { readonly code: 'bad-key' }
  | { readonly code: 'not-locked' }
  | { readonly code: 'opens-nothing'; readonly lost: number }
  | { readonly code: 'keys'; readonly problem: KeyRingProblem }
  | { readonly code: 'store'; readonly problem: StoreProblem }

type RecoverOptions = {
  /** Folder of the store; it is there. */
  readonly dir: string
  readonly keysDir: string
  readonly candidates: readonly KeyVault[]
  readonly schemas: readonly string[]
  /** The province's private key, brought by a technician; never stored. */
  readonly privateKeyPem: string
  /** The public half in the profile, if it names one. */
  readonly recoveryKeyPem?: string | undefined
}

type OpenLost = (wrapped: WrappedKey) => Result<Uint8Array, RecoveryProblem>

/**
 * The way out of the locked mode when the kiosk's key is lost: makes a new key and puts every
 * filing under it, by the province's recovery key. May be killed and repeated. The keyed hashes
 * of citizens start anew, so earlier and later filings of one citizen lose their order.
 */
export async function recoverStore(
  options: RecoverOptions,
): Promise<Result<RecoveryReport, RecoverProblem>> {
  const reader = createRecoveryReader(options.privateKeyPem)
  if (!reader.ok) return err({ code: 'bad-key' })
  const openLost: OpenLost = ({ dekRecovery }) =>
    dekRecovery === null ? err({ code: 'corrupt' }) : reader.value(dekRecovery)
  // From before the first look to the last write: a core that starts meanwhile is refused.
  const lock = await takeLock(options.dir)
  if (!lock.ok) return err({ code: 'store', problem: lock.error })
  try {
    const ring = await openRing(options, openLost)
    return ring.ok ? await rewrapAll(options, ring.value, openLost, lock.value) : ring
  } finally {
    lock.value.release()
  }
}

/** The ring to put the filings under. A key is made only where the recovery key opens something. */
async function openRing(
  options: RecoverOptions,
  openLost: OpenLost,
): Promise<Result<KeyRing, RecoverProblem>> {
  const { dir, keysDir, candidates, recoveryKeyPem } = options
  const opening = { dir: keysDir, storeDir: dir, candidates, training: false, recoveryKeyPem }
  const own = await openKeyRing(opening)
  if (!own.ok && !MEANS_LOST.has(own.error.code)) return err({ code: 'keys', problem: own.error })
  const kekIds = own.ok ? own.value.kekIds : []
  const lost = (await wrapsAtRest(dir)).filter(({ kekId }) => !kekIds.includes(kekId))
  if (lost.length > 0 && !lost.some((wrapped) => openLost(wrapped).ok)) {
    return err({ code: 'opens-nothing', lost: lost.length })
  }
  // A ring that opens is that of a recovery which was cut short, or nothing is lost.
  if (own.ok) return lost.length > 0 ? own : err({ code: 'not-locked' })
  const fresh = await openKeyRing({ ...opening, replaceLost: true })
  return fresh.ok ? fresh : err({ code: 'keys', problem: fresh.error })
}

/** Not `exposed`, `io` or a wrong profile: those are mended where they are. */
const MEANS_LOST: ReadonlySet<KeyRingProblem['code']> = new Set([
  'key-missing',
  'provider-changed',
  'vault',
  'damaged',
])

const LIVE = 'FROM sealed JOIN submission ON sealed_id = sealed.id'
const wrapsSchema = z.array(
  z
    .object({
      kek_id: z.string(),
      dek_wrapped: z.instanceof(Uint8Array),
      dek_recovery: z.instanceof(Uint8Array).nullable(),
    })
    .transform((row) => ({
      kekId: row.kek_id,
      dekWrapped: row.dek_wrapped,
      dekRecovery: row.dek_recovery,
    })),
)

/** The wrapped data keys of all filings, by the envelopes where the database does not tell. */
async function wrapsAtRest(dir: string): Promise<WrappedKey[]> {
  // To read a database that lacks its log would create an empty one, and hide the loss.
  const missing = await missingPart(dir)
  const reading = missing === null ? await openStoreForReading(dir) : err(missing)
  if (reading.ok) {
    try {
      const rows = reading.value.db.prepare(`SELECT kek_id, dek_wrapped, dek_recovery ${LIVE}`)
      return wrapsSchema.parse(rows.all())
    } catch (cause) {
      if (sqliteCode(cause) === undefined) throw cause
    } finally {
      reading.value.close()
    }
  }
  const wraps: WrappedKey[] = []
  for (const clientRef of await listFilings(dir)) {
    const envelope = await readEnvelope(dir, clientRef)
    if (envelope?.ok === true) wraps.push(envelope.value.wrapped)
  }
  return wraps
}

async function rewrapAll(
  { dir, schemas }: RecoverOptions,
  ring: KeyRing,
  openLost: OpenLost,
  lock: Lock,
): Promise<Result<RecoveryReport, RecoverProblem>> {
  const files = createSealedFiles(dir, ring)
  const store = await openStore({ dir, keys: ring, schemas, forRecovery: lock })
  if (store.ok) {
    const done = await rotateKeys({ store: store.value, dir, ring, files, openLost })
    const counts = countFilings(store.value.db, ring.kekId)
    store.value.close()
    if (done.ok) return ok({ ...counts, keptBy: ring.name })
    return err({ code: 'keys', problem: { ...done.error, undelivered: counts.unreadable } })
  }
  if (store.error.code !== 'damaged') return err({ code: 'store', problem: store.error })
  // With the envelopes under the new key, the next start rescues the filings from them.
  for (const clientRef of await listFilings(dir)) {
    await files.rewrap(clientRef, (wrapped) => {
      const dek = ring.unwrap(wrapped.kekId, wrapped.dekWrapped)
      if (dek.ok) return dek
      const saved = openLost(wrapped)
      return saved.ok ? saved : dek
    })
  }
  const { rows, unreadable } = await rebuildFromEnvelopes(dir, ring)
  return ok({ recovered: rows.length, unreadable: unreadable.length, keptBy: ring.name })
}

function countFilings(db: Database, kekId: string): Omit<RecoveryReport, 'keptBy'> {
  const count = (under: string): number =>
    z.int().parse(db.prepare(`SELECT count(*) ${LIVE} WHERE kek_id ${under} ?`).pluck().get(kekId))
  return { recovered: count('='), unreadable: count('<>') }
}
