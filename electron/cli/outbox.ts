import { z } from 'zod'
import { formatShortRef } from '../../shared/domain/short-ref.ts'
import { readOutbox, type Submission } from '../outbox/index.ts'
import { kioskFiles } from '../settings/index.ts'
import { openStoreForReading, sqliteCode, type Database } from '../store/index.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'

/** `outbox list`: every filing on this kiosk, without contents. Exit 0, also when it is empty. */
export const listOutbox: Run = (context) =>
  withOutbox(context, (submissions) => {
    const rows = submissions.map(summary)
    if (context.json) context.print(JSON.stringify(rows))
    else for (const row of rows) context.print(line(row))
    return 0
  })

/** `outbox show REF`: one filing by client reference or slip reference. Exit 1 when there is none. */
export const showOutbox: Run = (context) =>
  withOutbox(context, (submissions) => {
    // People read a reference in pairs, and type it so.
    const wanted = context.words.join('').toUpperCase()
    const short = wanted.replace(/[\s.-]/g, '')
    const found = submissions.find(
      ({ clientRef, shortRef }) => clientRef.toUpperCase() === wanted || shortRef === short,
    )
    if (!found) {
      context.complain('no such filing: give the reference of the slip, or a client reference')
      return 1
    }
    if (context.json) {
      const { receipt, attempts, lastCode, lastProblem, state } = found
      const nextAt = state === 'QUEUED' ? iso(found.nextAtMs) : null
      context.print(
        JSON.stringify({ ...summary(found), attempts, lastCode, lastProblem, nextAt, receipt }),
      )
    } else context.print(line(summary(found)))
    return 0
  })

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

function summary(submission: Submission) {
  return {
    reference: formatShortRef(submission.shortRef),
    clientRef: submission.clientRef,
    procedure: submission.procedureCode,
    state: submission.state,
    dossierCode: submission.dossierCode,
    capturedAt: iso(submission.capturedAtMs),
    acceptedAt: iso(submission.acceptedAtMs),
    erasedAt: iso(submission.erasedAtMs),
  }
}

function line(row: ReturnType<typeof summary>): string {
  return `${row.reference}  ${row.state.padEnd(11)}  ${row.procedure}  ${row.dossierCode ?? '-'}  ${row.capturedAt}`
}

async function withOutbox(
  { dataDir, complain }: CommandContext,
  run: (submissions: readonly Submission[]) => ExitCode,
): Promise<ExitCode> {
  const dir = kioskFiles(dataDir).store
  const store = await openStoreForReading(dir)
  if (!store.ok) {
    complain(
      store.error.code === 'io'
        ? `no kiosk data: start a kiosk with --data-dir ${dataDir}, or name another`
        : unreadable(store.error.reason, dir),
    )
    return 2
  }
  try {
    return run(readAll(store.value.db))
  } catch (cause) {
    const code = sqliteCode(cause)
    if (code === undefined) throw cause
    complain(unreadable(code, dir))
    return 2
  } finally {
    store.value.close()
  }
}

function readAll(db: Database): readonly Submission[] {
  const kiosk = z
    .object({ value: z.string() })
    .optional()
    .parse(db.prepare(`SELECT value FROM meta WHERE key = 'kiosk_id'`).get())
  return readOutbox(db, kiosk?.value ?? '').list()
}

/** The file is never to be thrown away: it may hold filings that only this kiosk has. */
function unreadable(reason: string, dir: string): string {
  return `the kiosk's store cannot be read (${reason}): keep ${dir} as it is, it may hold filings`
}
