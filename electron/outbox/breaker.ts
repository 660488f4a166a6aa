import { unreachable } from '../../shared/domain/result.ts'
import type {
  HealthOutcome,
  HoldCause,
  SendOutcome,
  StatusOutcome,
  WithdrawOutcome,
} from '../portal/index.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

/** What one exchange says about line and portal, whatever it says about the filing. */
export type Sign =
  /** The portal answered a request about a filing as it should. */
  | { readonly kind: 'answered' }
  /** It answered a sign of life. That it takes filings is not proven yet. */
  | { readonly kind: 'alive' }
  /** Nobody answered, or somebody else did. */
  | { readonly kind: 'failed'; readonly cause: string }
  /** The portal answered, and could not deal with this filing (5xx, garbage). */
  | { readonly kind: 'stumbled'; readonly cause: string; readonly clientRef: string }
  /** Nothing may be sent until somebody has acted. */
  | { readonly kind: 'hold'; readonly cause: HoldCause; readonly detail: string }

/** Whether filings may go to a portal. */
export type Breaker = {
  /** `half-open`: a sign of life came; the next filing is the trial. */
  readonly state: 'closed' | 'open' | 'half-open'
  /** Consecutive. */
  readonly failures: number
  /** When the failures began. */
  readonly sinceMs: number | null
  readonly cause: string | null
  readonly hold: { readonly cause: HoldCause; readonly detail: string } | null
  /** Whose fault the last stumble may be. */
  readonly stumbledOver: string | null
  /** Nobody answered last time. */
  readonly away: boolean
}

export const closedBreaker: Breaker = {
  state: 'closed',
  failures: 0,
  sinceMs: null,
  cause: null,
  hold: null,
  stumbledOver: null,
  away: false,
}

/**
 * The breaker after a sign. It opens after three failures in a row, of whichever filings; one
 * filing that the portal stumbles over again and again counts once, for then it is the filing. A
 * hold opens it at once. A sign of life lets one filing out; only an answer to that closes it.
 */
export function breakerAfter(breaker: Breaker, sign: Sign, nowMs: number): Breaker {
  const sinceMs = breaker.sinceMs ?? nowMs
  const opensAt = limits.BREAKER_OPENS_AFTER
  switch (sign.kind) {
    case 'answered':
      return closedBreaker
    case 'alive':
      return breaker.state === 'closed'
        ? { ...breaker, away: false, ...(breaker.away && { failures: 0, sinceMs: null }) }
        : { ...breaker, state: 'half-open', away: false }
    case 'failed': {
      const failures = breaker.failures + 1
      const state = breaker.state !== 'closed' || failures >= opensAt ? 'open' : 'closed'
      return { ...breaker, state, failures, sinceMs, cause: sign.cause, away: true }
    }
    case 'stumbled': {
      const { cause, clientRef } = sign
      if (breaker.state !== 'closed') {
        return { ...closedBreaker, failures: 1, sinceMs: nowMs, cause, stumbledOver: clientRef }
      }
      const failures = breaker.failures + (breaker.stumbledOver === clientRef ? 0 : 1)
      const state = failures >= opensAt ? 'open' : 'closed'
      return { ...breaker, state, failures, sinceMs, cause, stumbledOver: clientRef, away: false }
    }
    case 'hold': {
      const { cause, detail } = sign
      const began = breaker.hold?.cause === cause ? sinceMs : nowMs
      return {
        ...breaker,
        state: 'open',
        sinceMs: began,
        cause: detail,
        hold: { cause, detail },
        away: false,
      }
    }
    default:
      return unreachable(sign)
  }
}

/**
 * How long until the next sign of life is asked for: 1 s, then every 5 s in the first minute of an
 * outage, then half of the outage's age within 30 s and 5 min. A hold is nobody's to mend in
 * seconds, so it has no quick minute.
 *
 * @param random in [0, 1)
 */
export function probeDelayMs(breaker: Breaker, nowMs: number, random: number): number {
  if (breaker.state !== 'open' && !breaker.away) return limits.PROBE_IDLE_MS
  const ageMs = nowMs - (breaker.sinceMs ?? nowMs)
  const isQuick = ageMs >= 0 && ageMs < limits.QUICK_PROBES_FOR_MS && breaker.hold === null
  if (isQuick) return ageMs < limits.FIRST_PROBE_MS ? limits.FIRST_PROBE_MS : limits.PROBE_AWAY_MS
  const bound = Math.min(Math.max(ageMs / 2, limits.PROBE_LATER_MIN_MS), limits.PROBE_LATER_MAX_MS)
  return Math.round(bound * (1 + limits.PROBE_JITTER * random))
}

/** What the end of an attempt says of the portal. */
export function signOfSend(outcome: SendOutcome, clientRef: string): Sign {
  switch (outcome.kind) {
    case 'accepted':
    case 'processing':
    case 'refused':
    case 'wait':
      return { kind: 'answered' }
    case 'in-doubt':
      return outcome.answered
        ? { kind: 'stumbled', cause: outcome.cause, clientRef }
        : { kind: 'failed', cause: outcome.cause }
    case 'not-sent':
    case 'not-the-portal':
      return { kind: 'failed', cause: outcome.cause }
    case 'hold':
      return outcome
    default:
      return unreachable(outcome)
  }
}

/** What the answer to a question says of the portal. */
export function signOfAnswer(outcome: StatusOutcome | WithdrawOutcome, clientRef: string): Sign {
  switch (outcome.kind) {
    case 'accepted':
    case 'processing':
    case 'absent':
    case 'withdrawn':
    case 'refused':
    case 'wait':
    case 'unsupported':
      return { kind: 'answered' }
    case 'unknown':
      return wasAnswered(outcome.cause)
        ? { kind: 'stumbled', cause: outcome.cause, clientRef }
        : { kind: 'failed', cause: outcome.cause }
    case 'hold':
      return outcome
    default:
      return unreachable(outcome)
  }
}

/** What a sign of life, or its absence, says. */
export function signOfHealth(outcome: HealthOutcome): Sign {
  if (outcome.kind === 'reachable') return { kind: 'alive' }
  return outcome.hold === undefined
    ? { kind: 'failed', cause: outcome.cause }
    : { kind: 'hold', cause: outcome.hold, detail: outcome.cause }
}

/** An `unknown` that the portal itself said, by its cause. */
export function wasAnswered(cause: string): boolean {
  return /^(http-|status-|receipt-|withdrawal-|left-out)/.test(cause)
}
