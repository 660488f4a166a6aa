import { z } from 'zod'
import type { WrappedKey } from './filing-key.ts'
import { transaction, type Database } from './sqlite.ts'

/**
 * The sealed contents and data keys of the filings, in a table of their own whose rows never move.
 *
 * `secure_delete` overwrites what is deleted, yet not the copies that SQLite leaves behind when it
 * balances a b-tree and moves rows to other pages. So a row here is only appended (SQLite then
 * begins a new page and touches no other), overwritten by a value of the same size (which it does
 * in place), and never deleted. `compactSealed` gives the room back by writing a new table and
 * dropping the old one, all of whose pages are overwritten.
 */
export type SealedRow = WrappedKey & { readonly sealedBody: Uint8Array }

/** Makes the function that keeps a filing's sealed bytes; gives the `sealed_id` for its row. */
export function keepSealed(db: Database): (row: SealedRow) => number {
  const insert = db.prepare(
    'INSERT INTO sealed (kek_id, dek_wrapped, dek_recovery, body_ct) VALUES (?, ?, ?, ?)',
  )
  return ({ kekId, dekWrapped, dekRecovery, sealedBody }) =>
    Number(insert.run(kekId, dekWrapped, dekRecovery, sealedBody).lastInsertRowid)
}

/** Makes the function that overwrites a filing's sealed bytes and keys, in the caller's transaction. */
export function wipeSealed(db: Database): (seq: number) => void {
  const wipe = db.prepare(
    `UPDATE sealed SET dek_wrapped = zeroblob(length(dek_wrapped)),
       dek_recovery = zeroblob(length(dek_recovery)), body_ct = zeroblob(length(body_ct))
     WHERE id = (SELECT sealed_id FROM submission WHERE seq = ?)`,
  )
  return (seq) => void wipe.run(seq)
}

/**
 * Makes the function that tells whether a filing has a row, as a sweep of the folders asks: of the
 * rows as they are now, read in one go, because after a long outage there are thousands.
 */
export function filingRows({
  db,
}: {
  readonly db: Database
}): (clientRef: string) => 'live' | 'erased' | 'none' {
  const where = (condition: string): ReadonlySet<string> =>
    new Set(
      refsSchema.parse(
        db.prepare(`SELECT client_ref FROM submission WHERE ${condition}`).pluck().all(),
      ),
    )
  const live = where('sealed_id IS NOT NULL')
  const erased = where('sealed_id IS NULL')
  return (clientRef) => (live.has(clientRef) ? 'live' : erased.has(clientRef) ? 'erased' : 'none')
}

/**
 * Writes the table anew with what is not erased; true when it did. Without `always` only where
 * half of it or more is erased, so that the work stays in proportion to the filings.
 */
export function compactSealed(db: Database, always = false): boolean {
  return transaction(db, (): boolean => {
    const { kept, live } = countSchema.parse(
      db
        .prepare(
          `SELECT (SELECT count(*) FROM sealed) AS kept,
             (SELECT count(*) FROM submission WHERE group_key IS NOT NULL) AS live`,
        )
        .get(),
    )
    if (kept === 0 || (!always && kept < 2 * live)) return false
    const { sql } = sqlSchema.parse(
      db.prepare(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'sealed'`).get(),
    )
    // Renamed first, so that the new table's text in the schema is the very text of the old one.
    db.exec('ALTER TABLE sealed RENAME TO sealed_old')
    db.exec(sql)
    db.exec(`
      INSERT INTO sealed SELECT * FROM sealed_old
        WHERE id IN (SELECT sealed_id FROM submission WHERE sealed_id IS NOT NULL) ORDER BY id;
      DROP TABLE sealed_old;
    `)
    return true
  })()
}

const countSchema = z.object({ kept: z.int(), live: z.int() })
const sqlSchema = z.object({ sql: z.string() })
const refsSchema = z.array(z.string())
