import { z } from 'zod'
import type { Database, Sealed } from '../store/index.ts'
import { submissionStateSchema, type SubmissionState } from './submission.ts'

/** A filing as a move finds it: compare-and-set on state and revision. */
export type Row = {
  readonly seq: number
  readonly clientRef: string
  readonly state: SubmissionState
  readonly rev: number
  readonly attempts: number
  readonly itemFailures: number
  readonly lastCode: string | null
  /** Lower-case hex. */
  readonly bodySha256: string
  /** The kiosk under whose id the portal knows it, where that is another one. */
  readonly kioskId: string | undefined
}

/** A filing as the line is told of it. */
export type EntryRow = z.infer<typeof entrySchema>

const rowSchema = z
  .object({
    seq: z.int(),
    client_ref: z.string(),
    state: submissionStateSchema,
    rev: z.int(),
    attempts: z.int(),
    item_failures: z.int(),
    last_code: z.string().nullable(),
    body_sha256: z.instanceof(Buffer),
    origin_kiosk_id: z.string().nullable(),
  })
  .transform((row): Row => ({
    seq: row.seq,
    clientRef: row.client_ref,
    state: row.state,
    rev: row.rev,
    attempts: row.attempts,
    itemFailures: row.item_failures,
    lastCode: row.last_code,
    bodySha256: row.body_sha256.toString('hex'),
    kioskId: row.origin_kiosk_id ?? undefined,
  }))

const entrySchema = z
  .object({
    seq: z.int(),
    state: submissionStateSchema,
    next_at_ms: z.int(),
    group_key: z.instanceof(Buffer).nullable(),
    depends_on: z.string().nullable(),
  })
  .transform((row) => ({
    seq: row.seq,
    state: row.state,
    nextAtMs: row.next_at_ms,
    /** The citizen, as a keyed hash; null where the filing is erased. */
    group: row.group_key?.toString('latin1') ?? null,
    dependsOn: row.depends_on,
  }))

const sealedSchema = z
  .object({
    body_ct: z.instanceof(Uint8Array),
    dek_wrapped: z.instanceof(Uint8Array),
    kek_id: z.string(),
  })
  .transform((row) => ({ bytes: row.body_ct, dekWrapped: row.dek_wrapped, kekId: row.kek_id }))

const rowColumns =
  'seq, client_ref, state, rev, attempts, item_failures, last_code, body_sha256, origin_kiosk_id'

/** How the queue reads the table `submission`. */
export function createRows(db: Database) {
  const bySeq = db.prepare(`SELECT ${rowColumns} FROM submission WHERE seq = ?`)
  const byRef = db.prepare(`SELECT ${rowColumns} FROM submission WHERE client_ref = ?`)
  const stateOf = db.prepare('SELECT state FROM submission WHERE client_ref = ?').pluck()
  const entry = db.prepare(
    'SELECT seq, state, next_at_ms, group_key, depends_on FROM submission WHERE seq = ?',
  )
  // Both are answered by an index alone, so that a start does not read the filings themselves.
  const entries = db.prepare(
    `SELECT seq, state, next_at_ms, group_key, NULL AS depends_on FROM submission
     WHERE group_key IS NOT NULL ORDER BY seq`,
  )
  const dependent = db.prepare('SELECT seq FROM submission WHERE depends_on IS NOT NULL').pluck()
  const sealed = db.prepare(
    'SELECT body_ct, dek_wrapped, kek_id FROM submission JOIN sealed ON id = sealed_id WHERE seq = ?',
  )
  const delivered = db
    .prepare(`SELECT count(*) FROM submission WHERE state = 'ERASED' AND receipt_json IS NOT NULL`)
    .pluck()
  return {
    find: (seq: number): Row | undefined => rowSchema.optional().parse(bySeq.get(seq)),
    findRef: (clientRef: string): Row | undefined =>
      rowSchema.optional().parse(byRef.get(clientRef)),
    sealed: (seq: number): Sealed => sealedSchema.parse(sealed.get(seq)),
    entry: (seq: number): EntryRow | undefined => entrySchema.optional().parse(entry.get(seq)),

    /** Every filing that is not erased, oldest first; `dependsOn` is left out. */
    *entries(): Generator<EntryRow> {
      for (const found of entries.iterate()) yield entrySchema.parse(found)
    },
    /** Numbers of the filings that depend on another one. */
    dependent: (): number[] => z.array(z.int()).parse(dependent.all()),

    /** Accepted, or gone in whatever way: what depends on it may go. */
    isDone(clientRef: string): boolean {
      const state = stateOf.get(clientRef)
      return state === undefined || state === 'ACCEPTED' || state === 'ERASED'
    },

    /** Every filing in one of these states, oldest first. */
    inStates(...states: readonly SubmissionState[]): Row[] {
      const found = db.prepare(
        `SELECT ${rowColumns} FROM submission WHERE group_key IS NOT NULL
           AND state IN (SELECT value FROM json_each(?)) ORDER BY seq`,
      )
      return z.array(rowSchema).parse(found.all(JSON.stringify(states)))
    },

    /** Filings that were accepted so long ago, or by a clock that was set back since. */
    accepted(nowMs: number, agoMs: number): Row[] {
      const found = db.prepare(
        `SELECT ${rowColumns} FROM submission WHERE group_key IS NOT NULL AND state = 'ACCEPTED'
           AND (coalesce(acked_at_ms, 0) <= ? OR acked_at_ms > ?)`,
      )
      return z.array(rowSchema).parse(found.all(nowMs - agoMs, nowMs))
    },

    /** How many were delivered and erased, as far as a trace of them is kept. */
    delivered: (): number => z.int().parse(delivered.get()),
  }
}
