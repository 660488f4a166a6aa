import type { FilingBrief, OutboxOverview } from '../../shared/contract/index.ts'
import { controlRemedy } from '../control-socket.ts'
import { portalRemedy } from '../outbox/index.ts'
import { toBrief, toDetail, toOverview } from '../staff-desk.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'
import { openControlLine, overLine } from './control-line.ts'
import { findFiling, lookIntoOutbox, readFilings } from './filings.ts'
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

/** An overview; without the portal where no core runs, which alone knows how it stands. */
type Status = Omit<OutboxOverview, 'portal'> & { readonly portal: OutboxOverview['portal'] | null }

/**
 * `outbox status`: counts, the way to the portal, and the alarms, newest first. By the running core;
 * where none runs, by its store. Exit 0, whatever it says.
 */
export const printOutboxStatus: Run = async (context) => {
  const core = await openControlLine(context.dataDir)
  if (core.ok) {
    return overLine(core.value, context, async ({ outbox }) =>
      printStatus(context, await outbox.overview()),
    )
  }
  if (core.error.code === 'refused') {
    context.complain(controlRemedy(core.error))
    return 2
  }
  const kept = await lookIntoOutbox(context, toOverview)
  return kept === null ? 2 : printStatus(context, { ...kept, portal: null })
}

function printStatus({ json, print }: CommandContext, status: Status): ExitCode {
  const { counts, portal, alarms } = status
  if (json) {
    print(JSON.stringify({ counts, portal, alarms }))
    return 0
  }
  const { waiting, needsStaff, delivered } = counts
  print(`filings: ${waiting} waiting, ${needsStaff} with staff, ${delivered} delivered`)
  print(`portal: ${portal === null ? 'not known, for no kiosk runs on these data' : wayTo(portal)}`)
  for (const { at, reference, code } of alarms) print(`alarm: ${at}  ${reference ?? '-'}  ${code}`)
  return 0
}

function wayTo({ state, trouble, cause, restUntil }: OutboxOverview['portal']): string {
  if (trouble !== null) return portalRemedy(trouble, cause ?? '')
  return restUntil === null ? state : `${state}, wants nothing until ${restUntil}`
}

function line(row: FilingBrief): string {
  return `${row.reference}  ${row.state.padEnd(11)}  ${row.procedure}  ${row.dossierCode ?? '-'}  ${row.capturedAt}`
}
