import { and, not, or, setup, stateIn } from 'xstate'
import type { CoreEvent, SessionEvent } from './events.ts'
import { createGuards } from './guards.ts'
import { createOffer, type Forms } from './offer.ts'
import { createSteps } from './steps.ts'
import { defaultDisplay } from '../../shared/contract/index.ts'
import { emptyVisit, type Leaving, type SessionContext } from './visit.ts'

/** Type carrier for XState; it holds nothing at run time. */
const types: { context?: SessionContext; events?: SessionEvent } = {}

/** What comes of the core alone, and says nothing of anybody being there. */
const notOfTheCitizen: Readonly<
  Record<Exclude<CoreEvent['type'], 'scan' | 'card-early' | 'page-taken' | 'tick'>, object>
> = {
  filed: {},
  'not-kept': {},
  'chip-answer': {},
  'chip-laid': {},
  'access-answer': {},
  delivery: {},
  paper: {},
  receipted: {},
  receipt: {},
  sheet: {},
  ticket: {},
  news: {},
  'print-lost': {},
  'printer-mended': {},
  'choose-other': {},
  'draft-not-kept': {},
}

/**
 * The citizen's session as a statechart of three regions: the visit (which screen), presence (is
 * anybody there), and help. It is pure: no timers, no effects. The service feeds it events with
 * the time in them and looks at where it stands.
 */
export function createSessionMachine(forms: Forms) {
  const offer = createOffer(forms)

  /**
   * Whoever has answered something is asked what becomes of it, but not on a screen that nobody has
   * touched for long: "erase now" means now there.
   */
  const asksFirst = and(['isWorthKeeping', not(stateIn({ presence: 'warned' }))])
  const leaveFrom = (params: Leaving) =>
    ({ guard: asksFirst, target: 'leave', actions: { type: 'leaveFrom', params } }) as const
  const backTo = (params: Leaving) =>
    ({ guard: { type: 'isLeaving', params }, target: params, actions: 'stayHere' }) as const

  /** On from the check page, once nothing that is answered there is wrong or missing. */
  const onceChecked = <On extends object>(on: On) =>
    [
      { guard: 'isAtItsEnd', target: 'stop', actions: ['stop', 'changeAtStop'] },
      { guard: and(['isComplete', 'hasAllPapers']), ...on },
      { guard: 'isComplete', target: 'papers', actions: 'toFirstPaper' },
      { target: 'answer', actions: 'toFirstQuestion' },
    ] as const
  const toThumbPrint = onceChecked({ target: 'stop', actions: 'toThumbPrint' } as const)

  /** A screen that could be left lying open: anything but the first, and but the filing's moment. */
  const somebodyIsHere = and([
    or([not(stateIn({ visit: 'attract' })), stateIn({ help: 'open' })]),
    not(stateIn({ visit: 'submitting' })),
  ])

  /** On the way through a procedure, with nothing filed yet. */
  const isInProcedure = or([
    stateIn({ visit: 'prepare' }),
    stateIn({ visit: 'answer' }),
    stateIn({ visit: 'stop' }),
    stateIn({ visit: 'papers' }),
    stateIn({ visit: 'review' }),
    stateIn({ visit: 'declare' }),
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
        stateIn({ visit: 'access-number' }),
        stateIn({ visit: 'look-up' }),
        stateIn({ visit: 'card-part' }),
      ]),
      'isCard',
      not('isSameUnsureCard'),
    ]),
    and([
      or([
        stateIn({ visit: 'notice' }),
        stateIn({ visit: 'identify' }),
        stateIn({ visit: 'look-up' }),
      ]),
      'isSlip',
      not('isSameSlip'),
    ]),
    and([
      or([
        stateIn({ visit: 'notice' }),
        stateIn({ visit: 'identify' }),
        stateIn({ visit: 'look-up' }),
      ]),
      'isSheet',
      not('isSameSheet'),
    ]),
    and([stateIn({ visit: 'choose' }), 'isSheet', not('isChosenSheet')]),
    and([stateIn({ visit: 'answer' }), 'isNewCard']),
  ])

  /** A card that leads to the notice; one that lies there while it is read changes nothing. */
  const comesEarly = or([stateIn({ visit: 'attract' }), stateIn({ visit: 'look-up' })])

  return setup({
    types,
    actions: createSteps(offer),
    guards: createGuards(offer),
  }).createMachine({
    id: 'session',
    type: 'parallel',
    context: {
      visit: emptyVisit,
      display: defaultDisplay,
      agreed: null,
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
          'choose-other': { guard: isInProcedure, target: '.choose', actions: 'leaveProcedure' },
          // It goes on while the citizen does.
          sheet: { actions: 'noteSheet' },
          ticket: { guard: 'isTicketOfThisVisit', actions: 'noteTicket' },
          tick: {
            guard: and([stateIn({ presence: 'warned' }), 'hasNotAnswered']),
            target: '.attract',
          },
          // Of a filing before the one on the screen too, whatever screen that is.
          delivery: { guard: 'isFiledHere', actions: 'noteDelivery' },
          receipted: { guard: 'isFiledHere', actions: 'noteReceipted' },
          receipt: { guard: 'isFiledHere', actions: 'noteReceipt' },
          paper: { guard: 'isFiledHere', actions: 'notePaper' },
          'print-lost': { guard: 'isFiledHere', actions: 'reprintLost' },
          'printer-mended': { guard: 'hasPaperFailed', actions: 'reprintMended' },
        },
        states: {
          attract: {
            entry: 'erase',
            on: {
              start: { target: 'notice', actions: 'start' },
              'card-early': { target: 'notice', actions: 'beginEarly' },
              scan: [
                { guard: 'isSlip', target: 'look-up', actions: 'takeSlip' },
                { guard: 'isSheet', target: 'identify', actions: 'takeSheet' },
                { target: 'identify', actions: 'refuseScan' },
              ],
              finish: {},
              // Somebody who chose how it is drawn and spoken, and went without beginning.
              tick: [{ guard: 'hasLeft', actions: 'erase' }, {}],
            },
          },
          notice: {
            on: {
              'agree-notice': { target: 'identify', actions: 'agree' },
              'refuse-notice': 'declined',
              scan: [
                { guard: 'isSlip', target: 'look-up', actions: 'takeSlip' },
                { guard: 'isSheet', actions: 'takeSheet' },
              ],
              back: 'attract',
            },
          },
          declined: {
            on: {
              'take-number': { guard: 'mayTakeNumber', actions: 'askNumber' },
              reprint: { guard: 'isNumberSettled', actions: 'reprintTicket' },
              back: 'notice',
            },
          },
          identify: {
            always: { guard: not('hasAgreed'), target: 'notice' },
            on: {
              scan: [
                { guard: 'isUnsureCard', target: 'card-part', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
                { guard: 'isSlip', target: 'look-up', actions: 'takeSlip' },
                { guard: 'isSheet', actions: 'takeSheet' },
                { actions: 'refuseScan' },
              ],
              'open-chip': { target: 'access-number', actions: 'openAccess' },
              back: 'attract',
            },
          },
          'access-number': {
            on: {
              'give-access-number': { guard: 'takesNumber', actions: 'noteAccessGiven' },
              'access-answer': [
                { guard: and(['isAccessAnswer', 'isAccessRefused']), actions: 'takeAccessAnswer' },
                { guard: 'isAccessAnswer', target: 'confirm', actions: 'takeAccessAnswer' },
              ],
              // Whoever scans after all needs no number.
              scan: [
                { guard: 'isUnsureCard', target: 'card-part', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
              ],
              back: [{ guard: 'hasCard', target: 'confirm' }, { target: 'identify' }],
            },
          },
          'look-up': {
            on: {
              'card-early': { target: 'notice', actions: 'beginEarly' },
              scan: [
                { guard: 'isUnsureCard', target: 'card-part', actions: 'takeCard' },
                { guard: 'isCard', target: 'confirm', actions: 'takeCard' },
                // It still lies there; what was heard and printed stays.
                { guard: 'isSameSlip' },
                { guard: 'isSlip', actions: 'takeSlip' },
                { guard: 'isSheet', target: 'identify', actions: 'takeSheet' },
                { target: 'identify', actions: 'refuseScan' },
              ],
              news: { guard: 'isOfThisSlip', actions: 'noteNews' },
              'print-sheet': {
                guard: and(['mayPrintSheet', 'hasPrintableNews']),
                actions: 'startSheet',
              },
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
              'confirm-card': [
                {
                  guard: and([not('isChipOfAnother'), 'isKeptFor']),
                  target: 'resume',
                  actions: ['leaveChip', 'noteKept'],
                },
                {
                  guard: and([not('isChipOfAnother'), 'hasWanted']),
                  target: 'prepare',
                  actions: ['leaveChip', 'choose'],
                },
                { guard: not('isChipOfAnother'), target: 'choose', actions: 'leaveChip' },
              ],
              'chip-laid': { guard: 'isOfThisCard', actions: 'noteChipLaid' },
              'chip-answer': { guard: 'isOfThisCard', actions: 'takeChipAnswer' },
              'open-chip': {
                guard: 'isChipShut',
                target: 'access-number',
                actions: 'openAccess',
              },
              'reject-card': { target: 'identify', actions: 'forgetCard' },
              back: [
                { guard: 'hasUnsureParts', target: 'card-part', actions: 'toLastCardPart' },
                { target: 'identify', actions: 'forgetCard' },
              ],
            },
          },
          resume: {
            on: {
              'resume-draft': { guard: 'mayResume', target: 'prepare', actions: 'resumeDraft' },
              'begin-anew': [
                { guard: 'hasWanted', target: 'prepare', actions: ['dropKept', 'choose'] },
                { target: 'choose', actions: 'dropKept' },
              ],
              back: { target: 'confirm', actions: 'dropKept' },
            },
          },
          choose: {
            on: {
              choose: { guard: 'isFileable', target: 'prepare', actions: 'choose' },
              scan: [
                { guard: 'isChosenSheet' },
                { guard: 'isSheet', target: 'prepare', actions: 'choose' },
                { guard: 'isNewForeignSheet', actions: 'refuseScan' },
              ],
              back: 'confirm',
            },
          },
          prepare: {
            on: {
              finish: leaveFrom('prepare'),
              begin: [
                { guard: 'isAtItsEnd', target: 'stop', actions: 'stop' },
                { guard: 'isComplete', target: 'papers', actions: 'toFirstPaper' },
                { target: 'answer', actions: 'toFirstQuestion' },
              ],
              'print-sheet': { guard: 'mayPrintSheet', actions: 'startSheet' },
              back: 'choose',
            },
          },
          answer: {
            always: [
              { guard: 'isStopped', target: 'stop' },
              { guard: 'hasNoQuestionOpen', target: 'papers', actions: 'toFirstPaper' },
            ],
            on: {
              finish: leaveFrom('answer'),
              answer: { guard: 'isOnScreen', actions: 'answer' },
              scan: { actions: 'layCard' },
              'accept-card': { guard: 'hasCardOnScreen', actions: 'acceptCard' },
              'drop-card': { guard: 'hasCardOnScreen', actions: 'dropCard' },
              'drop-row': { actions: 'dropRow' },
              back: [
                { guard: 'isChanging', target: 'review', actions: 'leaveChange' },
                { guard: 'hasPrevious', actions: 'toPrevious' },
                { target: 'prepare', actions: 'leaveChange' },
              ],
            },
          },
          stop: {
            on: {
              // The paper is all that whoever gives a thumb-print takes along.
              finish: {
                ...leaveFrom('stop'),
                guard: and([asksFirst, 'isThumbPrint', not('isNoteOut')]),
              },
              back: [
                { guard: 'isThumbPrint', target: 'review', actions: 'leaveStop' },
                { guard: 'hasNoQuestionOpen', target: 'prepare', actions: 'leaveStop' },
                { target: 'answer', actions: 'leaveStop' },
              ],
              'take-ticket': { guard: 'mayTakeTicket', actions: 'askTicket' },
              reprint: { guard: 'isTicketSettled', actions: 'reprintTicket' },
              'do-instead': { guard: 'hasInstead', target: 'prepare', actions: 'doInstead' },
            },
          },
          papers: {
            always: { guard: 'hasNoPaperOpen', target: 'review' },
            on: {
              finish: leaveFrom('papers'),
              'page-taken': { guard: 'takesPage', actions: 'takePage' },
              'turn-page': { guard: 'isPageHere', actions: 'turnPage' },
              'drop-page': { guard: 'isPageHere', actions: 'dropPage' },
              'accept-paper': { guard: 'hasPage', actions: 'keepPaper' },
              'paper-at-counter': { actions: 'leavePaperToCounter' },
              back: [
                { guard: 'isChanging', target: 'review', actions: 'leavePapers' },
                { guard: 'hasPreviousPaper', actions: 'toPreviousPaper' },
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
              finish: leaveFrom('review'),
              change: { guard: 'isAsked', target: 'answer', actions: 'change' },
              'change-paper': { guard: 'isPaperDue', target: 'papers', actions: 'changePaper' },
              'thumb-print': toThumbPrint,
              'accept-review': onceChecked({ target: 'declare' } as const),
              back: [
                { guard: 'hasPapers', target: 'papers', actions: 'toLastPaper' },
                { guard: 'hasQuestions', target: 'answer', actions: 'toLastQuestion' },
                { target: 'prepare' },
              ],
            },
          },
          declare: {
            on: {
              finish: leaveFrom('declare'),
              declare: { target: 'submitting', actions: 'clearNotKept' },
              'thumb-print': toThumbPrint,
              // Whoever changes something has not declared what then stands there.
              change: { guard: 'isAsked', target: 'answer', actions: ['clearNotKept', 'change'] },
              'change-paper': {
                guard: 'isPaperDue',
                target: 'papers',
                actions: ['clearNotKept', 'changePaper'],
              },
              back: { target: 'review', actions: 'clearNotKept' },
            },
          },
          leave: {
            on: {
              'keep-draft': 'attract',
              'draft-not-kept': { actions: 'markNotKept' },
              back: [
                backTo('prepare'),
                backTo('answer'),
                backTo('stop'),
                backTo('papers'),
                backTo('review'),
                backTo('declare'),
              ],
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
              reprint: { guard: 'isPaperSettled', actions: 'reprint' },
              another: [
                {
                  guard: and(['mayFileAnother', 'isChosen']),
                  target: 'prepare',
                  actions: 'fileAnother',
                },
                { guard: 'mayFileAnother', target: 'choose', actions: 'fileAnother' },
              ],
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
              ...notOfTheCitizen,
              'card-early': [{ guard: comesEarly, actions: 'touch' }, {}],
              scan: [{ guard: takesScan, actions: 'touch' }, {}],
              '*': { actions: 'touch' },
            },
          },
          warned: {
            on: {
              tick: [{ guard: 'hasNotAnswered', target: 'active', actions: 'touch' }, {}],
              ...notOfTheCitizen,
              'card-early': [{ guard: comesEarly, target: 'active', actions: 'touch' }, {}],
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
