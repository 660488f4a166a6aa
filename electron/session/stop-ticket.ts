import { z } from 'zod'
import { paperOutSchema, type PaperOut } from '../../shared/contract/index.ts'
import { answersSchema, resolveValues, type Procedure } from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import type { Visit } from './visit.ts'

/**
 * The place in the queue of whoever comes to a stop, or wants no card read, and goes to a counter.
 * The number is promised once it is on the screen, whatever becomes of the paper.
 */

/** A number in the queue of a counter. */
export const ticketSchema = z.strictObject({
  number: z.string(),
  counter: z.string(),
  /** ms since the epoch; a reprint says the same. */
  issuedAtMs: z.number(),
})
export type Ticket = z.infer<typeof ticketSchema>

/** What an officer reads beside the number, of whoever gives a thumb-print at the counter. */
const noteSchema = z.strictObject({ procedure: z.string(), values: answersSchema })
type Note = z.infer<typeof noteSchema>

export const stopTicketSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  /** By touch; the number is drawn next, for the counter of this group. */
  z.strictObject({ state: z.literal('asked'), group: z.string() }),
  /** It could not be kept: nothing was promised. */
  z.strictObject({ state: z.literal('refused') }),
  ticketSchema.extend({
    state: z.literal('issued'),
    /** Group of procedures that the counter serves. */
    group: z.string(),
    paper: paperOutSchema,
    /** True when paper may already have come out, so that what follows says "BẢN IN LẠI". */
    reprint: z.boolean(),
    /** What came out with it last, as far as the printer tells; null where only the number did. */
    note: noteSchema.nullable(),
  }),
])
export type StopTicket = z.infer<typeof stopTicketSchema>
type Issued = Extract<StopTicket, { state: 'issued' }>

/** The number of this visit for the counter of a group. */
export function ticketFor({ ticket }: Visit, group: string): Issued | null {
  return ticket.state === 'issued' && ticket.group === group ? ticket : null
}

/** Whether a number can be asked for: none is drawn for this counter, and none is under way. */
export function takesTicket(visit: Visit, group: string): boolean {
  const { ticket } = visit
  if (ticket.state === 'issued') return ticketFor(visit, group) === null && isSettled(ticket)
  return ticket.state !== 'asked'
}

/** Whether nothing more comes of a paper by itself, so that it may be asked for again. */
export const isSettled = ({ paper }: Pick<Issued, 'paper'>): boolean =>
  paper.state === 'printed' || paper.state === 'unconfirmed' || paper.state === 'failed'

/** What the paper has beside the number, of whoever takes the answers along. */
export function noteOf(procedure: Procedure, visit: Visit): Note {
  return {
    procedure: procedure.code,
    values: resolveValues(procedure, knownIn(visit), visit.answers),
  }
}

/** Whether the answers have come out as they are now. */
export function isNoteOut(procedure: Procedure, visit: Visit): boolean {
  const ticket = ticketFor(visit, procedure.group)
  return ticket !== null && isSame(ticket.note, noteOf(procedure, visit))
}

/** Of one form, so in one order. */
const isSame = (one: Note | null, other: Note): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** The visit of whoever takes the answers to the counter: a number of before comes out with them. */
export function withAnswers(procedure: Procedure, visit: Visit): Visit {
  const issued = ticketFor(visit, procedure.group)
  if (issued === null || !isSettled(issued) || isNoteOut(procedure, visit)) return visit
  return { ...visit, ticket: again(issued) }
}

/** The paper once more; what came out before, if anything, has the same number. */
export function again(ticket: StopTicket): StopTicket {
  if (ticket.state !== 'issued') return ticket
  return { ...ticket, paper: { state: 'waiting' }, reprint: true }
}

/** Whether a filing's number has gone to the printer at a stop before. */
export function isPrintedBefore({ ticket }: Visit, { number, issuedAtMs }: Ticket): boolean {
  return (
    ticket.state === 'issued' &&
    ticket.number === number &&
    ticket.issuedAtMs === issuedAtMs &&
    (ticket.reprint || ticket.paper.state !== 'waiting')
  )
}

interface StopTicketDeps {
  /** Null where it could not be kept. Idempotent by visit and group. */
  readonly draw: (clientRef: string, group: string) => Ticket | null
  /** With the answers, where the visit takes them along. */
  readonly print: (ticket: Issued) => Promise<PaperOut>
  /** What a print of now has beside the number for the counter of this group. */
  readonly noted: (group: string) => Note | null
  readonly printerReady: () => boolean
  /** Whether this number may be printed once more by itself. */
  readonly mayTryAgain: (number: string) => boolean
  readonly current: () => Visit
  readonly note: (clientRef: string, ticket: StopTicket) => void
  /** A print has ended, and the visit of now may be another: it has waited for the printer. */
  readonly free: () => void
  /** A bug ends the ticket alone. */
  readonly broken: (cause: unknown) => void
}

/** Draws and prints what the visit's ticket calls for and nobody is doing yet. */
export function createStopTickets(deps: StopTicketDeps) {
  let printing = false

  function draw(clientRef: string, group: string): StopTicket {
    try {
      const drawn = deps.draw(clientRef, group)
      if (drawn === null) return { state: 'refused' }
      const paper: PaperOut = { state: 'waiting' }
      return { state: 'issued', group, ...drawn, paper, reprint: false, note: null }
    } catch (cause) {
      deps.broken(cause)
      return { state: 'refused' }
    }
  }

  function print(clientRef: string, ticket: Issued): void {
    const { number, group } = ticket
    const sent = deps.noted(group)
    printing = true
    deps.note(clientRef, { ...ticket, paper: { state: 'printing' } })
    const broken = (cause: unknown): PaperOut => {
      deps.broken(cause)
      return { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } }
    }
    void deps
      .print(ticket)
      .catch(broken)
      .then((paper) => {
        printing = false
        const { clientRef: here, ticket: now } = deps.current()
        if (here !== clientRef || now.state !== 'issued' || now.number !== number) {
          return deps.free()
        }
        if (paper.state === 'failed') return deps.note(clientRef, { ...now, paper })
        const out = { ...now, paper, note: sent ?? now.note }
        const wanted = deps.noted(group)
        // Answers that were changed meanwhile come out next.
        const isOld = wanted !== null && !isSame(out.note, wanted)
        deps.note(clientRef, isOld ? again(out) : out)
      })
  }

  return {
    takeUp(): void {
      const { clientRef, ticket } = deps.current()
      if (clientRef === null) return
      if (ticket.state === 'asked') deps.note(clientRef, draw(clientRef, ticket.group))
      if (ticket.state !== 'issued' || printing) return
      if (ticket.paper.state === 'waiting') print(clientRef, ticket)
      const mended = ticket.paper.state === 'failed' && deps.printerReady()
      // A person's answers come out by touch alone: nobody may stand there any more.
      if (mended && deps.noted(ticket.group) === null && deps.mayTryAgain(ticket.number))
        deps.note(clientRef, again(ticket))
    },
  }
}
