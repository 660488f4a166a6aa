import { existsSync } from 'node:fs'
import { z } from 'zod'
import { formatShortRef } from '../../shared/domain/short-ref.ts'
import { readOutbox, type Submission } from '../outbox/index.ts'
import { kioskFiles } from '../settings/index.ts'
import { openStoreForReading } from '../store/index.ts'
import type { Command, CommandContext } from './command.ts'

/** `outbox list`: every filing on this kiosk, without contents. Exit 0, also when it is empty. */
export const listOutbox: Command = (context) =>
  withOutbox(context, (submissions) => {
    const rows = submissions.map(summary)
    if (context.json) context.print(JSON.stringify(rows))
    else for (const row of rows) context.print(line(row))
    return 0
  })

/** `outbox show REF`: one filing by client reference or slip reference. Exit 1 when there is none. */
export const showOutbox: Command = (context) =>
  withOutbox(context, (submissions) => {
    const wanted = (context.words[0] ?? '').replaceAll(' ', '').toUpperCase()
    const found = submissions.find(
      ({ clientRef, shortRef }) => clientRef.toUpperCase() === wanted || shortRef === wanted,
    )
    if (!found) {
      context.complain('no such filing: give the reference of the slip, or a client reference')
      return 1
    }
    if (context.json) {
      const { receipt, attempts, lastCode, lastProblem, nextAtMs } = found
      context.print(
        JSON.stringify({
          ...summary(found),
          attempts,
          lastCode,
          lastProblem,
          nextAt: iso(nextAtMs),
          receipt,
        }),
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
  context: CommandContext,
  run: (submissions: readonly Submission[]) => 0 | 1,
): Promise<0 | 1 | 2> {
  const dir = kioskFiles(context.dataDir).store
  const store = existsSync(dir) ? await openStoreForReading(dir) : null
  if (!store?.ok) {
    context.complain(
      `no kiosk data: start a kiosk with --data-dir ${context.dataDir}, or name another`,
    )
    return 2
  }
  try {
    const kiosk = z
      .object({ value: z.string() })
      .optional()
      .parse(store.value.db.prepare(`SELECT value FROM meta WHERE key = 'kiosk_id'`).get())
    return run(readOutbox(store.value.db, kiosk?.value ?? '').list())
  } finally {
    store.value.close()
  }
}
