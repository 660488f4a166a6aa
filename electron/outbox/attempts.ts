import { z } from 'zod'
import type { Database } from '../store/index.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

/** How an attempt ended. */
export type AttemptEnd = { readonly outcome: string; readonly httpStatus: number | null }

/** One question, withdrawal or piece of an upload. */
export type Exchanged = AttemptEnd & {
  readonly kind: 'get' | 'withdraw' | 'upload'
  readonly startedMs: number
  readonly problem: string | null
  /** Of its kind, from 1. */
  readonly number: number
  /** Bytes that went out, where they are counted. */
  readonly bytes: number | null
}

/** The table `attempt`: what was tried with each filing, append-only, no contents. */
export function createAttempts(db: Database, clock: { now(): number }) {
  const open = db.prepare(
    `INSERT INTO attempt (client_ref, kind, started_ms, bytes, request_no)
     VALUES (?, 'put', ?, ?, ?)`,
  )
  const close = db.prepare(
    'UPDATE attempt SET ended_ms = ?, outcome = ?, http_status = ?, problem_type = ? WHERE id = ?',
  )
  const add = db.prepare(
    `INSERT INTO attempt (client_ref, kind, started_ms, ended_ms, outcome, http_status,
       problem_type, request_no, bytes)
     VALUES (:clientRef, :kind, :startedMs, :endedMs, :outcome, :httpStatus, :problem, :number,
       :bytes)`,
  )
  const asksSince = db
    .prepare(
      `SELECT count(*) FROM attempt WHERE client_ref = :ref AND kind = 'get' AND id >
         coalesce((SELECT max(id) FROM attempt WHERE client_ref = :ref AND kind = 'put'), 0)`,
    )
    .pluck()
  const liesOf = db
    .prepare(`SELECT count(*) FROM attempt WHERE client_ref = ? AND outcome LIKE '%-receipt-%'`)
    .pluck()
  // The walk ends at the third; only a filing that has failed often is looked up like this.
  const othersSince = db
    .prepare(
      `SELECT count(*) FROM (SELECT 1 FROM attempt WHERE outcome = 'accepted' AND client_ref <> :ref
         AND id > (SELECT min(id) FROM attempt WHERE client_ref = :ref) LIMIT :enough)`,
    )
    .pluck()
  return {
    /** An attempt to send begins; its id. */
    open(clientRef: string, bytes: number, number: number): number {
      return Number(open.run(clientRef, clock.now(), bytes, number).lastInsertRowid)
    },
    close(id: number, { outcome, httpStatus }: AttemptEnd, problem: string | null): void {
      close.run(clock.now(), outcome, httpStatus, problem, id)
    },
    add(clientRef: string, exchanged: Exchanged): void {
      add.run({ ...exchanged, clientRef, endedMs: clock.now() })
    },
    /** Questions about a filing since it was last sent. */
    asks: (clientRef: string): number => count(asksSince.get({ ref: clientRef })),
    /** Answers so far that only looked like a receipt. */
    lies: (clientRef: string): number => count(liesOf.get(clientRef)),
    /** Other filings accepted since this one was first tried, as far as it matters. */
    othersAccepted: (clientRef: string): number =>
      count(othersSince.get({ ref: clientRef, enough: limits.POISON_OTHERS })),
  }
}

function count(value: unknown): number {
  return z.int().parse(value)
}
