import { z } from 'zod'
import type { Journal } from '../audit/index.ts'
import type { Receipt } from '../portal/index.ts'
import { transaction, type Sealed, type Store } from '../store/index.ts'
import { OUTBOX_LIMITS } from './limits.ts'
import { submissionStateSchema, type SubmissionState } from './submission.ts'

/** A filing that is about to be sent. */
export type Due = {
  readonly clientRef: string
  readonly rev: number
  /** Attempts before this one. */
  readonly attempts: number
  readonly sealed: Sealed
}

/** A filing that was claimed for one attempt. */
export type Claim = { readonly clientRef: string; readonly rev: number; readonly attemptId: number }

/** What an attempt came to, for the `attempt` table. */
type AttemptEnd = { readonly outcome: string; readonly problem: string | null }

const dueSchema = z
  .object({
    client_ref: z.string(),
    rev: z.int(),
    attempts: z.int(),
    body_ct: z.instanceof(Uint8Array),
    dek_wrapped: z.instanceof(Uint8Array),
    kek_id: z.string(),
  })
  .transform((row) => ({
    clientRef: row.client_ref,
    rev: row.rev,
    attempts: row.attempts,
    sealed: { bytes: row.body_ct, dekWrapped: row.dek_wrapped, kekId: row.kek_id },
  }))

const refsSchema = z.array(z.object({ client_ref: z.string(), rev: z.int() }))
const liveSchema = z.object({
  seq: z.int(),
  state: submissionStateSchema,
  next_at_ms: z.int(),
  group_key: z.instanceof(Buffer),
})

/**
 * The delivery states in the store. Every move is one transaction with its journal row, and
 * compare-and-set on state and revision: it returns null (or false) where another hand moved first.
 */
export function createQueue(store: Store, journal: Journal, clock: { now(): number }) {
  const { db } = store
  const live = db.prepare(
    `SELECT seq, state, next_at_ms, group_key FROM submission
     WHERE group_key IS NOT NULL ORDER BY seq`,
  )
  const dueRow = db.prepare(
    `SELECT client_ref, rev, attempts, body_ct, dek_wrapped, kek_id FROM submission WHERE seq = ?`,
  )
  const inState = db.prepare(
    `SELECT client_ref, rev FROM submission
     WHERE group_key IS NOT NULL AND state = ? ORDER BY seq`,
  )
  const move = db.prepare(
    `UPDATE submission SET state = :to, rev = rev + 1
     WHERE client_ref = :clientRef AND state = :from AND rev = :rev`,
  )
  const markClaimed = db.prepare(
    'UPDATE submission SET attempts = attempts + 1 WHERE client_ref = ?',
  )
  const openAttempt = db.prepare(
    `INSERT INTO attempt (client_ref, kind, started_ms, bytes, request_no)
     VALUES (?, 'put', ?, ?, ?)`,
  )
  const closeAttempt = db.prepare(
    'UPDATE attempt SET ended_ms = ?, outcome = ?, problem_type = ? WHERE id = ?',
  )
  const markResult = db.prepare(
    `UPDATE submission SET last_code = ?, last_problem = ?, next_at_ms = ?,
       item_failures = item_failures + ? WHERE client_ref = ?`,
  )
  const markAccepted = db.prepare(
    `UPDATE submission SET state = 'ACCEPTED', rev = rev + 1, receipt_json = ?, dossier_code = ?,
       acked_at_ms = ?, last_code = 'accepted', last_problem = NULL
     WHERE client_ref = ? AND state = 'SENDING' AND rev = ?`,
  )
  const wipe = db.prepare(
    `UPDATE submission SET state = 'ERASED', rev = rev + 1, body_ct = NULL, dek_wrapped = NULL,
       dek_recovery = NULL, group_key = NULL, erased_at_ms = ?
     WHERE client_ref = ? AND state = 'ACCEPTED' AND rev = ?`,
  )

  /**
   * Queued filings in order, of each citizen only the first: one citizen's filings go one after
   * the other, and one that waits for staff holds up nobody.
   */
  function* unblocked(): Generator<{ seq: number; nextAtMs: number }> {
    const citizens = new Set<string>()
    for (const found of live.iterate()) {
      const row = liveSchema.parse(found)
      if (row.state === 'NEEDS_STAFF' || row.state === 'ACCEPTED') continue
      const citizen = row.group_key.toString('latin1')
      if (row.state === 'QUEUED' && !citizens.has(citizen)) {
        yield { seq: row.seq, nextAtMs: row.next_at_ms }
      }
      citizens.add(citizen)
    }
  }

  function record(clientRef: string, from: SubmissionState, to: SubmissionState, reason: string) {
    journal.append({ clientRef, actor: 'outbox', from, to, reason, atMs: clock.now() })
  }

  return {
    /** The oldest filing that may go now, or else when one may; null where none is planned. */
    next(): Due | { readonly atMs: number } | null {
      const now = clock.now()
      let atMs: number | null = null
      for (const { seq, nextAtMs } of unblocked()) {
        if (nextAtMs <= now || nextAtMs > now + OUTBOX_LIMITS.LONGEST_PLAN_MS) {
          return dueSchema.parse(dueRow.get(seq))
        }
        atMs = Math.min(nextAtMs, atMs ?? nextAtMs)
      }
      return atMs === null ? null : { atMs }
    },

    /** What lies in a state, with its revision. */
    inState: (state: SubmissionState) =>
      refsSchema
        .parse(inState.all(state))
        .map(({ client_ref, rev }) => ({ clientRef: client_ref, rev })),

    /** Commits SENDING before the first byte goes out. */
    claim: transaction(db, (filing: Due, bytes: number): Claim | null => {
      const { clientRef, rev } = filing
      if (move.run({ clientRef, from: 'QUEUED', to: 'SENDING', rev }).changes === 0) return null
      markClaimed.run(clientRef)
      const attempt = openAttempt.run(clientRef, clock.now(), bytes, filing.attempts + 1)
      record(clientRef, 'QUEUED', 'SENDING', 'attempt')
      return { clientRef, rev: rev + 1, attemptId: Number(attempt.lastInsertRowid) }
    }),

    /** The portal has it: receipt and state in one commit. */
    accept: transaction(db, (claim: Claim, receipt: Receipt): boolean => {
      const now = clock.now()
      const { changes } = markAccepted.run(
        JSON.stringify(receipt),
        receipt.dossierCode,
        now,
        claim.clientRef,
        claim.rev,
      )
      if (changes === 0) return false
      closeAttempt.run(now, 'accepted', null, claim.attemptId)
      record(claim.clientRef, 'SENDING', 'ACCEPTED', 'receipt')
      return true
    }),

    /** Back into the queue, to be tried at `nextAtMs`. */
    requeue: transaction(
      db,
      (claim: Claim, end: AttemptEnd, nextAtMs: number, countsAgainstIt: boolean): boolean => {
        const { clientRef, rev, attemptId } = claim
        if (move.run({ clientRef, from: 'SENDING', to: 'QUEUED', rev }).changes === 0) return false
        closeAttempt.run(clock.now(), end.outcome, end.problem, attemptId)
        const failures = countsAgainstIt ? 1 : 0
        markResult.run(end.outcome, end.problem, Math.ceil(nextAtMs), failures, clientRef)
        record(clientRef, 'SENDING', 'QUEUED', end.outcome)
        return true
      },
    ),

    /** Out of the queue until an officer decides. The contents stay. */
    handToStaff: transaction(db, (claim: Claim, end: AttemptEnd): boolean => {
      const { clientRef, rev, attemptId } = claim
      if (move.run({ clientRef, from: 'SENDING', to: 'NEEDS_STAFF', rev }).changes === 0) {
        return false
      }
      closeAttempt.run(clock.now(), end.outcome, end.problem, attemptId)
      markResult.run(end.outcome, end.problem, clock.now(), 1, clientRef)
      record(clientRef, 'SENDING', 'NEEDS_STAFF', end.outcome)
      return true
    }),

    /** A filing whose sealed bytes no longer open. */
    setAside: transaction(db, (filing: Due, code: string): boolean => {
      const { clientRef, rev } = filing
      if (move.run({ clientRef, from: 'QUEUED', to: 'NEEDS_STAFF', rev }).changes === 0) {
        return false
      }
      markResult.run(code, null, clock.now(), 1, clientRef)
      record(clientRef, 'QUEUED', 'NEEDS_STAFF', code)
      return true
    }),

    /**
     * After a restart nobody knows what became of a filing in SENDING. It goes again at once
     * where the portal promises that a replay is harmless, else to staff.
     */
    recover: transaction(db, (replaySafe: boolean): readonly string[] => {
      const to = replaySafe ? 'QUEUED' : 'NEEDS_STAFF'
      return refsSchema.parse(inState.all('SENDING')).map(({ client_ref: clientRef, rev }) => {
        move.run({ clientRef, from: 'SENDING', to, rev })
        markResult.run('interrupted', null, clock.now(), 0, clientRef)
        record(clientRef, 'SENDING', to, 'interrupted')
        return clientRef
      })
    }),

    /** Drops contents, keys and the link to the citizen; receipt and dossier code remain. */
    erase: transaction(db, (clientRef: string, rev: number): boolean => {
      if (wipe.run(clock.now(), clientRef, rev).changes === 0) return false
      record(clientRef, 'ACCEPTED', 'ERASED', 'delivered')
      return true
    }),

    /** Everything that waits for its time goes now: the portal has just come back. */
    hurry(): void {
      db.prepare(
        `UPDATE submission SET next_at_ms = :now WHERE state = 'QUEUED' AND next_at_ms > :now`,
      ).run({ now: clock.now() })
    },
  }
}

/** The queue of one open store. */
export type Queue = ReturnType<typeof createQueue>
