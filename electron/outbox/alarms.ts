import { z } from 'zod'
import { alarmCodeSchema } from '../../shared/contract/index.ts'
import type { Journal } from '../audit/index.ts'
import { transaction, type Database } from '../store/index.ts'
import type { SubmissionState } from './submission.ts'

/**
 * What no machine can put right. Each alarm is a row of the journal and a line of the log.
 * - `integrity`: the portal has other bytes under the filing's reference.
 * - `receipts-that-are-none`: three of one filing.
 * - `late-receipt`: the portal accepted what staff had ended.
 * - `portal-forgot`: the portal no longer knows a filing that it gave a receipt for.
 * - `overdue-…`: a filing has not been delivered for so long.
 * - `portal-…`: nothing is sent until somebody has acted, by the cause of the hold.
 */
export type AlarmCode = z.infer<typeof alarmCodeSchema>

/** `clientRef` is null where it concerns no single filing. */
export type Alarm = {
  readonly code: AlarmCode
  readonly clientRef: string | null
  readonly atMs: number
}

type AlarmDeps = {
  readonly db: Database
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

type Concerned = { readonly clientRef: string; readonly state: SubmissionState } | null

/** Raises alarms. */
export function createAlarms({ db, journal, clock, log }: AlarmDeps) {
  function note(code: AlarmCode, filing: Concerned): void {
    const { clientRef = null, state = null } = filing ?? {}
    const reason = `${REASON}${code}`
    journal.append({
      clientRef,
      actor: 'outbox',
      from: state,
      to: state,
      reason,
      atMs: clock.now(),
    })
  }
  const noteAlone = transaction(db, note)
  return {
    /** Only the row, in the transaction of what gave rise to it. */
    note,
    raise(
      code: AlarmCode,
      filing: Concerned,
      details: Readonly<Record<string, string | number>> = {},
    ): void {
      // First, for a full disk may refuse the row.
      log('alarm', { code, ...(filing && { clientRef: filing.clientRef }), ...details })
      noteAlone(code, filing)
    },
  }
}

/** What raises the alarms of one outbox. */
export type Alarms = ReturnType<typeof createAlarms>

/** The newest alarms, newest first. */
export function readAlarms(db: Database): Alarm[] {
  const rows = db
    .prepare(
      `SELECT substr(reason, ?) AS code, client_ref AS clientRef, at_ms AS atMs FROM event
       WHERE reason GLOB ? ORDER BY id DESC LIMIT ?`,
    )
    .all(REASON.length + 1, `${REASON}*`, MOST)
  return z.array(alarmSchema).parse(rows)
}

/** The filings of which this alarm was raised. Reads the whole journal. */
export function readRaised(db: Database, code: AlarmCode): string[] {
  const found = db
    .prepare('SELECT client_ref FROM event WHERE reason = ? AND client_ref IS NOT NULL')
    .pluck()
    .all(`${REASON}${code}`)
  return z.array(z.string()).parse(found)
}

const REASON = 'alarm-'
/** Nobody reads further back. */
const MOST = 100
const alarmSchema = z.object({
  code: alarmCodeSchema,
  clientRef: z.string().nullable(),
  atMs: z.int(),
})
