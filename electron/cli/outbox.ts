import type { FilingBrief } from '../../shared/contract/index.ts'
import { toBrief, toDetail } from '../staff-desk.ts'
import type { Run } from './command.ts'
import { findFiling, readFilings } from './filings.ts'
import { NO_SUCH_FILING } from './remedies.ts'

/** `outbox list`: every filing on this kiosk, without contents. Exit 0, also when it is empty. */
export const listOutbox: Run = async (context) => {
  const filings = await readFilings(context)
  if (filings === null) return 2
  const rows = filings.map(toBrief)
  if (context.json) context.print(JSON.stringify(rows))
  else for (const row of rows) context.print(line(row))
  return 0
}

/** `outbox show REF`: one filing by client reference or slip reference. Exit 1 when there is none. */
export const showOutbox: Run = async (context) => {
  const filings = await readFilings(context)
  if (filings === null) return 2
  // People read a reference in pairs, and type it so.
  const found = findFiling(filings, context.words.join(''))
  if (!found) {
    context.complain(NO_SUCH_FILING)
    return 1
  }
  const { receipt } = found
  context.print(
    context.json ? JSON.stringify({ ...toDetail(found), receipt }) : line(toBrief(found)),
  )
  return 0
}

function line(row: FilingBrief): string {
  return `${row.reference}  ${row.state.padEnd(11)}  ${row.procedure}  ${row.dossierCode ?? '-'}  ${row.capturedAt}`
}
