import type { FilingStatus } from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { SubmissionState } from '../outbox/index.ts'

/**
 * What a citizen is told of the filing on their slip. "Sent" is said only with the portal's receipt
 * in hand; a filing that ended without one (withdrawn, handed over on paper) is the officer's to
 * explain, and so is one that the portal has lost since. `counter` is where its procedure is dealt with, null where that is not known.
 */
export function toFilingStatus(
  submission:
    | {
        readonly shortRef: string
        readonly state: SubmissionState
        readonly lastCode: string | null
        readonly receipt: { readonly dossierCode: string; readonly receivedAt: string } | null
      }
    | undefined,
  counter: string | null,
): FilingStatus {
  if (submission === undefined) return { state: 'unknown' }
  const { shortRef: reference, state, lastCode, receipt } = submission
  switch (state) {
    case 'QUEUED':
    case 'UPLOADING':
    case 'READY':
    case 'SENDING':
    case 'IN_DOUBT':
    case 'PROCESSING':
      return { state: 'waiting', reference, counter }
    case 'NEEDS_STAFF':
      return { state: 'needs-officer', reference, counter }
    case 'ACCEPTED':
    case 'ERASED': {
      if (receipt === null || lastCode === 'portal-forgot') {
        return { state: 'needs-officer', reference, counter }
      }
      const acceptedOn = localDate(Date.parse(receipt.receivedAt))
      return { state: 'sent', reference, counter, dossierCode: receipt.dossierCode, acceptedOn }
    }
    default:
      return unreachable(state)
  }
}
