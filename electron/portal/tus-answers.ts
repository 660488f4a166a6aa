import type { UploadOutcome } from './adapter.ts'
import { holdOf } from './answers.ts'
import { problemOf, type Answer, type Exchange } from './exchange.ts'
import { boundedWaitMs } from './retry-after.ts'

/** What one request has found out. */
export type Found =
  | { readonly kind: 'at'; readonly url: string; readonly offset: number }
  /** An earlier upload of the same paper lies here. */
  | { readonly kind: 'known'; readonly url: string }
  /** Forgotten, expired, or not the upload that was meant: begin anew. */
  | { readonly kind: 'gone' }
  /** The two sides do not agree on the offset: look. */
  | { readonly kind: 'unsure' }
  /** The portal takes no such piece. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'end'; readonly outcome: UploadOutcome }

/** The turn is over. */
export function ended(outcome: UploadOutcome): Found {
  return { kind: 'end', outcome }
}

/** The portal itself answered something that cannot be used. */
export function odd(cause: string): UploadOutcome {
  return { kind: 'interrupted', offset: null, cause, answered: true }
}

/** The portal will never take this paper. */
export function refused(problem: string): UploadOutcome {
  return { kind: 'refused', problem, errors: [] }
}

/** An outcome of a later request keeps what an earlier one of the same turn has learnt. */
export function withOffset(outcome: UploadOutcome, offset: number | null): UploadOutcome {
  return outcome.kind === 'interrupted' && outcome.offset === null
    ? { ...outcome, offset }
    : outcome
}

/** The portal has no such upload, or no longer. */
export function isGone({ status }: Answer): boolean {
  return status === 404 || status === 410
}

/** A header that is a whole number; null where it is none. */
export function numberIn(answer: Answer, name: string): number | null {
  const text = answer.header(name) ?? ''
  return /^\d+$/.test(text) ? Number(text) : null
}

/** What no answer means for a turn. */
export function silence(result: Exclude<Exchange, { kind: 'answer' }>): UploadOutcome {
  switch (result.kind) {
    case 'unreached':
      return { kind: 'not-sent', cause: result.cause }
    case 'untrusted':
      return { kind: 'hold', cause: result.why, detail: result.cause }
    case 'stranger':
      return { kind: 'not-the-portal', cause: result.cause }
    case 'broken':
    case 'garbled':
      return { kind: 'interrupted', offset: null, cause: result.cause, answered: false }
  }
}

/** What the portal's no means. A typed problem is about this paper; the rest may pass. */
export function refusalOf(answer: Answer): UploadOutcome {
  const { status } = answer
  const hold = holdOf(answer)
  if (hold !== null) return hold
  if (status === 429 || status === 503) {
    return { kind: 'wait', ms: boundedWaitMs(answer.retryAfterMs) }
  }
  if (status === 413) return refused('too-large')
  if (status === 412) return { kind: 'hold', cause: 'contract', detail: 'http-412' }
  const problem = problemOf(answer)?.type
  return problem === undefined || status >= 500 ? odd(`http-${status}`) : refused(problem)
}
