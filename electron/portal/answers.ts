import type { KeyObject } from 'node:crypto'
import type {
  FilingIdentity,
  Hold,
  Refusal,
  SendOutcome,
  StatusOutcome,
  WithdrawOutcome,
} from './adapter.ts'
import {
  heardStatusSchema,
  processingAnswerSchema,
  withdrawalSchema,
  type HeardStatus,
  type Problem,
} from './contract.ts'
import { problemOf, type Answer, type Exchange } from './exchange.ts'
import { verifyReceipt } from './receipts.ts'
import { boundedWaitMs } from './retry-after.ts'
import { readSupplement } from './supplement.ts'

/** The keys that may have signed a receipt, by key id. */
export type ReceiptKeys = ReadonlyMap<string, KeyObject>

/** An exchange that brought no answer of the portal. */
type Silence = Exclude<Exchange, { kind: 'answer' }>

/** What no answer means for a filing that was being sent. */
export function sendSilence(result: Silence): SendOutcome {
  switch (result.kind) {
    case 'unreached':
      return { kind: 'not-sent', cause: result.cause }
    case 'untrusted':
      return { kind: 'hold', cause: result.why, detail: result.cause }
    case 'broken':
      return { kind: 'in-doubt', cause: result.cause, answered: false }
    case 'garbled':
      return { kind: 'in-doubt', cause: `garbled-${result.cause}`, answered: true }
    case 'stranger': {
      const { status, cause, retryAfterMs } = result
      // A proxy's body limit concerns this filing only; the bytes went no further.
      if (status === 413) return { kind: 'refused', problem: 'too-large', errors: [] }
      // A proxy's 502..504 may stand before a portal that took the filing.
      if (status === 511 || (status < 500 && status !== 429))
        return { kind: 'not-the-portal', cause }
      const wait = retryAfterMs === null ? {} : { retryAfterMs: boundedWaitMs(retryAfterMs) }
      return { kind: 'in-doubt', cause, answered: false, ...wait }
    }
  }
}

/** What no answer means for a question: nothing, save that a portal without proof stops all. */
export function questionSilence(
  result: Silence,
): Hold | { readonly kind: 'unknown'; readonly cause: string } {
  return result.kind === 'untrusted'
    ? { kind: 'hold', cause: result.why, detail: result.cause }
    : { kind: 'unknown', cause: result.cause }
}

/** What the portal's answer to a PUT means. */
export function readSendAnswer(
  answer: Answer,
  filing: FilingIdentity,
  keys: ReceiptKeys,
): SendOutcome {
  const hold = holdOf(answer)
  if (hold !== null) return hold
  const doubt = (cause = `http-${answer.status}`): SendOutcome => ({
    kind: 'in-doubt',
    cause,
    answered: true,
    ...(answer.retryAfterMs !== null && { retryAfterMs: boundedWaitMs(answer.retryAfterMs) }),
  })
  const wait = (scope: 'filing' | 'portal'): SendOutcome => ({
    kind: 'wait',
    ms: boundedWaitMs(answer.retryAfterMs),
    scope,
  })
  const problem = problemOf(answer)
  switch (answer.status) {
    case 200:
    case 201: {
      const receipt = verifyReceipt(answer.json, { ...filing, keys })
      return receipt.ok
        ? { kind: 'accepted', receipt: receipt.value, replayed: answer.replayed }
        : doubt(receipt.error)
    }
    case 202: {
      const processing = processingAnswerSchema.safeParse(answer.json)
      if (!processing.success) return doubt('status-malformed')
      const wrong = otherFiling(processing.data, filing)
      if (wrong !== null) return doubt(wrong)
      return { kind: 'processing', pollAfterMs: boundedWaitMs(answer.retryAfterMs) }
    }
    case 409:
      if (problem?.type === 'in-progress') return wait('filing')
      return problem === null ? doubt() : refusal(problem)
    case 413:
      return refusal(problem ?? { type: 'too-large' })
    case 410:
    case 422:
      return problem === null ? doubt() : refusal(problem)
    case 429:
    case 503:
      return wait('portal')
    default:
      return doubt()
  }
}

/** What the portal's answer about one filing means. */
export function readStatusAnswer(
  answer: Answer,
  filing: FilingIdentity,
  keys: ReceiptKeys,
): StatusOutcome {
  const problem = problemOf(answer)?.type
  if (answer.status === 404 && problem === 'unknown-client-ref') return { kind: 'absent' }
  if (answer.status === 410 && problem === 'withdrawn') return { kind: 'withdrawn' }
  const other = noAnswer(answer)
  if (other !== null) return other
  const known = heardStatusSchema.safeParse(answer.json)
  return known.success
    ? readState(known.data, filing, keys, boundedWaitMs(answer.retryAfterMs))
    : { kind: 'unknown', cause: 'status-malformed' }
}

/** What a portal's word on a filing that it has means. */
export function readState(
  status: HeardStatus,
  filing: FilingIdentity,
  keys: ReceiptKeys,
  pollAfterMs: number,
): StatusOutcome {
  if (status.state === 'accepted' || status.state === 'supplement-requested') {
    const receipt = verifyReceipt(status.receipt, { ...filing, keys })
    if (!receipt.ok) return { kind: 'unknown', cause: receipt.error }
    const accepted = { kind: 'accepted', receipt: receipt.value } as const
    return status.state === 'accepted'
      ? accepted
      : { ...accepted, supplement: readSupplement(status.request) }
  }
  const wrong = otherFiling(status, filing)
  if (wrong !== null) return { kind: 'unknown', cause: wrong }
  return status.state === 'processing'
    ? { kind: 'processing', pollAfterMs }
    : refusal(status.problem)
}

/** What the portal's answer to a withdrawal means. */
export function readWithdrawAnswer(answer: Answer, clientRef: string): WithdrawOutcome {
  const problem = problemOf(answer)
  if (answer.status === 409 && problem?.type === 'not-withdrawable') return refusal(problem)
  const other = noAnswer(answer)
  if (other !== null) return other
  const done = withdrawalSchema.safeParse(answer.json)
  return done.success && done.data.clientRef === clientRef
    ? { kind: 'withdrawn' }
    : { kind: 'unknown', cause: 'withdrawal-malformed' }
}

/** Answers to a question that do not answer it; null for 200. */
export function noAnswer(
  answer: Answer,
): Hold | { kind: 'wait'; ms: number } | { kind: 'unknown'; cause: string } | null {
  const hold = holdOf(answer)
  if (hold !== null) return hold
  if (answer.status === 429 || answer.status === 503) {
    return { kind: 'wait', ms: boundedWaitMs(answer.retryAfterMs) }
  }
  return answer.status === 200 ? null : { kind: 'unknown', cause: `http-${answer.status}` }
}

/** Answers that blame no filing: everything waits until somebody has acted. */
export function holdOf(answer: Pick<Answer, 'status' | 'json'>): Hold | null {
  const problem = problemOf(answer)?.type
  const detail = problem ?? `http-${answer.status}`
  switch (answer.status) {
    case 401:
      return { kind: 'hold', cause: 'credentials', detail }
    case 403:
      return { kind: 'hold', cause: 'forbidden', detail }
    case 400:
    case 405:
    case 415:
      return { kind: 'hold', cause: 'contract', detail }
    case 404:
      return problem === undefined ? { kind: 'hold', cause: 'contract', detail } : null
    default:
      return null
  }
}

function refusal(problem: Problem): Refusal {
  return {
    kind: 'refused',
    problem: problem.type,
    errors: problem.errors ?? [],
    ...(problem.fields && { fields: problem.fields }),
    ...(problem.attachments && { attachments: problem.attachments }),
  }
}

function otherFiling(
  said: { clientRef: string; bodySha256: string },
  filing: FilingIdentity,
): string | null {
  if (said.clientRef !== filing.clientRef) return 'status-other-filing'
  return said.bodySha256 === filing.bodySha256 ? null : 'status-other-bytes'
}
