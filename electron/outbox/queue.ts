import { z } from 'zod'
import type { Journal } from '../audit/index.ts'
import {
  manifestEntrySchema,
  type ManifestEntry,
  type PortalCapabilities,
} from '../portal/index.ts'
import { transaction, wipeSealed, type Sealed, type Store } from '../store/index.ts'
import { afterRestart, jobOf, type AskedState, type SendableState, type Step } from './decide.ts'
import { writeProblem } from './fields.ts'
import { createLine } from './line.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { submissionStateSchema, type OutboxCounts, type SubmissionState } from './submission.ts'

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

/** A filing that was claimed for one attempt: its row as `SENDING`, and where it was before. */
export type Claim = {
  readonly row: Row
  readonly from: SendableState
  readonly attemptId: number
}

/** A filing that the portal is asked about. */
export type Asked = { readonly row: Row & { readonly state: AskedState } }

/** One question or withdrawal, for the `attempt` table. */
export type Question = {
  readonly kind: 'get' | 'withdraw'
  readonly startedMs: number
  readonly outcome: string
  readonly httpStatus: number | null
}

/** How an attempt ended, for the `attempt` table. */
export type AttemptEnd = { readonly outcome: string; readonly httpStatus: number | null }

/** What the sender does next. */
export type Work =
  | { readonly kind: 'send'; readonly row: Row; readonly from: SendableState }
  | { readonly kind: 'ask'; readonly filings: readonly Asked[] }
  | { readonly kind: 'later'; readonly atMs: number }

type QueueDeps = {
  readonly store: Store
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly capabilities: PortalCapabilities
  /** Names this run of the core in the leases. */
  readonly bootId: string
}

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
  .transform((row) => ({
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
  .optional()

const entrySchema = z.object({
  seq: z.int(),
  state: submissionStateSchema,
  next_at_ms: z.int(),
  group_key: z.instanceof(Buffer).nullable(),
  depends_on: z.string().nullable(),
})

const sealedSchema = z
  .object({
    body_ct: z.instanceof(Uint8Array),
    dek_wrapped: z.instanceof(Uint8Array),
    kek_id: z.string(),
  })
  .transform((row) => ({ bytes: row.body_ct, dekWrapped: row.dek_wrapped, kekId: row.kek_id }))

const numberSchema = z.int()
const rowColumns =
  'seq, client_ref, state, rev, attempts, item_failures, last_code, body_sha256, origin_kiosk_id'
const entryColumns = 'seq, state, next_at_ms, group_key, depends_on'

/**
 * The delivery states in the store. Every move is one transaction with its journal row, and
 * compare-and-set on state and revision: it returns false (or null) where another hand was first.
 * What waits is mirrored in a `Line`, read once by `load` and kept up with every move.
 */
export function createQueue({ store, journal, clock, capabilities, bootId }: QueueDeps) {
  const { db } = store
  const bySeq = db.prepare(`SELECT ${rowColumns} FROM submission WHERE seq = ?`)
  const byRef = db.prepare(`SELECT ${rowColumns} FROM submission WHERE client_ref = ?`)
  // Both are answered by an index alone, so that a start does not read the filings themselves.
  const entries = db.prepare(
    `SELECT seq, state, next_at_ms, group_key, NULL AS depends_on FROM submission
     WHERE group_key IS NOT NULL ORDER BY seq`,
  )
  const dependent = db.prepare('SELECT seq FROM submission WHERE depends_on IS NOT NULL')
  const entry = db.prepare(`SELECT ${entryColumns} FROM submission WHERE seq = ?`)
  const withPapers = db.prepare(
    `SELECT DISTINCT s.seq FROM attachment a JOIN submission s ON s.client_ref = a.client_ref
     WHERE s.state = 'QUEUED'`,
  )
  const hasPapers = db.prepare(
    `SELECT count(*) FROM (SELECT 1 FROM attachment a JOIN submission s
       ON s.client_ref = a.client_ref WHERE s.seq = ? LIMIT 1)`,
  )
  const stateOf = db.prepare('SELECT state FROM submission WHERE client_ref = ?').pluck()
  const delivered = db.prepare(
    `SELECT count(*) FROM submission WHERE state = 'ERASED' AND receipt_json IS NOT NULL`,
  )
  const sealed = db.prepare(
    'SELECT body_ct, dek_wrapped, kek_id FROM submission JOIN sealed ON id = sealed_id WHERE seq = ?',
  )
  const papers = db.prepare(
    `SELECT id, lower(hex(sha256)) AS sha256, size FROM attachment
     WHERE client_ref = ? ORDER BY ordinal`,
  )
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
    `UPDATE submission SET state = 'ERASED', rev = rev + 1, sealed_id = NULL, group_key = NULL, erased_at_ms = :now, last_code = :code,
       lease_boot = NULL, lease_until_ms = NULL
     WHERE seq = :seq AND state = :from AND rev = :rev`,
  )
  const wipeContents = wipeSealed(db)
  const openAttempt = db.prepare(
    `INSERT INTO attempt (client_ref, kind, started_ms, bytes, request_no)
     VALUES (?, 'put', ?, ?, ?)`,
  )
  const closeAttempt = db.prepare(
    'UPDATE attempt SET ended_ms = ?, outcome = ?, http_status = ?, problem_type = ? WHERE id = ?',
  )
  const addQuestion = db.prepare(
    `INSERT INTO attempt
       (client_ref, kind, started_ms, ended_ms, outcome, http_status, problem_type, request_no)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const asksSince = db.prepare(
    `SELECT count(*) FROM attempt WHERE client_ref = :ref AND kind = 'get' AND id >
       coalesce((SELECT max(id) FROM attempt WHERE client_ref = :ref AND kind = 'put'), 0)`,
  )
  const liesOf = db.prepare(
    `SELECT count(*) FROM attempt WHERE client_ref = ? AND outcome LIKE '%-receipt-%'`,
  )
  // The walk ends at the third; only a filing that has failed often is looked up like this.
  const othersSince = db.prepare(
    `SELECT count(*) FROM (SELECT 1 FROM attempt WHERE outcome = 'accepted' AND client_ref <> :ref
       AND id > (SELECT min(id) FROM attempt WHERE client_ref = :ref) LIMIT :enough)`,
  )

  let line = createLine(clock, limits.LONGEST_PLAN_MS)
  /** Filings that wait for another one, by that one's reference. */
  const dependants = new Map<string, Set<number>>()
  let deliveredAndErased = 0

  function enter(found: z.infer<typeof entrySchema>, papersOfIt: boolean): void {
    const { seq, state, next_at_ms: nextAtMs, group_key: group, depends_on: dependsOn } = found
    if (group === null) return line.remove(seq)
    const waitsForOther = dependsOn !== null && !isDone(dependsOn)
    if (waitsForOther) {
      dependants.set(dependsOn, (dependants.get(dependsOn) ?? new Set()).add(seq))
    }
    const job = jobOf(state, papersOfIt, capabilities)
    line.set({ seq, group: group.toString('latin1'), state, nextAtMs, job, waitsForOther })
  }

  /** Accepted, or gone in whatever way: what depends on it may go. */
  function isDone(clientRef: string): boolean {
    const state = stateOf.get(clientRef)
    return state === undefined || state === 'ACCEPTED' || state === 'ERASED'
  }

  /** Brings the line up to the row. */
  function refresh(seq: number): void {
    const found = entrySchema.optional().parse(entry.get(seq))
    if (found === undefined) return line.remove(seq)
    enter(found, found.state === 'QUEUED' && count(hasPapers.pluck().get(seq)) > 0)
  }

  function moved(row: Pick<Row, 'seq' | 'clientRef'>): void {
    refresh(row.seq)
    const waiting = dependants.get(row.clientRef)
    if (waiting === undefined || !isDone(row.clientRef)) return
    dependants.delete(row.clientRef)
    for (const seq of waiting) refresh(seq)
  }

  function note(row: Row, to: SubmissionState, reason: string, actor: string): void {
    const { clientRef, state: from } = row
    journal.append({ clientRef, actor, from, to, reason, atMs: clock.now() })
  }

  function apply(row: Row, step: Step, actor: string): boolean {
    const now = clock.now()
    const { receipt } = step
    const { changes } = move.run({
      seq: row.seq,
      from: row.state,
      rev: row.rev,
      to: step.to,
      nextAtMs: Math.ceil(now + step.afterMs),
      code: step.to === 'ACCEPTED' ? 'accepted' : step.reason,
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
    if (row.state !== step.to || row.lastCode !== step.reason)
      note(row, step.to, step.reason, actor)
    return true
  }

  const claim = transaction(db, (row: Row, from: SendableState, bytes: number): Claim | null => {
    const now = clock.now()
    const { seq, rev, clientRef } = row
    const leaseUntilMs = now + limits.LEASE_MS
    if (toSending.run({ seq, rev, from, bootId, leaseUntilMs }).changes === 0) return null
    const attempts = row.attempts + 1
    const opened = openAttempt.run(clientRef, now, bytes, attempts)
    note(row, 'SENDING', 'attempt', 'outbox')
    const claimed: Row = { ...row, state: 'SENDING', rev: rev + 1, attempts }
    return { row: claimed, from, attemptId: Number(opened.lastInsertRowid) }
  })

  const settle = transaction(db, ({ row, attemptId }: Claim, step: Step, end: AttemptEnd) => {
    closeAttempt.run(clock.now(), end.outcome, end.httpStatus, step.problem, attemptId)
    return apply(row, step, 'outbox')
  })

  const settleAsk = transaction(db, (row: Row, step: Step, question: Question) => {
    noteQuestion(row, question, step.problem)
    return apply(row, step, 'outbox')
  })

  function noteQuestion(row: Row, question: Question, problem: string | null): void {
    const { kind, startedMs, outcome, httpStatus } = question
    const number = asks(row) + 1
    addQuestion.run(
      row.clientRef,
      kind,
      startedMs,
      clock.now(),
      outcome,
      httpStatus,
      problem,
      number,
    )
  }

  function asks({ clientRef }: Row): number {
    return count(asksSince.pluck().get({ ref: clientRef }))
  }

  const wipeRow = transaction(db, (row: Row, code: string, actor: string): boolean => {
    const { seq, state, rev } = row
    if (rowSchema.parse(bySeq.get(seq))?.rev !== rev) return false
    wipeContents(seq)
    if (wipe.run({ seq, from: state, rev, now: clock.now(), code }).changes === 0) return false
    note(row, 'ERASED', code === 'accepted' ? 'delivered' : code, actor)
    return true
  })

  const recover = transaction(db, (): readonly { row: Row; to: SubmissionState }[] => {
    const changed: { row: Row; to: SubmissionState }[] = []
    const all = db.prepare(
      `SELECT ${rowColumns} FROM submission WHERE group_key IS NOT NULL
         AND state IN ('SENDING', 'IN_DOUBT', 'PROCESSING') ORDER BY seq`,
    )
    for (const found of all.all()) {
      const row = rowSchema.parse(found)
      const step = row && afterRestart(row.state, capabilities)
      if (row && step && apply(row, step, 'outbox')) changed.push({ row, to: step.to })
    }
    return changed
  })

  function load(): void {
    line = createLine(clock, limits.LONGEST_PLAN_MS)
    dependants.clear()
    const papersOf = new Set(z.array(z.int()).parse(withPapers.pluck().all()))
    for (const found of entries.iterate()) {
      const parsed = entrySchema.parse(found)
      enter(parsed, papersOf.has(parsed.seq))
    }
    for (const seq of z.array(z.int()).parse(dependent.pluck().all())) refresh(seq)
    deliveredAndErased = count(delivered.pluck().get())
  }

  function rowOf(seq: number): Row {
    const row = rowSchema.parse(bySeq.get(seq))
    if (row === undefined) throw new Error(`filing ${seq} is in the line and not in the store`)
    return row
  }

  return {
    /** Reads what waits. Whatever was changed behind this queue's back is known from here on. */
    load,

    /** A filing that was just taken in, without looking into the store again. */
    entered(taken: {
      seq: number
      groupKey: Uint8Array
      nextAtMs: number
      dependsOn: string | null
    }) {
      const { seq, nextAtMs, dependsOn } = taken
      const group_key = Buffer.from(taken.groupKey)
      enter({ seq, state: 'QUEUED', next_at_ms: nextAtMs, group_key, depends_on: dependsOn }, false)
    },

    /** What to do now, or when; null where nothing is planned. */
    next(): Work | null {
      for (;;) {
        const next = line.next()
        if (next === null) return null
        if ('atMs' in next) return { kind: 'later', atMs: next.atMs }
        const work = next.job === 'ask' ? ask(next.seq) : send(next.seq)
        if (work !== null) return work
        // The row says otherwise: the line was behind.
        refresh(next.seq)
      }
    },

    row: (clientRef: string): Row | undefined => rowSchema.parse(byRef.get(clientRef)),
    sealed: (row: Row): Sealed => sealedSchema.parse(sealed.get(row.seq)),
    papers: (row: Row): ManifestEntry[] =>
      z.array(manifestEntrySchema).parse(papers.all(row.clientRef)),

    /** Questions about it since it was last sent. */
    asks,
    /** Answers so far that only looked like a receipt. */
    lies: (row: Row): number => count(liesOf.pluck().get(row.clientRef)),
    /** Other filings accepted since this one was first tried, as far as it matters. */
    othersAccepted(row: Row): number {
      if (row.itemFailures + 1 < limits.POISON_FAILURES) return 0
      return count(othersSince.pluck().get({ ref: row.clientRef, enough: limits.POISON_OTHERS }))
    },

    /** Commits SENDING before the first byte goes out. */
    claim(row: Row, from: SendableState, bytes: number): Claim | null {
      const claimed = claim(row, from, bytes)
      moved(row)
      return claimed
    },

    /** How the attempt ended, and what becomes of the filing: one commit. */
    settle(claimed: Claim, step: Step, end: AttemptEnd): boolean {
      const done = settle(claimed, step, end)
      moved(claimed.row)
      return done
    },

    /** What the portal said, and what becomes of the filing: one commit. */
    settleAsk(row: Row, step: Step, question: Question): boolean {
      const done = settleAsk(row, step, question)
      moved(row)
      return done
    },

    /** A question that moved nothing. */
    noteQuestion: transaction(db, noteQuestion),

    /** A move without an attempt: staff, or a filing whose sealed bytes no longer open. */
    move(row: Row, step: Step, actor: string): boolean {
      const done = transaction(db, apply)(row, step, actor)
      moved(row)
      return done
    },

    /** Something happened that moves nothing and must not be forgotten. */
    noteOnly(row: Row, reason: string, actor = 'outbox'): void {
      transaction(db, note)(row, row.state, reason, actor)
    },

    /** After a restart nobody knows what became of a filing in SENDING. Loads the line. */
    recover(): readonly { row: Row; to: SubmissionState }[] {
      const changed = recover()
      load()
      return changed
    },

    /** Accepted filings that a crash kept from being erased. */
    accepted(): Row[] {
      const found = db.prepare(
        `SELECT ${rowColumns} FROM submission WHERE group_key IS NOT NULL AND state = 'ACCEPTED'`,
      )
      return found.all().flatMap((row) => rowSchema.parse(row) ?? [])
    },

    /** Drops contents, keys and the link to the citizen; receipt and dossier code remain. */
    erase(row: Row, code: string, actor: string): boolean {
      const done = wipeRow(row, code, actor)
      if (done && row.state === 'ACCEPTED') deliveredAndErased += 1
      moved(row)
      return done
    },

    /** What waits after a failure goes now: the portal is back. What it asked to wait, waits. */
    hurry(): void {
      const now = clock.now()
      const { changes } = db
        .prepare(
          `UPDATE submission SET next_at_ms = :now WHERE group_key IS NOT NULL
             AND next_at_ms > :now AND state IN ('QUEUED', 'READY', 'IN_DOUBT')
             AND coalesce(last_code, '') <> 'wait'`,
        )
        .run({ now })
      if (changes > 0) load()
    },

    /** Tombstones erased before `beforeMs` go, a batch at a time; how many went. */
    purge(beforeMs: number): number {
      const went = purge(beforeMs)
      deliveredAndErased = went > 0 ? count(delivered.pluck().get()) : deliveredAndErased
      return went
    },

    counts(): OutboxCounts {
      const needsStaff = line.inState('NEEDS_STAFF')
      const accepted = line.inState('ACCEPTED')
      return {
        waiting: line.size() - needsStaff - accepted,
        needsStaff,
        delivered: deliveredAndErased + accepted,
      }
    },
  }

  function send(seq: number): Work | null {
    const row = rowOf(seq)
    const { state } = row
    const isSendable = state === 'QUEUED' || state === 'READY' || state === 'IN_DOUBT'
    return isSendable ? { kind: 'send', row, from: state } : null
  }

  function ask(seq: number): Work | null {
    const seqs = capabilities.statusBatch ? line.dueAsks(limits.ASKED_AT_ONCE) : [seq]
    const filings = seqs.flatMap((one) => {
      const row = rowOf(one)
      const { state } = row
      if (state === 'IN_DOUBT' || state === 'PROCESSING') return [{ row: { ...row, state } }]
      refresh(one)
      return []
    })
    return filings.length === 0 ? null : { kind: 'ask', filings }
  }

  function purge(beforeMs: number): number {
    return transaction(db, () => {
      // The highest number stays, or the next slip would repeat it; so does what others wait for.
      const old = z.array(z.object({ seq: z.int(), client_ref: z.string() })).parse(
        db
          .prepare(
            `SELECT seq, client_ref FROM submission WHERE state = 'ERASED' AND erased_at_ms < ?
               AND seq < (SELECT max(seq) FROM submission)
               AND client_ref NOT IN
                 (SELECT depends_on FROM submission WHERE depends_on IS NOT NULL)
             LIMIT ?`,
          )
          .all(beforeMs, limits.SWEEP_BATCH),
      )
      for (const { seq, client_ref: ref } of old) {
        db.prepare('DELETE FROM attempt WHERE client_ref = ?').run(ref)
        db.prepare('DELETE FROM attachment WHERE client_ref = ?').run(ref)
        db.prepare('DELETE FROM submission WHERE seq = ?').run(seq)
      }
      return old.length
    })()
  }
}

/** The queue of one open store. */
export type Queue = ReturnType<typeof createQueue>

function count(value: unknown): number {
  return numberSchema.parse(value)
}
