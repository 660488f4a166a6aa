import type { Journal } from '../audit/index.ts'
import type { PortalCapabilities } from '../portal/index.ts'
import { transaction, unsynced, wipeSealed, type Database } from '../store/index.ts'
import { createAttempts, type AttemptEnd } from './attempts.ts'
import { afterRestart, type SendableState, type Step } from './decide.ts'
import { writeProblem } from './fields.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { createPapers, type PaperProgress } from './papers.ts'
import { createRows, type Row } from './rows.ts'
import type { SubmissionState } from './submission.ts'

/** A filing that was claimed for one attempt: its row as `SENDING`, and where it was before. */
export type Claim = {
  readonly row: Row
  readonly from: SendableState
  readonly attemptId: number
}

/** One question or withdrawal, for the `attempt` table. */
export type Question = AttemptEnd & {
  readonly kind: 'get' | 'withdraw'
  readonly startedMs: number
}

/** One turn of an upload: what it brought, for the paper and for the `attempt` table. */
export type UploadTurn = AttemptEnd & {
  readonly paperId: string
  readonly progress: PaperProgress
  readonly startedMs: number
  /** That the portal has confirmed in this turn. */
  readonly bytes: number
}

type MoveDeps = {
  readonly db: Database
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly capabilities: PortalCapabilities
  /** Names this run of the core in the leases. */
  readonly bootId: string
}

/**
 * How filings change state in the store. Every move is one transaction with its journal row, and
 * compare-and-set on state and revision: it returns false (or null) where another hand was first.
 */
export function createMoves({ db, journal, clock, capabilities, bootId }: MoveDeps) {
  const rows = createRows(db)
  const papers = createPapers(db)
  const attempts = createAttempts(db, clock)
  const toSending = db.prepare(
    `UPDATE submission SET state = 'SENDING', rev = rev + 1, attempts = attempts + 1,
       lease_boot = :bootId, lease_until_ms = :leaseUntilMs
     WHERE seq = :seq AND state = :from AND rev = :rev`,
  )
  const move = db.prepare(
    `UPDATE submission SET state = :to, rev = rev + 1, next_at_ms = :nextAtMs, last_code = :code,
       last_problem = :problem, attempts = max(0, attempts - :uncounted),
       item_failures = CASE :freshStart WHEN 1 THEN 0 ELSE item_failures + :failures END,
       lease_boot = NULL, lease_until_ms = NULL,
       receipt_json = coalesce(:receipt, receipt_json),
       dossier_code = coalesce(:dossierCode, dossier_code),
       acked_at_ms = coalesce(:ackedAtMs, acked_at_ms)
     WHERE seq = :seq AND state = :from AND rev = :rev`,
  )
  const wipe = db.prepare(
    `UPDATE submission SET state = 'ERASED', rev = rev + 1, sealed_id = NULL, group_key = NULL,
       erased_at_ms = :now, last_code = :code, lease_boot = NULL, lease_until_ms = NULL
     WHERE seq = :seq AND state = :from AND rev = :rev`,
  )
  const wipeContents = wipeSealed(db)

  function note(row: Row, to: SubmissionState, reason: string, actor: string): void {
    const { clientRef, state: from } = row
    journal.append({ clientRef, actor, from, to, reason, atMs: clock.now() })
  }

  /** Where the step leads: nothing is ready to leave while a paper of it waits. */
  function destination({ clientRef }: Row, { to }: Step): SubmissionState {
    if (to !== 'READY' || !capabilities.resumableUpload) return to
    return papers.waitingBytes(clientRef) === null ? to : 'QUEUED'
  }

  function apply(row: Row, step: Step, actor: string): boolean {
    const now = clock.now()
    const { receipt } = step
    if (step.papersAgain !== null) papers.again(row.clientRef, step.papersAgain)
    const to = destination(row, step)
    const { changes } = move.run({
      seq: row.seq,
      from: row.state,
      rev: row.rev,
      to,
      nextAtMs: Math.ceil(now + step.afterMs),
      code: to === 'ACCEPTED' ? 'accepted' : step.reason,
      problem: writeProblem(step.problem, step.fields),
      uncounted: step.isUncounted ? 1 : 0,
      failures: step.isItemFailure ? 1 : 0,
      freshStart: step.reason === 'retried' ? 1 : 0,
      receipt: receipt && JSON.stringify(receipt),
      dossierCode: receipt && receipt.dossierCode,
      ackedAtMs: receipt && now,
    })
    if (changes === 0) return false
    // Asking for the tenth time in vain is no news.
    if (row.state !== to || row.lastCode !== step.reason) note(row, to, step.reason, actor)
    return true
  }

  function settle({ row, attemptId }: Claim, step: Step, end: AttemptEnd): boolean {
    attempts.close(attemptId, end, step.problem)
    return apply(row, step, 'outbox')
  }

  function noteQuestion(row: Row, question: Question, problem: string | null): void {
    const number = attempts.asks(row.clientRef) + 1
    attempts.add(row.clientRef, { ...question, problem, number, bytes: null })
  }

  return {
    /** Commits SENDING before the first byte goes out. */
    claim: transaction(db, (row: Row, from: SendableState, bytes: number): Claim | null => {
      const { seq, rev, clientRef } = row
      const leaseUntilMs = clock.now() + limits.LEASE_MS
      if (toSending.run({ seq, rev, from, bootId, leaseUntilMs }).changes === 0) return null
      const number = row.attempts + 1
      const attemptId = attempts.open(clientRef, bytes, number)
      note(row, 'SENDING', 'attempt', 'outbox')
      return { row: { ...row, state: 'SENDING', rev: rev + 1, attempts: number }, from, attemptId }
    }),

    /** How the attempt ended, and what becomes of the filing. */
    settle: transaction(db, settle),

    /** The same of a filing that was accepted and is erased next: a portal that can be asked says it again if it is lost. */
    settleAccepted: unsynced(db, settle),

    /** What the portal said, and what becomes of the filing. */
    settleAsk: transaction(db, (row: Row, step: Step, question: Question): boolean => {
      noteQuestion(row, question, step.problem)
      return apply(row, step, 'outbox')
    }),

    /**
     * What a turn of an upload brought, and what becomes of the filing. The paper's progress counts
     * also where staff have moved the filing meanwhile. The portal says it again when it is lost.
     */
    settleUpload: unsynced(db, (row: Row, step: Step | null, turn: UploadTurn): boolean => {
      const { paperId, progress, ...exchanged } = turn
      papers.note(row.clientRef, paperId, progress)
      const problem = step?.problem ?? null
      attempts.add(row.clientRef, { ...exchanged, kind: 'upload', problem, number: row.attempts })
      return step !== null && apply(row, step, 'outbox')
    }),

    /** A question that moved nothing. */
    noteQuestion: transaction(db, noteQuestion),

    /** A move without an attempt: staff, or a filing whose sealed bytes no longer open. */
    move: transaction(db, apply),

    /** A step of the upload, which a restart would take again. */
    step: unsynced(db, apply),

    /** Where an upload lies from now on; the portal gives the same place again when it is lost. */
    locate: unsynced(db, ({ clientRef }: Row, paperId: string, url: string | null) =>
      papers.locate(clientRef, paperId, url),
    ),

    /** Something happened that moves nothing and must not be forgotten. */
    noteOnly: transaction(db, (row: Row, reason: string, actor: string) =>
      note(row, row.state, reason, actor),
    ),

    /**
     * Drops contents, keys and the link to the citizen; receipt and dossier code remain. Gives those
     * that no other hand has moved meanwhile.
     */
    erase: transaction(db, (all: readonly Row[], code: string, actor: string): readonly Row[] =>
      all.filter((row) => {
        const { seq, state, rev } = row
        if (rows.find(seq)?.rev !== rev) return false
        wipeContents(seq)
        if (wipe.run({ seq, from: state, rev, now: clock.now(), code }).changes === 0) return false
        note(row, 'ERASED', code === 'accepted' ? 'delivered' : code, actor)
        return true
      }),
    ),

    /** After a restart nobody knows what became of a filing in SENDING. */
    recover: transaction(db, (): readonly { row: Row; to: SubmissionState }[] =>
      rows.inStates('SENDING', 'IN_DOUBT', 'PROCESSING').flatMap((row) => {
        const step = afterRestart(row.state, capabilities)
        return step !== null && apply(row, step, 'outbox') ? [{ row, to: step.to }] : []
      }),
    ),

    /** What waits after a failure goes now. What the portal asked to wait, waits; how many go. */
    hurry(): number {
      const now = clock.now()
      return db
        .prepare(
          `UPDATE submission SET next_at_ms = :now WHERE group_key IS NOT NULL
             AND next_at_ms > :now AND state IN ('QUEUED', 'UPLOADING', 'READY', 'IN_DOUBT')
             AND coalesce(last_code, '') <> 'wait'`,
        )
        .run({ now }).changes
    },
  }
}
