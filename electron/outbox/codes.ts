import { unreachable } from '../../shared/domain/result.ts'
import type { SendOutcome, StatusOutcome, WithdrawOutcome } from '../portal/index.ts'

/** A stable code for an answer to a question, for rows and logs. */
export function codeOfAnswer(outcome: StatusOutcome | WithdrawOutcome): string {
  switch (outcome.kind) {
    case 'accepted':
    case 'processing':
    case 'absent':
    case 'withdrawn':
    case 'wait':
    case 'unsupported':
      return outcome.kind
    case 'refused':
      return `refused-${outcome.problem}`
    case 'unknown':
    case 'hold':
      return `${outcome.kind}-${outcome.cause}`
    default:
      return unreachable(outcome)
  }
}

/** The HTTP status of the answer, where the outcome still tells it. */
export function httpStatusOf(
  outcome: SendOutcome | StatusOutcome | WithdrawOutcome,
): number | null {
  switch (outcome.kind) {
    case 'accepted':
      return 'replayed' in outcome && !outcome.replayed ? 201 : 200
    case 'processing':
      return 202
    case 'absent':
      return 404
    case 'in-doubt':
    case 'not-the-portal':
    case 'unknown':
      return statusIn(outcome.cause)
    case 'hold':
      return statusIn(outcome.detail) ?? (outcome.cause === 'credentials' ? 401 : null)
    case 'wait':
      return 'scope' in outcome && outcome.scope === 'filing' ? 409 : null
    case 'refused':
    case 'withdrawn':
    case 'not-sent':
    case 'unsupported':
      return null
    default:
      return unreachable(outcome)
  }
}

function statusIn(cause: string): number | null {
  const digits = /-([1-5]\d{2})$/.exec(cause)?.[1]
  return digits === undefined ? null : Number(digits)
}
