import { z } from 'zod'
import { sqliteCode, transaction, type Database } from '../store/index.ts'
import { readRaised, type Alarms } from './alarms.ts'
import { overdueAlarm, overdueCodes, type OverdueCode } from './decide-overdue.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { OutboxDeps } from './ports.ts'
import { submissionStateSchema } from './submission.ts'

const waitingSchema = z.array(
  z
    .object({
      client_ref: z.string(),
      state: submissionStateSchema,
      captured_at_ms: z.int(),
    })
    .transform((row) => ({
      clientRef: row.client_ref,
      state: row.state,
      capturedAtMs: row.captured_at_ms,
    })),
)

type OverdueDeps = Pick<OutboxDeps, 'clock' | 'timers' | 'log'> & {
  readonly db: Database
  readonly alarms: Alarms
}

/**
 * Looks every hour for filings that have not been delivered for a day, three days, a week, and
 * raises an alarm of each, those with staff included. The journal remembers over restarts which.
 */
export function createOverdueWatch({ db, alarms, clock, timers, log }: OverdueDeps) {
  const waiting = db.prepare(
    `SELECT client_ref, state, captured_at_ms FROM submission
     WHERE group_key IS NOT NULL AND state <> 'ACCEPTED' AND captured_at_ms <= ? ORDER BY seq`,
  )
  /** The gravest alarm of each filing; read when something is overdue for the first time. */
  let raised: Map<string, OverdueCode> | null = null
  let isRunning = false
  let cancel = () => {}

  /** What is due and was not raised yet, a batch of it. */
  function findDue() {
    const nowMs = clock.now()
    const found = waitingSchema.parse(waiting.all(nowMs - limits.OVERDUE_AFTER_MS['overdue-24h']))
    if (found.length === 0) return []
    const before = (raised ??= gravestRaised(db))
    return found
      .flatMap((filing) => {
        const code = overdueAlarm(nowMs - filing.capturedAtMs, before.get(filing.clientRef) ?? null)
        return code === null ? [] : [{ ...filing, code }]
      })
      .slice(0, limits.SWEEP_BATCH)
  }

  const note = transaction(db, (due: ReturnType<typeof findDue>) => {
    for (const { code, clientRef, state } of due) alarms.note(code, { clientRef, state })
  })

  /** Whether more may be due. */
  function lookOnce(): boolean {
    const due = findDue()
    if (due.length === 0) return false
    for (const code of overdueCodes) {
      const filings = due.filter((each) => each.code === code).length
      // First, for a full disk may refuse the rows.
      if (filings > 0) log('alarm', { code, filings })
    }
    note(due)
    for (const { clientRef, code } of due) raised?.set(clientRef, code)
    return due.length === limits.SWEEP_BATCH
  }

  function look(): void {
    let isMore = false
    try {
      isMore = lookOnce()
    } catch (cause) {
      const code = sqliteCode(cause)
      if (code === undefined) throw cause
      log('store-failed', { code })
    }
    if (isRunning) cancel = timers.after(isMore ? 0 : limits.OVERDUE_LOOK_MS, look)
  }

  return {
    start(): void {
      if (isRunning) return
      isRunning = true
      cancel = timers.after(limits.OVERDUE_FIRST_MS, look)
    },
    stop(): void {
      isRunning = false
      cancel()
    },
  }
}

function gravestRaised(db: Database): Map<string, OverdueCode> {
  // The least grave first, so that the graver ones take its place.
  return new Map(
    overdueCodes.flatMap((code) =>
      readRaised(db, code).map((clientRef): [string, OverdueCode] => [clientRef, code]),
    ),
  )
}
