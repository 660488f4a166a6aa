import { z } from 'zod'
import type { Journal } from '../audit/index.ts'
import { receiptSchema, type StatusOutcome } from '../portal/index.ts'
import { sqliteCode, transaction, type Database } from '../store/index.ts'
import type { Alarms } from './alarms.ts'
import { step } from './decide.ts'
import { verdictOn } from './decide-delivered.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { OutboxChange, OutboxDeps } from './ports.ts'
import type { Queue } from './queue.ts'

/** Code of a delivered filing that the portal knows no more. */
const FORGOTTEN = 'portal-forgot'

const deliveredSchema = z.array(
  z
    .object({
      seq: z.int(),
      state: z.enum(['ACCEPTED', 'ERASED']),
      last_code: z.string().nullable(),
      receipt_json: z.string(),
    })
    .transform((row) => ({
      seq: row.seq,
      state: row.state,
      lastCode: row.last_code,
      receipt: receiptSchema.parse(JSON.parse(row.receipt_json)),
    })),
)
type Delivered = z.infer<typeof deliveredSchema>[number]

type ReconcileDeps = Pick<
  OutboxDeps,
  'portal' | 'clock' | 'timers' | 'random' | 'log' | 'keepAcceptedMs'
> & {
  readonly db: Database
  readonly queue: Pick<Queue, 'row' | 'move'>
  readonly tell: (change: OutboxChange) => void
  readonly journal: Journal
  readonly alarms: Alarms
  readonly portalId: string
  /** The portal answers and has not asked for rest. */
  readonly isQuiet: () => boolean
  /** The portal wants rest from this kiosk. */
  readonly rest: (ms: number) => void
}

/**
 * Asks the portal once a day about the filings that it has given a receipt for, as long as a trace
 * of them is kept: a portal that came back from an old backup has lost some. Each of those raises
 * an alarm. One that is erased is marked, and the officer goes by the citizen's receipt; one whose
 * contents are still kept goes to staff, who may have it sent again. When a filing is asked about
 * next stands in `next_at_ms`, which nothing else reads once it is accepted.
 */
export function createReconciliation(deps: ReconcileDeps) {
  const { db, portal, clock, timers, log } = deps
  // A plan further away than any means that the clock was set back.
  const due = db.prepare(
    `SELECT seq, state, last_code, receipt_json FROM submission
     WHERE state IN ('ACCEPTED', 'ERASED') AND receipt_json IS NOT NULL AND portal_id = :portalId
       AND (next_at_ms <= :now OR next_at_ms > :now + :longest)
     ORDER BY next_at_ms, seq LIMIT :most`,
  )
  const mark = db.prepare('UPDATE submission SET next_at_ms = ?, last_code = ? WHERE seq = ?')
  let stopping: AbortController | null = null
  let running: Promise<void> | null = null
  let cancel = () => {}
  // What is kept for a while is asked about some times before it is erased.
  const keptMs = deps.keepAcceptedMs ?? 0
  const everyMs =
    keptMs > 0 ? Math.min(keptMs / 4, limits.RECONCILE_EVERY_MS) : limits.RECONCILE_EVERY_MS
  const againMs = { ACCEPTED: everyMs / 2, ERASED: limits.RECONCILE_AGAIN_MS }

  /** Notes what was said of these in one commit; what was newly forgotten, and whether to go on. */
  const settle = transaction(
    db,
    (filings: readonly Delivered[], outcomes: ReadonlyMap<string, StatusOutcome>) => {
      const atMs = clock.now()
      const handedOver: string[] = []
      let forgotten = 0
      for (const { seq, state, lastCode, receipt } of filings) {
        const { clientRef, dossierCode } = receipt
        const outcome = outcomes.get(clientRef) ?? { kind: 'unknown', cause: 'left-out' }
        const verdict = verdictOn(outcome, dossierCode)
        if (verdict === 'no-word') return { forgotten, handedOver, isOver: true }
        let code = lastCode
        if (verdict === 'forgotten' && lastCode !== FORGOTTEN) {
          code = FORGOTTEN
          forgotten += 1
          deps.alarms.note(FORGOTTEN, { clientRef, state })
          if (handToStaff(clientRef)) handedOver.push(clientRef)
        } else if (verdict === 'known' && lastCode === FORGOTTEN) {
          code = 'accepted'
          const states = { from: 'ERASED', to: 'ERASED' }
          const reason = 'portal-remembers'
          deps.journal.append({ clientRef, actor: 'outbox', ...states, reason, atMs })
        }
        mark.run(atMs + againMs[state], code, seq)
      }
      return { forgotten, handedOver, isOver: false }
    },
  )

  /** With its contents, as long as they are there. */
  function handToStaff(clientRef: string): boolean {
    const row = deps.queue.row(clientRef)
    if (row?.state !== 'ACCEPTED') return false
    return deps.queue.move(row, step('NEEDS_STAFF', 0, FORGOTTEN), 'outbox')
  }

  async function round(signal: AbortSignal): Promise<void> {
    const filings = deliveredSchema.parse(
      due.all({
        portalId: deps.portalId,
        now: clock.now(),
        longest: limits.RECONCILE_AGAIN_MS,
        most: limits.RECONCILE_MOST,
      }),
    )
    let forgotten = 0
    for (let at = 0; at < filings.length && deps.isQuiet(); at += limits.ASKED_AT_ONCE) {
      const group = filings.slice(at, at + limits.ASKED_AT_ONCE)
      const outcomes = await portal.statusOf(
        group.map(({ receipt }) => receipt),
        signal,
      )
      if (signal.aborted) break
      for (const outcome of outcomes.values()) if (outcome.kind === 'wait') deps.rest(outcome.ms)
      const settled = settle(group, outcomes)
      forgotten += settled.forgotten
      for (const clientRef of settled.handedOver) {
        deps.tell({ kind: 'filing', clientRef, state: 'NEEDS_STAFF' })
      }
      if (settled.isOver) break
    }
    if (forgotten > 0) log('alarm', { code: FORGOTTEN, filings: forgotten })
  }

  function plan(delayMs: number): void {
    if (stopping === null) return
    const jitterMs = deps.random() * limits.RECONCILE_JITTER_MS
    cancel = timers.after(Math.ceil(delayMs + jitterMs), run)
  }

  function run(): void {
    if (stopping === null) return
    if (!deps.isQuiet()) return plan(limits.RECONCILE_FIRST_MS)
    running = round(stopping.signal)
      .catch((cause: unknown) => {
        const code = sqliteCode(cause)
        if (code === undefined) throw cause
        log('store-failed', { code })
      })
      .finally(() => {
        running = null
        plan(everyMs)
      })
  }

  return {
    start(): void {
      if (stopping !== null || !portal.capabilities.statusByRef) return
      stopping = new AbortController()
      plan(limits.RECONCILE_FIRST_MS)
    },
    /** Resolves when nothing touches the store any more. */
    async stop(): Promise<void> {
      stopping?.abort()
      stopping = null
      cancel()
      await running
    },
  }
}
