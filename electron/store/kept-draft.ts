import { z } from 'zod'
import { ok, type Result } from '../../shared/domain/result.ts'
import type { KeyProvider, UnwrapProblem } from './keys.ts'
import { seal, unseal, type SealContext } from './sealing.ts'
import { transaction, type Database } from './sqlite.ts'
import type { Store } from './store.ts'

/**
 * What citizens have let the kiosk keep for a day, sealed. `card_key` is a keyed hash of the card's
 * number: only this kiosk can make it, and only whoever brings the card finds the row. One of the
 * list of schemas.
 */
export const keptDraftSchemaSql = `
CREATE TABLE kept_draft (
  card_key BLOB PRIMARY KEY CHECK (length(card_key) = 32),
  sealed BLOB NOT NULL,
  dek_wrapped BLOB NOT NULL,
  kek_id TEXT NOT NULL,
  kept_at_ms INTEGER NOT NULL
) STRICT;
`

/** A sealed row as it was kept, opened. */
export type KeptRow = { readonly payload: Uint8Array; readonly keptAtMs: number }

const rowSchema = z.object({
  sealed: z.instanceof(Uint8Array),
  dek_wrapped: z.instanceof(Uint8Array),
  kek_id: z.string(),
  kept_at_ms: z.int(),
})

const wrapsSchema = z.array(
  z.object({
    card_key: z.instanceof(Uint8Array),
    dek_wrapped: z.instanceof(Uint8Array),
    kek_id: z.string(),
  }),
)

const timesSchema = z.array(z.object({ card_key: z.instanceof(Uint8Array), kept_at_ms: z.int() }))

/** The keyed hash that stands for a card in the store. `number`: twelve digits. */
export function cardKey(keys: KeyProvider, number: string): Uint8Array {
  return keys.mac('kept-draft', number)
}

/** It opens only for the card that it was kept for. */
const contextOf = (key: Uint8Array): SealContext => ({
  owner: Buffer.from(key).toString('hex'),
  purpose: 'kept-draft',
})

/** Keeps a draft in the place of an older one of the same card, in the caller's transaction. */
export function putKeptDraft(
  { db }: Pick<Store, 'db'>,
  keys: KeyProvider,
  key: Uint8Array,
  row: KeptRow,
): void {
  const sealed = seal(keys, contextOf(key), row.payload)
  db.prepare(
    `INSERT INTO kept_draft (card_key, sealed, dek_wrapped, kek_id, kept_at_ms)
     VALUES (?, ?, ?, ?, ?)`,
  ).run(key, sealed.bytes, sealed.dekWrapped, sealed.kekId, row.keptAtMs)
}

/** The draft of a card, or null where there is none. One that does not open should be erased. */
export function loadKeptDraft(
  { db }: Pick<Store, 'db'>,
  keys: KeyProvider,
  key: Uint8Array,
): Result<KeptRow | null, UnwrapProblem> {
  const found = db
    .prepare('SELECT sealed, dek_wrapped, kek_id, kept_at_ms FROM kept_draft WHERE card_key = ?')
    .get(key)
  if (found === undefined) return ok(null)
  const row = rowSchema.parse(found)
  const payload = unseal(keys, contextOf(key), {
    bytes: row.sealed,
    dekWrapped: row.dek_wrapped,
    kekId: row.kek_id,
  })
  return payload.ok ? ok({ payload: payload.value, keptAtMs: row.kept_at_ms }) : payload
}

/** When each was kept. */
export function keptDraftTimes({
  db,
}: Pick<Store, 'db'>): { readonly key: Uint8Array; readonly keptAtMs: number }[] {
  return timesSchema
    .parse(db.prepare('SELECT card_key, kept_at_ms FROM kept_draft ORDER BY kept_at_ms').all())
    .map((row) => ({ key: row.card_key, keptAtMs: row.kept_at_ms }))
}

/** Moves the moments at which they were kept: the clock was set. */
export function shiftKeptDrafts({ db }: Pick<Store, 'db'>, byMs: number): void {
  db.prepare('UPDATE kept_draft SET kept_at_ms = kept_at_ms + ?').run(byMs)
}

/**
 * Deletes the draft of a card, in the caller's transaction; true where there was one. The table is
 * written anew without it: `secure_delete` overwrites the row, and every page of the table that is
 * dropped, but not the copies that SQLite leaves behind when it moves rows between pages. What is
 * left in the log goes with the caller's checkpoint.
 */
export function wipeKeptDraft({ db }: Pick<Store, 'db'>, key: Uint8Array): boolean {
  if (db.prepare('DELETE FROM kept_draft WHERE card_key = ?').run(key).changes === 0) return false
  db.exec('ALTER TABLE kept_draft RENAME TO kept_draft_old')
  db.exec(keptDraftSchemaSql)
  db.exec('INSERT INTO kept_draft SELECT * FROM kept_draft_old; DROP TABLE kept_draft_old;')
  return true
}

/** Wraps the data keys anew under the current key. One that does not open is left to the sweep. */
export function rewrapKeptDrafts(db: Database, keys: KeyProvider): void {
  transaction(db, () => {
    const update = db.prepare(
      'UPDATE kept_draft SET dek_wrapped = ?, kek_id = ? WHERE card_key = ?',
    )
    const rows = wrapsSchema.parse(
      db
        .prepare('SELECT card_key, dek_wrapped, kek_id FROM kept_draft WHERE kek_id <> ?')
        .all(keys.kekId),
    )
    for (const row of rows) {
      const dek = keys.unwrap(row.kek_id, row.dek_wrapped)
      if (!dek.ok) continue
      update.run(keys.wrap(dek.value), keys.kekId, row.card_key)
      dek.value.fill(0)
    }
  })()
}
