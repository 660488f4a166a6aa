import type { AssistAnswer, ReviewRow, ReviewValue } from '../shared/contract/index.ts'
import type { PartialDate } from '../shared/domain/id-card.ts'
import { unreachable } from '../shared/domain/result.ts'
import { versionOn, type Procedure, type Versions } from '../shared/forms/index.ts'
import { toPaperOut } from './printed-papers.ts'
import type { Printing } from './printing/index.ts'
import type { QueueNumbers } from './queue-numbers.ts'
import {
  isPrintedBefore,
  knownIn,
  reviewView,
  type SessionPorts,
  type SessionState,
} from './session/index.ts'
import type { Profile } from './settings/index.ts'
import type { Ticket } from './tickets/index.ts'

type PaperDeps = {
  readonly profile: Pick<Profile, 'kioskId' | 'commune'>
  readonly printing: Pick<Printing, 'printCounterNote'>
}

/** Prints a number with what is filled in: the citizen's own way to the counter, or the assistant's. */
export function createCounterNotePaper({
  profile: { kioskId, commune },
  printing,
}: PaperDeps): SessionPorts['printCounterNote'] {
  return async (ticket, reprint, visit, procedure) =>
    toPaperOut(
      await printing.printCounterNote({
        commune: commune.name,
        province: commune.province,
        kioskId,
        ...ticket,
        reprint,
        procedureName: procedure.shortName,
        rows: rowsOf(procedure, visit),
      }),
    )
}

/**
 * Takes a citizen to the counter of a procedure with what is filled in: a place in the queue and the
 * answers, on paper. Nothing is filed; the visit stays as it is. A visit has one number in each queue,
 * so that asking twice gives no second one.
 */
export function createCounterNote(deps: {
  readonly procedures: Versions
  readonly numbers: Pick<QueueNumbers, 'alone'>
  readonly print: SessionPorts['printCounterNote']
  readonly now: () => number
}): (state: SessionState) => Promise<AssistAnswer> {
  const { procedures, numbers, print, now } = deps
  let last: Ticket | null = null

  return async ({ visit }) => {
    const procedure = versionOn(procedures, visit.procedure, visit.day)
    const { clientRef } = visit
    if (!procedure || clientRef === null) return { outcome: 'ignored' }
    const drawn = numbers.alone(clientRef, procedure.group, now())
    if (!drawn.ok) return { outcome: 'ignored' }
    const ticket = drawn.value
    const { number, counter } = ticket
    const isAgain = last?.number === number && last.issuedAtMs === ticket.issuedAtMs
    const reprint = isAgain || isPrintedBefore(visit, ticket)
    last = ticket
    const paper = await print(ticket, reprint, visit, procedure)
    return { outcome: 'moved', ticket: { number, counter }, paper }
  }
}

/** What was answered or assumed; what the card says the officer reads there. */
function rowsOf(procedure: Procedure, visit: SessionState['visit']) {
  const { answers, assumed, tables } = reviewView(procedure, knownIn(visit), visit.answers)
  const cells = tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells))
  return [...answers, ...assumed, ...cells].flatMap(toRow)
}

function toRow({ label, value }: ReviewRow) {
  return value === null ? [] : [{ label: label.text, value: inWords(value) }]
}

function inWords(value: ReviewValue): string {
  switch (value.kind) {
    case 'words':
      return value.words.map(({ text }) => text).join(', ')
    case 'text':
      return value.text
    case 'number':
      return value.number.toLocaleString('vi-VN')
    case 'money':
      return `${value.amount.toLocaleString('vi-VN')} đồng`
    case 'date':
      return dateWords(value.date)
    default:
      return unreachable(value)
  }
}

function dateWords({ year, month, day }: PartialDate): string {
  return [day, month, year].filter((part) => part !== undefined).join('/')
}
