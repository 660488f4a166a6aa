import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../../shared/domain/canonical-json.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Database } from '../store/index.ts'

/**
 * What happened to a filing, or to the kiosk where `clientRef` is null. Codes and states only:
 * the journal is kept after the filing's contents are erased, so it names no person.
 */
export type JournalEntry = {
  readonly clientRef: string | null
  /** `outbox`, `kiosk`, or the role of a member of staff. */
  readonly actor: string
  readonly from: string | null
  readonly to: string | null
  /** A stable code. */
  readonly reason: string | null
  readonly atMs: number
}

/** The first row of a broken chain. */
export type JournalBreak = { readonly code: 'broken'; readonly id: number }

const HASH_BYTES = 32
const origin = new Uint8Array(HASH_BYTES)

const tailSchema = z.object({ id: z.int(), hash: z.instanceof(Uint8Array) }).optional()

const rowSchema = z.object({
  id: z.int(),
  client_ref: z.string().nullable(),
  actor: z.string(),
  from_state: z.string().nullable(),
  to_state: z.string().nullable(),
  reason: z.string().nullable(),
  at_ms: z.int(),
  prev_hash: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array),
})

/**
 * The hash-chained journal in table `event`. Each row's hash covers the row before it, so that
 * a changed, moved or missing row is found. Rows cut off at the end are not: for that the last
 * hash has to be kept elsewhere.
 */
export function createJournal(db: Database) {
  const tail = db.prepare('SELECT id, hash FROM event ORDER BY id DESC LIMIT 1')
  const insert = db.prepare(
    `INSERT INTO event (id, client_ref, actor, from_state, to_state, reason, at_ms, prev_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    /** Adds a row. Call it in the transaction of the change that it records. */
    append(entry: JournalEntry): void {
      const last = tailSchema.parse(tail.get())
      const id = (last?.id ?? 0) + 1
      const previous = last?.hash ?? origin
      const { clientRef, actor, from, to, reason, atMs } = entry
      const hash = chainHash(previous, id, entry)
      insert.run(id, clientRef, actor, from, to, reason, atMs, previous, hash)
    },

    /** Walks the whole chain; the number of rows, or the first one that does not fit. */
    verify(): Result<number, JournalBreak> {
      let previous = origin
      let count = 0
      for (const found of db.prepare('SELECT * FROM event ORDER BY id').iterate()) {
        const row = rowSchema.parse(found)
        const expected = chainHash(previous, count + 1, {
          clientRef: row.client_ref,
          actor: row.actor,
          from: row.from_state,
          to: row.to_state,
          reason: row.reason,
          atMs: row.at_ms,
        })
        const fits =
          row.id === count + 1 && same(row.prev_hash, previous) && same(row.hash, expected)
        if (!fits) return err({ code: 'broken', id: row.id })
        previous = expected
        count += 1
      }
      return ok(count)
    },
  }
}

/** The journal of one open store. */
export type Journal = ReturnType<typeof createJournal>

function chainHash(previous: Uint8Array, id: number, entry: JournalEntry) {
  return new Uint8Array(
    createHash('sha256')
      .update(previous)
      .update(canonicalJson({ id, ...entry }), 'utf8')
      .digest(),
  )
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}
