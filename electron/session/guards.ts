import type { Procedure } from '../../shared/forms/index.ts'
import { takesNumber } from './access-number.ts'
import { cardPartBefore } from './card-parts.ts'
import type { SessionEvent } from './events.ts'
import { filingsOf, mayFileAnother } from './filings-made.ts'
import { isWorthKeeping } from './kept-draft.ts'
import { cardOnScreen, isNewCard } from './laid-card.ts'
import { SESSION_LIMITS } from './limits.ts'
import type { Offer } from './offer.ts'
import { nextPaper, pagesOf, paperOf, papersDue, previousPaper, takesPage } from './paper-road.ts'
import { isPrintable } from './portal-news.ts'
import { asked, nextOpen, openBox, previous } from './road.ts'
import { stopPlace } from './stop-road.ts'
import { isNoteOut, isSettled, takesTicket, ticketFor } from './stop-ticket.ts'
import type { Leaving, SessionContext, Visit } from './visit.ts'

interface Moment {
  readonly context: SessionContext
  readonly event: SessionEvent
}

/** What the chart of the session asks before it moves, by the names that the chart uses. Pure. */
export function createGuards(offer: Offer) {
  /** False where no procedure is chosen. */
  const within =
    (holds: (procedure: Procedure, visit: Visit, event: SessionEvent) => boolean) =>
    ({ context: { visit }, event }: Moment): boolean => {
      const procedure = offer.of(visit)
      return procedure !== undefined && holds(procedure, visit, event)
    }

  return {
    ...scanned(offer),
    ...identified(),

    hasWanted: ({ context, event }: Moment) => offer.isFileable(context.visit.wanted, event.nowMs),
    isFileable: ({ event }: Moment) =>
      event.type === 'choose' && offer.isFileable(event.code, event.nowMs),
    isNewCard: within(
      (procedure, visit, event) => event.type === 'scan' && isNewCard(procedure, visit, event.code),
    ),
    hasCardOnScreen: ({ context }: Moment) => cardOnScreen(context.visit) !== null,
    isOnScreen: ({ context, event }: Moment) =>
      event.type === 'answer' && event.key === context.visit.at,
    hasNoQuestionOpen: ({ context }: Moment) => context.visit.at === null,
    isChanging: ({ context }: Moment) => context.visit.changing,
    isAsked: within(
      (procedure, visit, event) =>
        event.type === 'change' && openBox(procedure, visit, event.key) !== null,
    ),
    hasPrevious: within((procedure, visit) => previous(procedure, visit) !== null),
    hasQuestions: within((procedure, visit) => asked(procedure, visit).length > 0),
    isComplete: within((procedure, visit) => nextOpen(procedure, visit) === null),

    isThumbPrint: ({ context }: Moment) => context.visit.stopped?.why === 'thumb-print',
    isNoteOut: within(isNoteOut),
    isStopped: ({ context }: Moment) => context.visit.stopped !== null,
    isAtItsEnd: within((procedure, visit) => stopPlace(procedure, visit) !== null),
    hasInstead: within(
      (procedure, visit, event) => offer.insteadOf(procedure, visit, event.nowMs) !== null,
    ),

    mayTakeTicket: within(
      (procedure, visit, event) =>
        takesTicket(visit, procedure.group) && offer.leadsToCounter(procedure, visit, event.nowMs),
    ),
    isTicketSettled: within((procedure, visit) => {
      const ticket = ticketFor(visit, procedure.group)
      return ticket !== null && isSettled(ticket)
    }),
    mayTakeNumber: ({ context: { visit }, event }: Moment) =>
      event.type === 'take-number' &&
      offer.groups(event.nowMs).has(event.group) &&
      takesTicket(visit, event.group),
    isNumberSettled: ({ context: { visit } }: Moment) =>
      visit.ticket.state === 'issued' && isSettled(visit.ticket),
    isTicketOfThisVisit: ({ context, event }: Moment) =>
      event.type === 'ticket' && event.clientRef === context.visit.clientRef,

    hasAllPapers: within((procedure, visit) => nextPaper(procedure, visit) === null),
    hasNoPaperOpen: ({ context }: Moment) => context.visit.paperAt === null,
    hasPreviousPaper: within((procedure, visit) => previousPaper(procedure, visit) !== null),
    hasPapers: within((procedure, visit) => papersDue(procedure, visit).length > 0),
    hasPage: ({ context: { visit } }: Moment) => pagesOnScreen(visit).length > 0,
    isPageHere: ({ context: { visit }, event }: Moment) =>
      (event.type === 'turn-page' || event.type === 'drop-page') &&
      pagesOnScreen(visit).some(({ id }) => id === event.page),
    takesPage: ({ context: { visit }, event }: Moment) =>
      event.type === 'page-taken' &&
      takesPage(visit, event.component) &&
      !pagesOf(visit).includes(event.page),
    isPaperDue: within(
      (procedure, visit, event) =>
        event.type === 'change-paper' &&
        papersDue(procedure, visit).some(({ code }) => code === event.component),
    ),
    mayPrintSheet: ({ context: { visit } }: Moment) =>
      visit.sheet.state === 'none' || visit.sheet.state === 'failed',

    ...kept(offer),
    ...filed(offer),

    hasLeft: ({ context, event }: Moment) =>
      event.type === 'tick' &&
      (event.nowMs - context.lastTouchMs >= event.idleMs || event.nowMs < context.lastTouchMs),
    hasNotAnswered: ({ context, event }: Moment) =>
      event.nowMs - context.warnedAtMs >= SESSION_LIMITS.WARNING_MS ||
      event.nowMs < context.warnedAtMs,
  }
}

function pagesOnScreen(visit: Visit) {
  return visit.paperAt === null ? [] : paperOf(visit, visit.paperAt).pages
}

/** What was scanned, and whether it is new to this visit. */
function scanned(offer: Offer) {
  return {
    hasAgreed: ({ context }: Moment) => context.agreed !== null,
    // No card gets into a visit before the notice: the service keeps it out, and so does this.
    isCard: ({ context, event }: Moment) =>
      event.type === 'scan' && event.code.kind === 'id-card' && context.agreed !== null,
    isUnsureCard: ({ context, event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'id-card' &&
      context.agreed !== null &&
      event.code.card.unsure !== undefined,
    isSameUnsureCard: ({ context, event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'id-card' &&
      event.code.card.unsure !== undefined &&
      event.code.card.number === context.visit.card?.number,
    isSlip: ({ event }: Moment) => event.type === 'scan' && event.code.kind === 'slip',
    isSameSlip: ({ context, event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'slip' &&
      event.code.clientRef === context.visit.slip,
    isSheet: ({ event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'procedure' &&
      offer.isFileable(event.code.code, event.nowMs),
    isSameSheet: ({ context, event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'procedure' &&
      event.code.code === context.visit.wanted,
    // The sheet still lies there, and the citizen has come back to choose something else.
    isChosenSheet: ({ context, event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'procedure' &&
      event.code.code === context.visit.procedure,
    isNewForeignSheet: ({ context, event }: Moment) =>
      event.type === 'scan' &&
      event.code.kind === 'procedure' &&
      !offer.isFileable(event.code.code, event.nowMs) &&
      context.visit.scanProblem === null,
  }
}

/** Card, chip, access number and slip of whoever is here. */
function identified() {
  return {
    hasCard: ({ context }: Moment) => context.visit.card !== null,
    isCardWritten: ({ context }: Moment) => context.visit.cardPart === null,
    isFirstCardPart: ({ context }: Moment) => cardPartBefore(context.visit) === null,
    hasUnsureParts: ({ context }: Moment) => context.visit.card?.unsure !== undefined,
    isOfThisCard: ({ context, event }: Moment) =>
      (event.type === 'chip-laid' || event.type === 'chip-answer') &&
      event.number === context.visit.card?.number,
    isChipShut: ({ context }: Moment) => context.visit.chip.state === 'not-read',
    isChipOfAnother: ({ context }: Moment) => context.visit.chip.state === 'differs',
    takesNumber: ({ context }: Moment) => takesNumber(context.visit),
    isAccessAnswer: ({ context, event }: Moment) =>
      event.type === 'access-answer' &&
      event.clientRef === context.visit.clientRef &&
      context.visit.access.state === 'reading',
    isAccessRefused: ({ event }: Moment) =>
      event.type === 'access-answer' && event.answer.state === 'refused',
    isOfThisSlip: ({ context, event }: Moment) =>
      event.type === 'news' && event.slip === context.visit.slip,
    hasPrintableNews: ({ context }: Moment) => isPrintable(context.visit.news),
  }
}

/** What outlives a visit where the citizen says so. */
function kept(offer: Offer) {
  return {
    isKeptFor: ({ event }: Moment) => event.type === 'confirm-card' && event.kept !== null,
    mayResume: ({ context, event }: Moment) =>
      offer.forKept(context.visit, event.nowMs) !== undefined,
    isWorthKeeping: ({ context }: Moment) => isWorthKeeping(context.visit),
    isLeaving: ({ context }: Moment, from: Leaving) => context.visit.leaving === from,
  }
}

/** The filings that this visit has made, and whether it may make another. */
function filed(offer: Offer) {
  return {
    isFiledHere: ({ context, event }: Moment) =>
      'clientRef' in event &&
      filingsOf(context.visit).some(({ clientRef }) => clientRef === event.clientRef),
    hasPaperFailed: ({ context, event }: Moment) =>
      event.type === 'printer-mended' &&
      filingsOf(context.visit).some(
        ({ clientRef, filed: { paper } }) =>
          clientRef === event.clientRef && paper.state === 'failed',
      ),
    isPaperSettled: ({ context }: Moment) => {
      const state = context.visit.filed?.paper.state
      return state === 'printed' || state === 'unconfirmed' || state === 'failed'
    },
    mayFileAnother: ({ context, event }: Moment) =>
      event.type === 'another' &&
      mayFileAnother(context.visit) &&
      (event.code === null || offer.isFileable(event.code, event.nowMs)),
    isChosen: ({ event }: Moment) => event.type === 'another' && event.code !== null,
  }
}
