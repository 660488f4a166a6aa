import { and, assign, not, or, setup, stateIn } from 'xstate'
import type { CitizenAction, PaperOut, ReceiptOut } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/forms/definition.ts'
import type { ScannedCode } from '../identity/index.ts'
import { cardPartBefore, writeCardPart } from './card-parts.ts'
import { takeChipAnswer, type ChipAnswer } from './chip-answer.ts'
import { SESSION_LIMITS } from './limits.ts'
import {
  addPage,
  dropPage,
  nextPaper,
  paperOf,
  pagesOf,
  papersDue,
  previousPaper,
  settlePaper,
  takesPage,
  turnPage,
} from './paper-road.ts'
import { asked, goOn, nextOpen, previous, takeAnswer } from './road.ts'
import { defaultDisplay, emptyVisit, type SessionContext, type Visit } from './visit.ts'

type Filed = NonNullable<Visit['filed']>

/** What the core itself tells the session. */
export type CoreEvent =
  | { readonly type: 'scan'; readonly code: ScannedCode; readonly clientRef: string }
  /** The card of this number lies on the reader of chips, and is read. */
  | { readonly type: 'chip-laid'; readonly number: string }
  | { readonly type: 'chip-answer'; readonly number: string; readonly answer: ChipAnswer }
  /** A page of this paper was captured and lies sealed under `page`. */
  | { readonly type: 'page-taken'; readonly component: string; readonly page: string }
  /** The filing is durable; from here on the slip's promise holds. */
  | { readonly type: 'filed'; readonly filed: Filed }
  | { readonly type: 'not-kept' }
  | { readonly type: 'delivery'; readonly delivery: Filed['delivery'] }
  | { readonly type: 'paper'; readonly paper: PaperOut }
  /** The core died in mid-print. */
  | { readonly type: 'print-lost' }
  /** The fault that stopped the paper is mended. */
  | { readonly type: 'printer-mended' }
  /** The receipt has gone to the A4 tray. */
  | { readonly type: 'receipted' }
  /** News of the receipt at the page printer. */
  | { readonly type: 'receipt'; readonly receipt: ReceiptOut }
  | { readonly type: 'tick' }

/** A touch, or a fact, with the moment at which the core saw it. `start` brings a fresh reference. */
export type SessionEvent = (
  | Exclude<CitizenAction, { type: 'start' }>
  | { readonly type: 'start'; readonly clientRef: string }
  | CoreEvent
) & { readonly nowMs: number }

/** Type carrier for XState; it holds nothing at run time. */
const types: { context?: SessionContext; events?: SessionEvent } = {}

/**
 * The citizen's session as a statechart of three regions: the visit (which screen), presence (is
 * anybody there), and help. It is pure: no timers, no effects. The service feeds it events with
 * the time in them and looks at where it stands.
 */
export function createSessionMachine(procedures: ReadonlyMap<string, Procedure>) {
  const procedureOf = (visit: Visit) => procedures.get(visit.procedure ?? '')

  /** A screen that could be left lying open: anything but the first, and but the filing's moment. */
  const somebodyIsHere = and([
    or([not(stateIn({ visit: 'attract' })), stateIn({ help: 'open' })]),
    not(stateIn({ visit: 'submitting' })),
  ])

  /**
   * A scan that leads on. What lies forgotten under a scanner is read again and again, well or
   * badly, and says nothing of anybody being there.
   */
  const takesScan = or([
    stateIn({ visit: 'attract' }),
    and([
      or([
        stateIn({ visit: 'identify' }),
        stateIn({ visit: 'look-up' }),
        stateIn({ visit: 'card-part' }),
      ]),
      'isCard',
      not('isSameUnsureCard'),
    ]),
    and([
      or([stateIn({ visit: 'identify' }), stateIn({ visit: 'look-up' })]),
      'isSlip',
      not('isSameSlip'),
    ]),
  ])

  return setup({
    types,
    actions: {
      touch: assign({ lastTouchMs: ({ event }) => event.nowMs }),
      warn: assign({ warnedAtMs: ({ event }) => event.nowMs }),
      erase: assign({ visit: emptyVisit, display: defaultDisplay }),
      setDisplay: assign({
        display: ({ context, event }) =>
          event.type === 'display' ? event.display : context.display,
      }),
      start: assign({
        visit: ({ context, event }) =>
          event.type === 'start' ? { ...emptyVisit, clientRef: event.clientRef } : context.visit,
      }),
      takeCard: assign({
        visit: ({ context, event }) =>
          event.type === 'scan' && event.code.kind === 'id-card'
            ? {
                ...emptyVisit,
                clientRef: context.visit.clientRef ?? event.clientRef,
                card: event.code.card,
                cardPart: event.code.card.unsure?.[0] ?? null,
              }
            : context.visit,
      }),
      writeCardPart: assign({
        visit: ({ context, event }) =>
          event.type === 'write-card-part'
            ? writeCardPart(context.visit, event.part, event.text, event.nowMs)
            : context.visit,
      }),
      noteChipLaid: assign({
        visit: ({ context }) => ({ ...context.visit, chip: { state: 'reading' } }),
      }),
      takeChipAnswer: assign({
        visit: ({ context, event }) =>
          event.type === 'chip-answer'
            ? takeChipAnswer(context.visit, event.answer, event.nowMs)
            : context.visit,
      }),
      // Nobody waits for a chip once the card is confirmed.
      leaveChip: assign({
        visit: ({ context }) =>
          context.visit.chip.state === 'reading'
            ? { ...context.visit, chip: { state: 'none' } }
            : context.visit,
      }),
      toLastCardPart: assign({
        visit: ({ context }) => ({
          ...context.visit,
          cardPart: context.visit.card?.unsure?.at(-1) ?? null,
          refused: null,
        }),
      }),
      toPreviousCardPart: assign({
        visit: ({ context }) => ({
          ...context.visit,
          cardPart: cardPartBefore(context.visit),
          refused: null,
        }),
      }),
      refuseScan: assign({
        visit: ({ context, event }) =>
          event.type === 'scan' && event.code.kind !== 'id-card' && event.code.kind !== 'slip'
            ? {
                ...context.visit,
                clientRef: context.visit.clientRef ?? event.clientRef,
                slip: null,
                scanProblem: event.code.kind,
              }
            : context.visit,
      }),
      takeSlip: assign({
        visit: ({ context, event }) =>
          event.type === 'scan' && event.code.kind === 'slip'
            ? {
                ...emptyVisit,
                clientRef: context.visit.clientRef ?? event.clientRef,
                slip: event.code.clientRef,
              }
            : context.visit,
      }),
      forgetCard: assign({
        visit: ({ context }) => ({ ...emptyVisit, clientRef: context.visit.clientRef }),
      }),
      choose: assign({
        visit: ({ context, event }) => {
          if (event.type !== 'choose') return context.visit
          const same = context.visit.procedure === event.code
          return {
            ...context.visit,
            procedure: event.code,
            answers: same ? context.visit.answers : {},
            skipped: same ? context.visit.skipped : [],
            at: null,
            papers: same ? context.visit.papers : {},
            paperAt: null,
          }
        },
      }),
      toFirstQuestion: assign({
        visit: ({ context }) => {
          const procedure = procedureOf(context.visit)
          if (!procedure) return context.visit
          return goOn(procedure, { ...context.visit, changing: false })
        },
      }),
      answer: assign({
        visit: ({ context, event }) => {
          const procedure = procedureOf(context.visit)
          if (!procedure || event.type !== 'answer') return context.visit
          return takeAnswer(procedure, context.visit, event.key, event.value, event.nowMs)
        },
      }),
      toPrevious: assign({
        visit: ({ context }) => {
          const procedure = procedureOf(context.visit)
          const field = procedure ? previous(procedure, context.visit) : null
          return { ...context.visit, at: field?.key ?? null, refused: null }
        },
      }),
      toLastQuestion: assign({
        visit: ({ context }) => {
          const procedure = procedureOf(context.visit)
          const last = procedure ? asked(procedure, context.visit).at(-1) : undefined
          return { ...context.visit, at: last?.key ?? null, changing: false }
        },
      }),
      toFirstPaper: assign({
        visit: ({ context }) => {
          const procedure = procedureOf(context.visit)
          const first = procedure ? nextPaper(procedure, context.visit) : null
          return { ...context.visit, paperAt: first, changing: false }
        },
      }),
      toPreviousPaper: assign({
        visit: ({ context }) => {
          const procedure = procedureOf(context.visit)
          const before = procedure ? previousPaper(procedure, context.visit) : null
          return { ...context.visit, paperAt: before }
        },
      }),
      toLastPaper: assign({
        visit: ({ context }) => {
          const procedure = procedureOf(context.visit)
          const last = procedure ? papersDue(procedure, context.visit).at(-1) : undefined
          return { ...context.visit, paperAt: last?.code ?? null, changing: false }
        },
      }),
      changePaper: assign({
        visit: ({ context, event }) =>
          event.type === 'change-paper'
            ? { ...context.visit, paperAt: event.component, changing: true }
            : context.visit,
      }),
      leavePapers: assign({
        visit: ({ context }) => ({ ...context.visit, paperAt: null, changing: false }),
      }),
      takePage: assign({
        visit: ({ context, event }) =>
          event.type === 'page-taken'
            ? addPage(context.visit, event.component, event.page)
            : context.visit,
      }),
      turnPage: assign({
        visit: ({ context, event }) =>
          event.type === 'turn-page' ? turnPage(context.visit, event.page) : context.visit,
      }),
      dropPage: assign({
        visit: ({ context, event }) =>
          event.type === 'drop-page' ? dropPage(context.visit, event.page) : context.visit,
      }),
      settlePaper: assign({
        visit: ({ context, event }) => {
          const procedure = procedureOf(context.visit)
          if (!procedure) return context.visit
          const settled = event.type === 'accept-paper' ? 'scanned' : 'at-counter'
          return settlePaper(procedure, context.visit, settled)
        },
      }),
      change: assign({
        visit: ({ context, event }) =>
          event.type === 'change'
            ? { ...context.visit, at: event.key, changing: true, refused: null }
            : context.visit,
      }),
      leaveChange: assign({
        visit: ({ context }) => ({ ...context.visit, at: null, changing: false, refused: null }),
      }),
      markNotKept: assign({ visit: ({ context }) => ({ ...context.visit, notKept: true }) }),
      clearNotKept: assign({ visit: ({ context }) => ({ ...context.visit, notKept: false }) }),
      keepFiled: assign({
        visit: ({ context, event }) =>
          event.type === 'filed' ? { ...context.visit, filed: event.filed } : context.visit,
      }),
      noteDelivery: assign({
        visit: ({ context, event }) =>
          event.type === 'delivery' && context.visit.filed
            ? { ...context.visit, filed: { ...context.visit.filed, delivery: event.delivery } }
            : context.visit,
      }),
      noteReceipted: assign({
        visit: ({ context }) =>
          context.visit.filed
            ? { ...context.visit, filed: { ...context.visit.filed, receipted: true } }
            : context.visit,
      }),
      noteReceipt: assign({
        visit: ({ context, event }) =>
          event.type === 'receipt' && context.visit.filed
            ? { ...context.visit, filed: { ...context.visit.filed, receipt: event.receipt } }
            : context.visit,
      }),
      notePaper: assign({
        visit: ({ context, event }) =>
          event.type === 'paper' && context.visit.filed
            ? { ...context.visit, filed: { ...context.visit.filed, paper: event.paper } }
            : context.visit,
      }),
      reprint: assign({
        visit: ({ context }) =>
          context.visit.filed
            ? {
                ...context.visit,
                filed: { ...context.visit.filed, paper: { state: 'waiting' }, reprint: true },
              }
            : context.visit,
      }),
    },
    guards: {
      isCard: ({ event }) => event.type === 'scan' && event.code.kind === 'id-card',
      isUnsureCard: ({ event }) =>
        event.type === 'scan' &&
        event.code.kind === 'id-card' &&
        event.code.card.unsure !== undefined,
      isSameUnsureCard: ({ context, event }) =>
        event.type === 'scan' &&
        event.code.kind === 'id-card' &&
        event.code.card.unsure !== undefined &&
        event.code.card.number === context.visit.card?.number,
      isOfThisCard: ({ context, event }) =>
        (event.type === 'chip-laid' || event.type === 'chip-answer') &&
        event.number === context.visit.card?.number,
      isChipOfAnother: ({ context }) => context.visit.chip.state === 'differs',
      isCardWritten: ({ context }) => context.visit.cardPart === null,
      isFirstCardPart: ({ context }) => cardPartBefore(context.visit) === null,
      hasUnsureParts: ({ context }) => context.visit.card?.unsure !== undefined,
      isSlip: ({ event }) => event.type === 'scan' && event.code.kind === 'slip',
      isSameSlip: ({ context, event }) =>
        event.type === 'scan' &&
        event.code.kind === 'slip' &&
        event.code.clientRef === context.visit.slip,
      isFileable: ({ event }) => event.type === 'choose' && procedures.has(event.code),
      isOnScreen: ({ context, event }) => event.type === 'answer' && event.key === context.visit.at,
      isComplete: ({ context }) => {
        const procedure = procedureOf(context.visit)
        return procedure !== undefined && nextOpen(procedure, context.visit) === null
      },
      hasAllPapers: ({ context }) => {
        const procedure = procedureOf(context.visit)
        return procedure !== undefined && nextPaper(procedure, context.visit) === null
      },
      hasNoPaperOpen: ({ context }) => context.visit.paperAt === null,
      isFirstPaper: ({ context }) => {
        const procedure = procedureOf(context.visit)
        return procedure === undefined || previousPaper(procedure, context.visit) === null
      },
      hasPapers: ({ context }) => {
        const procedure = procedureOf(context.visit)
        return procedure !== undefined && papersDue(procedure, context.visit).length > 0
      },
      hasPage: ({ context }) =>
        context.visit.paperAt !== null &&
        paperOf(context.visit, context.visit.paperAt).pages.length > 0,
      isPageHere: ({ context, event }) =>
        (event.type === 'turn-page' || event.type === 'drop-page') &&
        context.visit.paperAt !== null &&
        paperOf(context.visit, context.visit.paperAt).pages.some(({ id }) => id === event.page),
      takesPage: ({ context, event }) =>
        event.type === 'page-taken' &&
        takesPage(context.visit, event.component) &&
        !pagesOf(context.visit).includes(event.page),
      isPaperDue: ({ context, event }) => {
        const procedure = procedureOf(context.visit)
        return (
          procedure !== undefined &&
          event.type === 'change-paper' &&
          papersDue(procedure, context.visit).some(({ code }) => code === event.component)
        )
      },
      hasNoQuestionOpen: ({ context }) => context.visit.at === null,
      isChanging: ({ context }) => context.visit.changing,
      isAsked: ({ context, event }) => {
        const procedure = procedureOf(context.visit)
        return (
          procedure !== undefined &&
          event.type === 'change' &&
          asked(procedure, context.visit).some((field) => field.key === event.key)
        )
      },
      isFirst: ({ context }) => {
        const procedure = procedureOf(context.visit)
        return procedure === undefined || previous(procedure, context.visit) === null
      },
      hasQuestions: ({ context }) => {
        const procedure = procedureOf(context.visit)
        return procedure !== undefined && asked(procedure, context.visit).length > 0
      },
      isPaperSettled: ({ context }) => {
        const state = context.visit.filed?.paper.state
        return state === 'printed' || state === 'unconfirmed' || state === 'failed'
      },
      hasPaperFailed: ({ context }) => context.visit.filed?.paper.state === 'failed',
      hasLeft: ({ context, event }) =>
        event.nowMs - context.lastTouchMs >= SESSION_LIMITS.IDLE_MS ||
        event.nowMs < context.lastTouchMs,
      hasNotAnswered: ({ context, event }) =>
        event.nowMs - context.warnedAtMs >= SESSION_LIMITS.WARNING_MS ||
        event.nowMs < context.warnedAtMs,
    },
  }).createMachine({
    id: 'session',
    type: 'parallel',
    context: {
      visit: emptyVisit,
      display: defaultDisplay,
      lastTouchMs: 0,
      warnedAtMs: 0,
    },
    states: {
      visit: {
        initial: 'attract',
        on: {
          finish: '.attract',
          // Here and not at the root: the presence region takes every event before the root does.
          display: { actions: 'setDisplay' },
          tick: {
            guard: and([stateIn({ presence: 'warned' }), 'hasNotAnswered']),
            target: '.attract',
          },
        },
        states: {
          attract: {
            entry: 'erase',
            on: {
              start: { target: 'identify', actions: 'start' },
              scan: [
                { guard: 'isUnsureCard', target: 'card-part', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
                { guard: 'isSlip', target: 'look-up', actions: 'takeSlip' },
                { target: 'identify', actions: 'refuseScan' },
              ],
              finish: {},
              tick: {},
            },
          },
          identify: {
            on: {
              scan: [
                { guard: 'isUnsureCard', target: 'card-part', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
                { guard: 'isSlip', target: 'look-up', actions: 'takeSlip' },
                { actions: 'refuseScan' },
              ],
              back: 'attract',
            },
          },
          'look-up': {
            on: {
              scan: [
                { guard: 'isUnsureCard', target: 'card-part', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
                { guard: 'isSlip', actions: 'takeSlip' },
                { target: 'identify', actions: 'refuseScan' },
              ],
            },
          },
          'card-part': {
            always: { guard: 'isCardWritten', target: 'confirm' },
            on: {
              'write-card-part': { actions: 'writeCardPart' },
              'chip-laid': { guard: 'isOfThisCard', actions: 'noteChipLaid' },
              'chip-answer': { guard: 'isOfThisCard', actions: 'takeChipAnswer' },
              // A card that another scanner reads whole, or another person's.
              scan: [
                // What the citizen has written stays.
                { guard: 'isSameUnsureCard' },
                { guard: 'isUnsureCard', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
              ],
              back: [
                { guard: 'isFirstCardPart', target: 'identify', actions: 'forgetCard' },
                { actions: 'toPreviousCardPart' },
              ],
            },
          },
          confirm: {
            on: {
              'confirm-card': {
                guard: not('isChipOfAnother'),
                target: 'choose',
                actions: 'leaveChip',
              },
              'chip-laid': { guard: 'isOfThisCard', actions: 'noteChipLaid' },
              'chip-answer': { guard: 'isOfThisCard', actions: 'takeChipAnswer' },
              'reject-card': { target: 'identify', actions: 'forgetCard' },
              back: [
                { guard: 'hasUnsureParts', target: 'card-part', actions: 'toLastCardPart' },
                { target: 'identify', actions: 'forgetCard' },
              ],
            },
          },
          choose: {
            on: {
              choose: { guard: 'isFileable', target: 'prepare', actions: 'choose' },
              back: 'confirm',
            },
          },
          prepare: {
            on: {
              begin: [
                { guard: 'isComplete', target: 'papers', actions: 'toFirstPaper' },
                { target: 'answer', actions: 'toFirstQuestion' },
              ],
              back: 'choose',
            },
          },
          answer: {
            always: { guard: 'hasNoQuestionOpen', target: 'papers', actions: 'toFirstPaper' },
            on: {
              answer: { guard: 'isOnScreen', actions: 'answer' },
              back: [
                { guard: 'isChanging', target: 'review', actions: 'leaveChange' },
                { guard: 'isFirst', target: 'prepare', actions: 'leaveChange' },
                { actions: 'toPrevious' },
              ],
            },
          },
          papers: {
            always: { guard: 'hasNoPaperOpen', target: 'review' },
            on: {
              'page-taken': { guard: 'takesPage', actions: 'takePage' },
              'turn-page': { guard: 'isPageHere', actions: 'turnPage' },
              'drop-page': { guard: 'isPageHere', actions: 'dropPage' },
              'accept-paper': { guard: 'hasPage', actions: 'settlePaper' },
              'paper-at-counter': { actions: 'settlePaper' },
              back: [
                { guard: 'isChanging', target: 'review', actions: 'leavePapers' },
                { guard: not('isFirstPaper'), actions: 'toPreviousPaper' },
                {
                  guard: 'hasQuestions',
                  target: 'answer',
                  actions: ['leavePapers', 'toLastQuestion'],
                },
                { target: 'prepare', actions: 'leavePapers' },
              ],
            },
          },
          review: {
            on: {
              change: { guard: 'isAsked', target: 'answer', actions: 'change' },
              'change-paper': { guard: 'isPaperDue', target: 'papers', actions: 'changePaper' },
              'accept-review': [
                { guard: and(['isComplete', 'hasAllPapers']), target: 'declare' },
                { guard: 'isComplete', target: 'papers', actions: 'toFirstPaper' },
                { target: 'answer', actions: 'toFirstQuestion' },
              ],
              back: [
                { guard: 'hasPapers', target: 'papers', actions: 'toLastPaper' },
                { guard: 'hasQuestions', target: 'answer', actions: 'toLastQuestion' },
                { target: 'prepare' },
              ],
            },
          },
          declare: {
            on: {
              declare: { target: 'submitting', actions: 'clearNotKept' },
              back: { target: 'review', actions: 'clearNotKept' },
            },
          },
          submitting: {
            on: {
              filed: { target: 'done', actions: 'keepFiled' },
              'not-kept': { target: 'declare', actions: 'markNotKept' },
              // A filing under way is finished first; it is a matter of milliseconds.
              finish: {},
              tick: {},
            },
          },
          done: {
            on: {
              delivery: { actions: 'noteDelivery' },
              receipted: { actions: 'noteReceipted' },
              receipt: { actions: 'noteReceipt' },
              'print-lost': { actions: 'reprint' },
              'printer-mended': { guard: 'hasPaperFailed', actions: 'reprint' },
              paper: { actions: 'notePaper' },
              reprint: { guard: 'isPaperSettled', actions: 'reprint' },
            },
          },
        },
      },
      presence: {
        initial: 'active',
        states: {
          active: {
            on: {
              tick: [
                { guard: and([somebodyIsHere, 'hasLeft']), target: 'warned', actions: 'warn' },
                // A timer that was early; `*` takes whatever is not taken here.
                { guard: somebodyIsHere },
              ],
              filed: {},
              'not-kept': {},
              'chip-answer': {},
              'chip-laid': {},
              delivery: {},
              paper: {},
              receipted: {},
              receipt: {},
              'print-lost': {},
              'printer-mended': {},
              scan: [{ guard: takesScan, actions: 'touch' }, {}],
              '*': { actions: 'touch' },
            },
          },
          warned: {
            on: {
              tick: [{ guard: 'hasNotAnswered', target: 'active', actions: 'touch' }, {}],
              filed: {},
              'not-kept': {},
              'chip-answer': {},
              'chip-laid': {},
              delivery: {},
              paper: {},
              receipted: {},
              receipt: {},
              'print-lost': {},
              'printer-mended': {},
              scan: [{ guard: takesScan, target: 'active', actions: 'touch' }, {}],
              '*': { target: 'active', actions: 'touch' },
            },
          },
        },
      },
      help: {
        initial: 'closed',
        states: {
          closed: { on: { 'call-help': 'open' } },
          open: {
            on: {
              'end-help': 'closed',
              finish: 'closed',
              tick: {
                guard: and([stateIn({ presence: 'warned' }), 'hasNotAnswered']),
                target: 'closed',
              },
            },
          },
        },
      },
    },
  })
}
