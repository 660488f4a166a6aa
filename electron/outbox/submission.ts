import { z } from 'zod'
import { filingStateSchema } from '../../shared/contract/index.ts'
import { shortRef } from '../../shared/domain/short-ref.ts'
import { receiptSchema } from '../portal/index.ts'
import type { Database } from '../store/index.ts'
import { readAlarms, type Alarm } from './alarms.ts'
import { readProblem } from './fields.ts'
import { kioskNumberOf } from './kiosk-number.ts'

/** Where a filing is on its way (delivery states of the outbox). */
export const submissionStateSchema = filingStateSchema
export type SubmissionState = z.infer<typeof submissionStateSchema>

const submissionSchema = z
  .object({
    client_ref: z.string(),
    seq: z.int(),
    procedure_code: z.string(),
    state: submissionStateSchema,
    attempts: z.int(),
    item_failures: z.int(),
    next_at_ms: z.int(),
    last_code: z.string().nullable(),
    last_problem: z.string().nullable(),
    captured_at_ms: z.int(),
    acked_at_ms: z.int().nullable(),
    erased_at_ms: z.int().nullable(),
    dossier_code: z.string().nullable(),
    origin_kiosk_id: z.string().nullable(),
    origin_seq: z.int().nullable(),
    receipt_json: z
      .string()
      .transform((text) => receiptSchema.parse(JSON.parse(text)))
      .nullable(),
  })
  .transform((row) => ({
    clientRef: row.client_ref,
    seq: row.seq,
    procedureCode: row.procedure_code,
    state: row.state,
    attempts: row.attempts,
    /** When it is sent or asked about next; counts only while it waits. */
    nextAtMs: row.next_at_ms,
    /** What the last attempt met, and the portal's problem type if it refused. */
    lastCode: row.last_code,
    lastProblem: readProblem(row.last_problem).type,
    /** With the problem `validation`: what the portal found wrong, as pointers and codes. */
    lastFields: readProblem(row.last_problem).fields,
    /** Failures of its own since it came in or staff tried it again. */
    itemFailures: row.item_failures,
    capturedAtMs: row.captured_at_ms,
    acceptedAtMs: row.acked_at_ms,
    erasedAtMs: row.erased_at_ms,
    dossierCode: row.dossier_code,
    receipt: row.receipt_json,
    /** The kiosk that took it in and gave the slip out; null for this one. */
    origin:
      row.origin_kiosk_id === null || row.origin_seq === null
        ? null
        : { kioskId: row.origin_kiosk_id, seq: row.origin_seq },
  }))

/** A filing without its contents: nothing personal. `shortRef` is eight characters, unspaced. */
export type Submission = z.infer<typeof submissionSchema> & { readonly shortRef: string }

/** The reference on a filing's slip, eight characters: that of the kiosk which printed it. */
export function slipRef(
  { seq, origin }: Pick<z.infer<typeof submissionSchema>, 'seq' | 'origin'>,
  kioskId: string,
): string {
  const printed = origin ?? { kioskId, seq }
  return shortRef({ kioskNumber: kioskNumberOf(printed.kioskId), seq: printed.seq })
}

/**
 * - `waiting`: not accepted yet, and the kiosk is still trying.
 * - `needsStaff`: refused or unreadable; an officer must look.
 * - `delivered`: accepted by the portal, as far as a trace of it is still kept. What was withdrawn
 *   or handed over on paper is none of the three.
 */
export type OutboxCounts = {
  readonly waiting: number
  readonly needsStaff: number
  readonly delivered: number
}

const columns = `client_ref, seq, procedure_code, state, attempts, item_failures, next_at_ms, last_code,
  last_problem, captured_at_ms, acked_at_ms, erased_at_ms, dossier_code, origin_kiosk_id,
  origin_seq, receipt_json`

/** Looks into an outbox, also beside a running core through `openStoreForReading`. */
export function readOutbox(db: Database, kioskId: string) {
  const one = db.prepare(`SELECT ${columns} FROM submission WHERE client_ref = ?`)
  const all = db.prepare(`SELECT ${columns} FROM submission ORDER BY seq`)
  const delivered = db.prepare(
    'SELECT count(*) AS number FROM submission WHERE group_key IS NULL AND receipt_json IS NOT NULL',
  )
  const live = db.prepare(
    `SELECT state, count(*) AS number FROM submission WHERE group_key IS NOT NULL GROUP BY state`,
  )
  const read = (row: unknown): Submission => {
    const submission = submissionSchema.parse(row)
    return { ...submission, shortRef: slipRef(submission, kioskId) }
  }
  return {
    /** One filing, or undefined where the reference is not known here. */
    get(clientRef: string): Submission | undefined {
      const row = one.get(clientRef)
      return row === undefined ? undefined : read(row)
    },

    /** Every filing, oldest first. */
    list: (): Submission[] => all.all().map(read),

    /** What somebody must look at, newest first; the last hundred. */
    alarms: (): Alarm[] => readAlarms(db),

    counts(): OutboxCounts {
      let waiting = 0
      let needsStaff = 0
      let accepted = totalSchema.parse(delivered.get()).number
      for (const { state, number } of liveSchema.parse(live.all())) {
        if (state === 'NEEDS_STAFF') needsStaff += number
        else if (state === 'ACCEPTED') accepted += number
        else waiting += number
      }
      return { waiting, needsStaff, delivered: accepted }
    },
  }
}

const totalSchema = z.object({ number: z.int() })
const liveSchema = z.array(z.object({ state: submissionStateSchema, number: z.int() }))
