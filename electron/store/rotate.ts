import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { ok, type Result } from '../../shared/domain/result.ts'
import { listFilings, readEnvelope } from './envelope-files.ts'
import type { WrappedKey } from './filing-key.ts'
import { rewrapped, type SealedFiles } from './files.ts'
import { rewrapKeptDrafts } from './kept-draft.ts'
import type { KeyRing, RingKeyProblem } from './key-ring.ts'
import type { UnwrapProblem } from './keys.ts'
import { compactSealed } from './sealed-rows.ts'
import type { VaultName } from './vaults.ts'
import { transaction } from './sqlite.ts'
import { rememberProvider } from './prepare.ts'
import type { Store } from './store.ts'

/** Limits of a rotation. */
export const ROTATION_LIMITS = {
  /** Rows of one transaction: short enough that a citizen who confirms does not wait. */
  BATCH_ROWS: 100,
} as const

/** What was made durable just now; a test kills the process there. */
export type RotationPoint = 'key-made' | 'rows' | 'draft' | 'envelope' | 'key-destroyed'

/** What a rotation did. `unreadable` data keys stay as they are, and keep their old key alive. */
export type RotationReport = {
  readonly rewrapped: number
  readonly unreadable: number
  readonly destroyed: readonly string[]
}

type RotationOptions = {
  readonly store: Store
  /** Where `store` and the sealed files are. */
  readonly dir: string
  readonly ring: KeyRing
  readonly files: SealedFiles
  /** Moves the key into this vault. */
  readonly vault?: VaultName
  /** Opens data keys that no key of the ring opens: the province's recovery key. */
  readonly openLost?: (wrapped: WrappedKey) => Result<Uint8Array, unknown>
  readonly batch?: number
  readonly reached?: (point: RotationPoint) => void
}

const rowSchema = z.object({
  id: z.int(),
  dek_wrapped: z.instanceof(Uint8Array),
  kek_id: z.string(),
  dek_recovery: z.instanceof(Uint8Array).nullable(),
})
/** Not one of the rows that an erasure has overwritten. */
const LIVE = 'id IN (SELECT sealed_id FROM submission WHERE sealed_id IS NOT NULL)'

const draftSchema = rowSchema.pick({ dek_wrapped: true, kek_id: true }).optional()

/**
 * Replaces the key: a new one is made durable, every data key is wrapped by it, then the old one
 * is destroyed. It may be killed anywhere: both keys work until the end, and the next call goes
 * on where it was instead of making another key. Filings may be taken in meanwhile.
 */
export async function rotateKeys(
  options: RotationOptions,
): Promise<Result<RotationReport, RingKeyProblem>> {
  const { store, dir, ring, files, vault, openLost, reached = () => {} } = options
  const batch = options.batch ?? ROTATION_LIMITS.BATCH_ROWS
  if (ring.older.length === 0 && openLost === undefined) {
    const made = await ring.renew(vault)
    if (!made.ok) return made
    reached('key-made')
  }
  rememberProvider(store, ring.name)

  const openDek = (wrapped: WrappedKey): Result<Uint8Array, UnwrapProblem> => {
    const dek = ring.unwrap(wrapped.kekId, wrapped.dekWrapped)
    if (dek.ok || openLost === undefined) return dek
    const saved = openLost(wrapped)
    return saved.ok ? saved : dek
  }

  const rows = rewrapTable(options, openDek, batch)
  let count = 0
  let unreadable = 0
  for (let after = 0; ;) {
    const done = rows(after)
    if (done === null) break
    after = done.last
    count += done.rewrapped
    unreadable += done.unreadable
    reached('rows')
    // A citizen's confirmation comes between two batches.
    await setImmediate()
  }
  if (rewrapDraft(store, ring)) reached('draft')
  rewrapKeptDrafts(store.db, ring)

  // Envelopes that were begun under the old key are on disk after this.
  await files.settled()
  for (const clientRef of await listFilings(dir)) {
    const done = await files.rewrap(clientRef, openDek)
    if (done === 'rewrapped') {
      count += 1
      reached('envelope')
    }
    if (done === 'unreadable') unreadable += 1
  }

  // A row that got a recovery wrap has grown, and its neighbours may have moved.
  compactSealed(store.db, true)
  // The old data keys leave the log before the key that opens them is gone for good.
  store.checkpointTruncate()
  const destroyed: string[] = []
  const inUse = await keysInUse(store, dir, ring)
  for (const kekId of ring.older) {
    if (inUse.has(kekId)) continue
    const gone = await ring.destroy(kekId)
    if (!gone.ok) return gone
    destroyed.push(kekId)
    reached('key-destroyed')
  }
  return ok({ rewrapped: count, unreadable, destroyed })
}

/** Makes the function that wraps the next batch of rows after `id`; null when there is none. */
function rewrapTable(
  { store, ring }: RotationOptions,
  openDek: (wrapped: WrappedKey) => Result<Uint8Array, UnwrapProblem>,
  batch: number,
) {
  const select = store.db.prepare(
    `SELECT id, dek_wrapped, kek_id, dek_recovery FROM sealed
     WHERE id > ? AND kek_id <> ? AND ${LIVE} ORDER BY id LIMIT ?`,
  )
  const update = store.db.prepare(
    'UPDATE sealed SET dek_wrapped = ?, kek_id = ?, dek_recovery = ? WHERE id = ?',
  )
  return transaction(store.db, (after: number) => {
    const found = z.array(rowSchema).parse(select.all(after, ring.kekId, batch))
    const last = found.at(-1)
    if (last === undefined) return null
    let done = 0
    for (const row of found) {
      const before = {
        dekWrapped: row.dek_wrapped,
        kekId: row.kek_id,
        dekRecovery: row.dek_recovery,
      }
      const dek = openDek(before)
      if (!dek.ok) continue
      const fresh = rewrapped(ring, dek.value, before)
      dek.value.fill(0)
      update.run(fresh.dekWrapped, fresh.kekId, fresh.dekRecovery, row.id)
      done += 1
    }
    return { last: last.id, rewrapped: done, unreadable: found.length - done }
  })
}

/** The draft of the visit that goes on. One that does not open is left to the session to erase. */
function rewrapDraft({ db }: Store, ring: KeyRing): boolean {
  return transaction(db, (): boolean => {
    const row = draftSchema.parse(db.prepare('SELECT dek_wrapped, kek_id FROM draft').get())
    if (row === undefined || row.kek_id === ring.kekId) return false
    const dek = ring.unwrap(row.kek_id, row.dek_wrapped)
    if (!dek.ok) return false
    db.prepare('UPDATE draft SET dek_wrapped = ?, kek_id = ?').run(ring.wrap(dek.value), ring.kekId)
    dek.value.fill(0)
    return true
  })()
}

/** The keys that something on this kiosk is still wrapped by. */
async function keysInUse({ db }: Store, dir: string, ring: KeyRing): Promise<ReadonlySet<string>> {
  const inUse = new Set(
    z.array(z.string()).parse(
      db
        .prepare(
          `SELECT kek_id FROM sealed WHERE ${LIVE}
             UNION SELECT kek_id FROM draft
             UNION SELECT kek_id FROM kept_draft`,
        )
        .pluck()
        .all(),
    ),
  )
  for (const clientRef of await listFilings(dir)) {
    const envelope = await readEnvelope(dir, clientRef)
    if (envelope?.ok === true) inUse.add(envelope.value.wrapped.kekId)
    // It cannot be read now, but perhaps later: any key may be the one that it needs.
    if (envelope?.ok === false && envelope.error.code === 'io') return new Set(ring.kekIds)
  }
  return inUse
}
