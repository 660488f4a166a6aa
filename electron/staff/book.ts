import { z } from 'zod'
import type { Journal } from '../audit/index.ts'
import { transaction, type Database } from '../store/index.ts'
import type { PinHash } from './pin.ts'
import type { Tries } from './tries.ts'

/**
 * Who may unlock this kiosk, and the wrong tries. No name and no bare number of a card: `card_mac` is a
 * keyed hash. Like every text of a schema it is frozen once released.
 */
export const assistantSchemaSql = `
CREATE TABLE assistant (
  id TEXT PRIMARY KEY CHECK (id GLOB '[0-9][0-9]'),
  counter TEXT,
  pin_salt BLOB,
  pin_hash BLOB CHECK (length(pin_hash) = 32),
  pin_cost INTEGER,
  card_mac BLOB UNIQUE CHECK (length(card_mac) = 32),
  added_at_ms INTEGER NOT NULL,
  CHECK ((pin_hash IS NULL) = (pin_salt IS NULL) AND (pin_hash IS NULL) = (pin_cost IS NULL)),
  CHECK (pin_hash IS NOT NULL OR card_mac IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TABLE unlock_try (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  failed INTEGER NOT NULL CHECK (failed >= 0),
  last_at_ms INTEGER NOT NULL
) STRICT;
`

/** An assistant as the kiosk keeps one. At least one of PIN and card is there. */
export interface Assistant {
  readonly id: string
  readonly counter: string | null
  readonly pin: PinHash | null
  readonly cardMac: Uint8Array | null
  readonly addedAtMs: number
}

const bytes = z.instanceof(Uint8Array)
const rowSchema = z
  .object({
    id: z.string(),
    counter: z.string().nullable(),
    pin_salt: bytes.nullable(),
    pin_hash: bytes.nullable(),
    pin_cost: z.int().nullable(),
    card_mac: bytes.nullable(),
    added_at_ms: z.int(),
  })
  .transform((row): Assistant => {
    const { pin_salt: salt, pin_hash: hash, pin_cost: cost } = row
    return {
      id: row.id,
      counter: row.counter,
      pin: salt && hash && cost !== null ? { salt, hash, cost } : null,
      cardMac: row.card_mac,
      addedAtMs: row.added_at_ms,
    }
  })
const triesRow = z.object({ failed: z.int(), last_at_ms: z.int() })

/** One row of the journal beside a change, in the same transaction. */
export interface Entry {
  readonly actor: string
  readonly reason: string
  readonly clientRef?: string | null
  readonly atMs: number
}

/** The book of assistants in the store. Every change is durable, and in the journal, when it returns. */
export function createBook(db: Database, journal: Pick<Journal, 'append'>) {
  const all = db.prepare('SELECT * FROM assistant ORDER BY id')
  const byId = db.prepare('SELECT * FROM assistant WHERE id = ?')
  const byCard = db.prepare('SELECT * FROM assistant WHERE card_mac = ?')
  const insert = db.prepare(
    `INSERT INTO assistant (id, counter, pin_salt, pin_hash, pin_cost, card_mac, added_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const remove = db.prepare('DELETE FROM assistant WHERE id = ?')
  const readTries = db.prepare('SELECT failed, last_at_ms FROM unlock_try WHERE id = 1')
  const writeTries = db.prepare(
    `INSERT INTO unlock_try (id, failed, last_at_ms) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET failed = excluded.failed, last_at_ms = excluded.last_at_ms`,
  )
  const one = (row: unknown) => (row === undefined ? null : rowSchema.parse(row))
  const note = ({ actor, reason, clientRef = null, atMs }: Entry) =>
    journal.append({ clientRef, actor, from: null, to: null, reason, atMs })

  return {
    all: () => z.array(rowSchema).parse(all.all()),
    byId: (id: string) => one(byId.get(id)),
    byCard: (mac: Uint8Array) => one(byCard.get(mac)),
    add: transaction(db, (assistant: Assistant, entry: Entry): void => {
      const { id, counter, pin, cardMac, addedAtMs } = assistant
      const { salt = null, hash = null, cost = null } = pin ?? {}
      insert.run(id, counter, salt, hash, cost, cardMac, addedAtMs)
      note(entry)
    }),
    remove: transaction(db, (id: string, entry: Entry): void => {
      remove.run(id)
      note(entry)
    }),
    tries(): Tries {
      const row = readTries.get()
      if (row === undefined) return { failed: 0, lastAtMs: 0 }
      const { failed, last_at_ms: lastAtMs } = triesRow.parse(row)
      return { failed, lastAtMs }
    },
    /** `entry` null: only the clock was mended. */
    setTries: transaction(db, ({ failed, lastAtMs }: Tries, entry: Entry | null): void => {
      writeTries.run(failed, lastAtMs)
      if (entry !== null) note(entry)
    }),
    note: transaction(db, note),
  }
}

/** The book of one open store. */
export type Book = ReturnType<typeof createBook>
