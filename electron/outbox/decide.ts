import { unreachable } from '../../shared/domain/result.ts'
import type {
  FieldProblem,
  PortalCapabilities,
  Receipt,
  Refusal,
  SendOutcome,
  StatusOutcome,
} from '../portal/index.ts'
import { retryDelayMs } from './backoff.ts'
import { wasAnswered } from './breaker.ts'
import type { Job } from './line.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { SubmissionState } from './submission.ts'

/**
 * The states of a filing and what moves it (delivery states of the outbox). Everything here is
 * pure; `queue.ts` commits what is decided here, and nothing else moves a filing.
 *
 * | From        | What happens                                      | To                          |
 * |-------------|---------------------------------------------------|-----------------------------|
 * | QUEUED      | it has papers, and their upload begins            | UPLOADING                   |
 * | UPLOADING   | all papers are complete / the portal refuses one  | READY / NEEDS_STAFF         |
 * | QUEUED, READY | committed before the first byte goes out        | SENDING                     |
 * | SENDING     | verified receipt                                  | ACCEPTED                    |
 * | SENDING     | surely not taken (not sent, 429, 503, a hold)     | READY                       |
 * | SENDING     | lost, time-out, 5xx, garbage, 409 in-progress, restart | IN_DOUBT               |
 * | SENDING     | 202 / refused                                     | PROCESSING / NEEDS_STAFF    |
 * | SENDING     | refused, because papers are not what they should be | UPLOADING, a few times    |
 * | IN_DOUBT    | the portal answers a question                     | ACCEPTED, PROCESSING, NEEDS_STAFF; READY if it is absent |
 * | IN_DOUBT    | the portal cannot be asked, but a replay is safe  | SENDING                     |
 * | IN_DOUBT    | neither                                           | NEEDS_STAFF(doubt)          |
 * | PROCESSING  | the portal answers a question                     | ACCEPTED, NEEDS_STAFF       |
 * | NEEDS_STAFF | an officer decides (`decide-staff.ts`)            | READY, IN_DOUBT, ERASED     |
 * | ACCEPTED    | contents and keys are destroyed                   | ERASED                      |
 * | ACCEPTED    | its contents are kept a while, and the portal loses it meanwhile | NEEDS_STAFF  |
 *
 * A filing without papers is as good as READY from the start: it goes from QUEUED to SENDING, and
 * saves the commit (and the fsync) of a step that would say nothing. From the first attempt on it
 * returns to READY. What would be READY while a paper is missing is QUEUED instead: a filing that
 * was rebuilt from its envelope does not know how far its uploads had come.
 */
export type Step = {
  readonly to: SubmissionState
  /** From now until its next turn, in milliseconds. */
  readonly afterMs: number
  /** A stable code for row and journal. */
  readonly reason: string
  /** The portal's problem type, where it gave one. */
  readonly problem: string | null
  /** What the portal found wrong, for an officer: pointers and codes. */
  readonly fields: readonly FieldProblem[]
  /** With `ACCEPTED`, and only then. */
  readonly receipt: Receipt | null
  /** The failure was this filing's own, as far as can be told. */
  readonly isItemFailure: boolean
  /** The attempt does not count: nothing of the filing was looked at. */
  readonly isUncounted: boolean
  /** Papers that the portal wants once more, by id; null for none. */
  readonly papersAgain: readonly string[] | null
}

/** A state from which bytes may go out. */
export type SendableState = 'QUEUED' | 'READY' | 'IN_DOUBT'
/** A state in which the portal is asked. */
export type AskedState = 'IN_DOUBT' | 'PROCESSING'

/** What is known of a filing when an attempt at it ends. */
export type SendContext = {
  /** Where it was before `SENDING`. */
  readonly from: SendableState
  /** This one included. */
  readonly attempts: number
  /** This one not included. */
  readonly itemFailures: number
  /** Other filings accepted since this one was first tried. */
  readonly othersAccepted: number
  readonly capabilities: Pick<PortalCapabilities, 'replaySafe' | 'statusByRef' | 'resumableUpload'>
  /** In [0, 1). */
  readonly random: number
}

/** What is known of a filing when the portal has been asked about it. */
export type StatusContext = Omit<SendContext, 'from'> & {
  readonly from: AskedState
  /** Questions about it since it was last sent, this one not included. */
  readonly asks: number
}

/** What becomes of a filing after an attempt to send it. */
export function afterSend(outcome: SendOutcome, context: SendContext): Step {
  const { from, attempts, random } = context
  const later = retryDelayMs(attempts, random)
  // A replay that did not arrive says nothing about the attempt that left the doubt.
  const back: SubmissionState = from === 'IN_DOUBT' ? 'IN_DOUBT' : 'READY'
  const reason = codeOfSend(outcome)
  switch (outcome.kind) {
    case 'accepted':
      return step('ACCEPTED', 0, 'receipt', { receipt: outcome.receipt })
    case 'processing':
      return context.capabilities.statusByRef
        ? step('PROCESSING', waitMs(outcome.pollAfterMs), reason)
        : inDoubt(context, waitMs(outcome.pollAfterMs), reason)
    case 'refused':
      return papersAgain(outcome, context) ?? refused(outcome)
    case 'wait':
      return outcome.scope === 'portal'
        ? step(back, waitMs(outcome.ms), reason)
        : inDoubt(context, waitMs(outcome.ms), reason)
    case 'not-sent':
      return step(back, later, reason, { isUncounted: true })
    case 'hold':
      // The breaker keeps it back, not its own time.
      return step(back, 0, reason, { isUncounted: true })
    case 'in-doubt': {
      const asked = outcome.retryAfterMs === undefined ? 0 : waitMs(outcome.retryAfterMs)
      const wait = Math.max(asked, doubtDelayMs(context))
      return inDoubt(context, wait, reason, outcome.answered)
    }
    case 'not-the-portal':
      return inDoubt(context, doubtDelayMs(context), reason)
    default:
      return unreachable(outcome)
  }
}

/** What becomes of a filing that the portal was asked about. */
export function afterStatus(outcome: StatusOutcome, context: StatusContext): Step {
  const { from, attempts, asks, random } = context
  const later = retryDelayMs(asks + 1, random)
  switch (outcome.kind) {
    case 'accepted':
      return step('ACCEPTED', 0, 'receipt', { receipt: outcome.receipt })
    case 'processing':
      // A portal that takes weeks is not asked every five seconds for all of them.
      return step('PROCESSING', Math.max(waitMs(outcome.pollAfterMs), later), 'processing')
    case 'absent':
      return from === 'IN_DOUBT'
        ? step('READY', retryDelayMs(attempts, random), 'absent')
        : step('NEEDS_STAFF', 0, 'vanished')
    case 'withdrawn':
      return step('NEEDS_STAFF', 0, 'withdrawn-at-portal')
    case 'refused':
      return refused(outcome)
    case 'unknown': {
      const isItemFailure = wasAnswered(outcome.cause)
      if (isItemFailure && isPoison(context)) return poison
      return step(from, later, `unknown-${outcome.cause}`, { isItemFailure })
    }
    case 'wait':
      return step(from, waitMs(outcome.ms), 'wait')
    case 'hold':
      return step(from, 0, `hold-${outcome.cause}`)
    default:
      return unreachable(outcome)
  }
}

/**
 * What becomes of a filing when the core starts, or when the portal can do less than before; null
 * where it stays as it is. Whatever was being sent may have arrived.
 */
export function afterRestart(
  state: SubmissionState,
  capabilities: SendContext['capabilities'],
): Step | null {
  const canBeCleared = capabilities.statusByRef || capabilities.replaySafe
  switch (state) {
    case 'SENDING':
      return canBeCleared ? step('IN_DOUBT', 0, 'interrupted') : doubt
    case 'IN_DOUBT':
      return canBeCleared ? null : doubt
    case 'PROCESSING':
      if (capabilities.statusByRef) return null
      return capabilities.replaySafe ? step('IN_DOUBT', 0, 'interrupted') : doubt
    case 'QUEUED':
    case 'UPLOADING':
    case 'READY':
    case 'NEEDS_STAFF':
    case 'ACCEPTED':
    case 'ERASED':
      return null
    default:
      return unreachable(state)
  }
}

/**
 * What is done with a filing when its time comes; null where that is nobody's to do. A dossier
 * leaves only when all its papers are complete, save to a portal that is brought both at once.
 */
export function jobOf(
  state: SubmissionState,
  papersWait: boolean,
  capabilities: SendContext['capabilities'],
): Job | null {
  switch (state) {
    case 'QUEUED':
      return papersWait && capabilities.resumableUpload ? 'upload' : 'send'
    case 'UPLOADING':
      return 'upload'
    case 'READY':
      return 'send'
    case 'IN_DOUBT':
      if (capabilities.statusByRef) return 'ask'
      return capabilities.replaySafe ? 'send' : null
    case 'PROCESSING':
      return capabilities.statusByRef ? 'ask' : null
    case 'SENDING':
    case 'NEEDS_STAFF':
    case 'ACCEPTED':
    case 'ERASED':
      return null
    default:
      return unreachable(state)
  }
}

/** A stable code for rows and logs. */
export function codeOfSend(outcome: SendOutcome): string {
  switch (outcome.kind) {
    case 'accepted':
    case 'processing':
    case 'wait':
      return outcome.kind
    case 'refused':
      return refused(outcome).reason
    case 'not-sent':
    case 'in-doubt':
    case 'not-the-portal':
    case 'hold':
      return `${outcome.kind}-${outcome.cause}`
    default:
      return unreachable(outcome)
  }
}

/** A step whose rest is ordinary. */
export function step(
  to: SubmissionState,
  afterMs: number,
  reason: string,
  rest: Partial<Step> = {},
): Step {
  return {
    to,
    afterMs,
    reason,
    problem: null,
    fields: [],
    receipt: null,
    isItemFailure: false,
    isUncounted: false,
    papersAgain: null,
    ...rest,
  }
}

/** Its fate is in doubt, and no machine can clear it up. */
const doubt = step('NEEDS_STAFF', 0, 'doubt')
const poison = step('NEEDS_STAFF', 0, 'poison', { isItemFailure: true })

function inDoubt(
  context: SendContext,
  afterMs: number,
  reason: string,
  isItemFailure = false,
): Step {
  const { statusByRef, replaySafe } = context.capabilities
  if (!statusByRef && !replaySafe) return doubt
  if (isItemFailure && isPoison(context)) return poison
  return step('IN_DOUBT', afterMs, reason, { isItemFailure })
}

/** A question is soon asked; a replay takes its turn like any attempt. */
function doubtDelayMs({ capabilities, attempts, random }: SendContext): number {
  return retryDelayMs(capabilities.statusByRef ? 1 : attempts, random)
}

/** The portal misses papers that it called complete: they are brought once more, a few times. */
function papersAgain(outcome: Refusal, context: SendContext): Step | null {
  const { capabilities, itemFailures, random } = context
  if (outcome.problem !== 'attachment-mismatch' || !capabilities.resumableUpload) return null
  if (itemFailures + 1 >= limits.PAPERS_AGAIN) return null
  return step('UPLOADING', retryDelayMs(itemFailures + 1, random), 'papers-again', {
    isItemFailure: true,
    papersAgain: outcome.attachments ?? [],
  })
}

function refused({ problem, fields = [] }: Refusal): Step {
  // The portal has other bytes under this reference: a fault of a program, or an attack.
  const isAlarm = problem === 'digest-conflict' || problem === 'idempotency-mismatch'
  const reason = isAlarm ? 'integrity' : `refused-${problem}`
  return step('NEEDS_STAFF', 0, reason, { problem, fields })
}

/** This filing fails while others succeed. */
function isPoison({ itemFailures, othersAccepted }: SendContext | StatusContext): boolean {
  return itemFailures + 1 >= limits.POISON_FAILURES && othersAccepted >= limits.POISON_OTHERS
}

function waitMs(askedMs: number): number {
  return Math.min(Math.max(askedMs, limits.SHORTEST_WAIT_MS), limits.LONGEST_PLAN_MS)
}
