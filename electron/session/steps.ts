import { assign } from 'xstate'
import { changedDisplay, defaultDisplay } from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import type { Procedure } from '../../shared/forms/index.ts'
import { takeAccessAnswer } from './access-number.ts'
import { cardPartBefore, writeCardPart } from './card-parts.ts'
import { takeChipAnswer } from './chip-answer.ts'
import type { SessionEvent } from './events.ts'
import {
  anew,
  doInstead,
  fileAnother,
  forAnotherCard,
  withFiling,
  type Filed,
} from './filings-made.ts'
import { resumeDraft } from './kept-draft.ts'
import { acceptCard, dropCard, layCard } from './laid-card.ts'
import type { Offer } from './offer.ts'
import {
  addPage,
  dropPage,
  nextPaper,
  papersDue,
  previousPaper,
  settlePaper,
  turnPage,
} from './paper-road.ts'
import { asked, goOn, moveTo, previous, takeAnswer } from './road.ts'
import { leaveStop, stopHere, stopPlace } from './stop-road.ts'
import { again, withAnswers } from './stop-ticket.ts'
import { dropRow } from './table-road.ts'
import { emptyVisit, type Leaving, type SessionContext, type Visit } from './visit.ts'

type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>

const isOf = <Type extends SessionEvent['type']>(
  event: SessionEvent,
  type: Type,
): event is EventOf<Type> => event.type === type

function change(make: (context: SessionContext, event: SessionEvent) => Partial<SessionContext>) {
  return assign<SessionContext, SessionEvent, undefined, SessionEvent, never>(
    ({ context, event }) => make(context, event),
  )
}

/** A step that asks nothing of what happened. */
const step = (make: (visit: Visit) => Visit) => change(({ visit }) => ({ visit: make(visit) }))

/** What an event of one type makes of the visit; any other leaves it as it is. */
const on = <Type extends SessionEvent['type']>(
  type: Type,
  make: (visit: Visit, event: EventOf<Type>) => Visit,
) => change(({ visit }, event) => ({ visit: isOf(event, type) ? make(visit, event) : visit }))

/** What the chart of the session does to the visit, by the names that the chart uses. Pure. */
export function createSteps(offer: Offer) {
  /** A step within a procedure. */
  const within = (make: (procedure: Procedure, visit: Visit) => Visit) =>
    step((visit) => {
      const procedure = offer.of(visit)
      return procedure ? make(procedure, visit) : visit
    })

  const onWithin = <Type extends SessionEvent['type']>(
    type: Type,
    make: (procedure: Procedure, visit: Visit, event: EventOf<Type>) => Visit,
  ) =>
    on(type, (visit, event) => {
      const procedure = offer.of(visit)
      return procedure ? make(procedure, visit, event) : visit
    })

  return {
    touch: change((_, event) => ({ lastTouchMs: event.nowMs })),
    warn: change((_, event) => ({ warnedAtMs: event.nowMs })),
    erase: change(() => ({ visit: emptyVisit, display: defaultDisplay, agreed: null })),
    agree: change((_, event) => ({ agreed: isOf(event, 'agree-notice') ? event.edition : null })),
    beginEarly: on('card-early', (visit, { clientRef }) =>
      anew(visit, visit.clientRef ?? clientRef),
    ),
    setDisplay: change(({ display }, event) => ({
      display: event.type === 'display' ? changedDisplay(display, event.change) : display,
    })),
    ...identifying(),
    choose: change(({ visit }, event) => ({ visit: choose(offer, visit, event) })),

    // What was answered stays, for whoever chooses the same again.
    leaveProcedure: step((visit) => ({
      ...leaveStop(visit),
      at: null,
      laid: null,
      paperAt: null,
      changing: false,
      notKept: false,
    })),
    toFirstQuestion: within((procedure, visit) => goOn(procedure, { ...visit, changing: false })),
    answer: onWithin('answer', (procedure, visit, { key, value }) =>
      takeAnswer(procedure, visit, key, value),
    ),
    toPrevious: within((procedure, visit) =>
      moveTo(visit, previous(procedure, visit)?.key ?? null),
    ),
    toLastQuestion: within((procedure, visit) => ({
      ...moveTo(visit, asked(procedure, visit).at(-1)?.key ?? null),
      changing: false,
    })),
    change: on('change', (visit, { key }) => ({ ...moveTo(visit, key), changing: true })),
    leaveChange: step((visit) => ({ ...moveTo(visit, null), changing: false })),
    layCard: onWithin('scan', (procedure, visit, { code }) => layCard(procedure, visit, code)),
    acceptCard: within(acceptCard),
    dropCard: step(dropCard),
    dropRow: onWithin('drop-row', (procedure, visit, { row }) => dropRow(procedure, visit, row)),

    stop: within((procedure, visit) => {
      const place = stopPlace(procedure, visit)
      return place === null ? visit : stopHere(visit, place)
    }),
    // From the check page: whoever mends the answer comes back there.
    changeAtStop: step((visit) => ({ ...visit, changing: true })),
    leaveStop: step(leaveStop),
    toThumbPrint: within((procedure, visit) =>
      withAnswers(procedure, { ...visit, stopped: { why: 'thumb-print' }, notKept: false }),
    ),
    askTicket: within(({ group }, visit) => ({ ...visit, ticket: { state: 'asked', group } })),
    askNumber: on('take-number', (visit, { group }) => ({
      ...visit,
      ticket: { state: 'asked', group },
    })),
    noteTicket: on('ticket', (visit, { ticket }) => ({ ...visit, ticket })),
    reprintTicket: step((visit) => ({ ...visit, ticket: again(visit.ticket) })),
    doInstead: onWithin('do-instead', (procedure, visit, { nowMs }) => {
      const instead = offer.insteadOf(procedure, visit, nowMs)
      if (instead === null) return visit
      return doInstead(procedure, visit, { code: instead, day: localDate(nowMs) })
    }),

    toFirstPaper: within((procedure, visit) => ({
      ...visit,
      paperAt: nextPaper(procedure, visit),
      changing: false,
    })),
    toPreviousPaper: within((procedure, visit) => ({
      ...visit,
      paperAt: previousPaper(procedure, visit),
    })),
    toLastPaper: within((procedure, visit) => ({
      ...visit,
      paperAt: papersDue(procedure, visit).at(-1)?.code ?? null,
      changing: false,
    })),
    changePaper: on('change-paper', (visit, { component }) => ({
      ...visit,
      paperAt: component,
      changing: true,
    })),
    leavePapers: step((visit) => ({ ...visit, paperAt: null, changing: false })),
    takePage: on('page-taken', (visit, { component, page }) => addPage(visit, component, page)),
    turnPage: on('turn-page', (visit, { page }) => turnPage(visit, page)),
    dropPage: on('drop-page', (visit, { page }) => dropPage(visit, page)),
    keepPaper: within((procedure, visit) => settlePaper(procedure, visit, 'scanned')),
    leavePaperToCounter: within((procedure, visit) => settlePaper(procedure, visit, 'at-counter')),
    startSheet: step((visit) => ({ ...visit, sheet: { state: 'printing' } })),
    noteSheet: on('sheet', (visit, { sheet }) => ({ ...visit, sheet })),
    noteNews: on('news', (visit, { news }) => ({ ...visit, news })),

    ...keeping(offer),
    markNotKept: step((visit) => ({ ...visit, notKept: true })),
    clearNotKept: step((visit) => ({ ...visit, notKept: false })),
    ...filing(),
    fileAnother: onWithin('another', (procedure, visit, { clientRef, code, nowMs }) => {
      const other = fileAnother(procedure, visit, clientRef)
      return code === null ? other : { ...other, procedure: code, day: localDate(nowMs) }
    }),
  }
}

/** Whose visit it is: card, chip, slip or sheet. */
function identifying() {
  return {
    start: on('start', (_, { clientRef }) => ({ ...emptyVisit, clientRef })),
    takeCard: on('scan', (visit, { code, clientRef }) =>
      code.kind === 'id-card'
        ? {
            ...forAnotherCard(visit, visit.clientRef ?? clientRef),
            card: code.card,
            cardPart: code.card.unsure?.[0] ?? null,
          }
        : visit,
    ),
    forgetCard: step((visit) => forAnotherCard(visit)),
    writeCardPart: on('write-card-part', (visit, { part, text, nowMs }) =>
      writeCardPart(visit, part, text, nowMs),
    ),
    toLastCardPart: step((visit) => ({
      ...visit,
      cardPart: visit.card?.unsure?.at(-1) ?? null,
      refused: null,
    })),
    toPreviousCardPart: step((visit) => ({
      ...visit,
      cardPart: cardPartBefore(visit),
      refused: null,
    })),
    noteChipLaid: step((visit) => ({ ...visit, chip: { state: 'reading' } })),
    takeChipAnswer: on('chip-answer', (visit, { answer, nowMs }) =>
      takeChipAnswer(visit, answer, nowMs),
    ),
    // Nobody waits for a chip once the card is confirmed.
    leaveChip: step((visit) =>
      visit.chip.state === 'reading' ? { ...visit, chip: { state: 'none' } } : visit,
    ),
    openAccess: step((visit) => ({ ...visit, access: { ...visit.access, state: 'open' } })),
    noteAccessGiven: step((visit) => ({
      ...visit,
      access: { ...visit.access, state: 'reading' },
    })),
    takeAccessAnswer: on('access-answer', (visit, { answer, nowMs }) =>
      takeAccessAnswer(visit, answer, nowMs),
    ),
    refuseScan: on('scan', (visit, { code, clientRef }) =>
      code.kind === 'id-card' || code.kind === 'slip'
        ? visit
        : {
            ...visit,
            clientRef: visit.clientRef ?? clientRef,
            slip: null,
            scanProblem: code.kind,
          },
    ),
    takeSlip: on('scan', (visit, { code, clientRef }) =>
      code.kind === 'slip'
        ? { ...anew(visit, visit.clientRef ?? clientRef), slip: code.clientRef }
        : visit,
    ),
    takeSheet: on('scan', (visit, { code, clientRef }) =>
      code.kind === 'procedure'
        ? { ...anew(visit, visit.clientRef ?? clientRef), wanted: code.code }
        : visit,
    ),
  }
}

/** What becomes of the answers at the end of a visit, and of those that were kept before it. */
function keeping(offer: Offer) {
  return {
    noteKept: on('confirm-card', (visit, { kept }) => ({ ...visit, kept })),
    dropKept: step((visit) => ({ ...visit, kept: null })),
    resumeDraft: on('resume-draft', (visit, { nowMs }) => {
      const procedure = offer.forKept(visit, nowMs)
      return procedure ? resumeDraft(procedure, visit, nowMs) : visit
    }),
    leaveFrom: assign<SessionContext, SessionEvent, Leaving, SessionEvent, never>(
      ({ context: { visit } }, leaving) => ({ visit: { ...visit, leaving, notKept: false } }),
    ),
    stayHere: step((visit) => ({ ...visit, leaving: null, notKept: false })),
  }
}

/** News of one filing of this visit: the one on the screen, or one before it. */
function filing() {
  const printAgain = (visit: Visit, clientRef: string) =>
    withFiling(visit, clientRef, (filed) => ({
      ...filed,
      paper: { state: 'waiting' },
      reprint: true,
    }))
  return {
    keepFiled: on('filed', (visit, { filed }) => ({ ...visit, filed })),
    noteDelivery: on('delivery', (visit, { clientRef, delivery }) =>
      withFiling(visit, clientRef, (filed): Filed => ({ ...filed, delivery })),
    ),
    noteReceipted: on('receipted', (visit, { clientRef }) =>
      withFiling(visit, clientRef, (filed) => ({ ...filed, receipted: true })),
    ),
    noteReceipt: on('receipt', (visit, { clientRef, receipt }) =>
      withFiling(visit, clientRef, (filed) => ({ ...filed, receipt })),
    ),
    notePaper: on('paper', (visit, { clientRef, paper }) =>
      withFiling(visit, clientRef, (filed) => ({ ...filed, paper })),
    ),
    reprint: step((visit) => printAgain(visit, visit.clientRef ?? '')),
    reprintLost: on('print-lost', (visit, { clientRef }) => printAgain(visit, clientRef)),
    reprintMended: on('printer-mended', (visit, { clientRef }) => printAgain(visit, clientRef)),
  }
}

/** Chosen by touch, by the sheet under the scanner, or by the sheet that came before the card. */
function choose(offer: Offer, visit: Visit, event: SessionEvent): Visit {
  const code = chosenCode(visit, event)
  if (code === null) return visit
  const day = localDate(event.nowMs)
  // The version of another day has other questions.
  const same = visit.procedure === code && offer.of(visit) === offer.of({ procedure: code, day })
  return {
    ...visit,
    wanted: null,
    scanProblem: null,
    procedure: code,
    day,
    answers: same ? visit.answers : {},
    skipped: same ? visit.skipped : [],
    at: null,
    papers: same ? visit.papers : {},
    paperAt: null,
    sheet: same ? visit.sheet : { state: 'none' },
  }
}

function chosenCode(visit: Visit, event: SessionEvent): string | null {
  if (event.type === 'choose') return event.code
  if (event.type === 'scan') return event.code.kind === 'procedure' ? event.code.code : null
  return visit.wanted
}
