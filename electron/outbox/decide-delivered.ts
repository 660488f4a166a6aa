import { unreachable } from '../../shared/domain/result.ts'
import type { StatusOutcome } from '../portal/index.ts'
import { wasAnswered } from './breaker.ts'

type Verdict =
  /** The portal has it, in whatever state: what the authority does with it is its own business. */
  | 'known'
  /** It is not there, or under another dossier code than the citizen's receipt says. */
  | 'forgotten'
  /** The portal said something else; it is asked again on another day. */
  | 'unclear'
  /** Nobody answered, or not now: the whole round ends here. */
  | 'no-word'

/** What the portal's word on a filing that it has given a receipt for means. */
export function verdictOn(outcome: StatusOutcome, dossierCode: string): Verdict {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.receipt.dossierCode === dossierCode ? 'known' : 'forgotten'
    case 'processing':
    case 'withdrawn':
    case 'refused':
      return 'known'
    case 'absent':
      return 'forgotten'
    case 'unknown':
      return wasAnswered(outcome.cause) ? 'unclear' : 'no-word'
    case 'wait':
    case 'hold':
      return 'no-word'
    default:
      return unreachable(outcome)
  }
}
