import type { FilingStatus, ReceiptOut } from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { SubmissionState } from '../outbox/index.ts'
import { isPrintable, type PortalNews } from './portal-news.ts'

/**
 * What a citizen is told of the filing on their slip. "Sent" is said only with the portal's receipt
 * in hand; a filing that ended without one (withdrawn, handed over on paper) is the officer's to
 * explain, and so is one that the portal has lost since. `counter` is where its procedure is dealt
 * with, null where that is not known.
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
      const { dossierCode } = receipt
      return { state: 'sent', reference, counter, dossierCode, acceptedOn, portal: 'not-asked' }
    }
    default:
      return unreachable(state)
  }
}

/**
 * The same with what the portal said just now; what it says of a filing that this kiosk has no
 * receipt for is not asked. `sheet`: the paper about it, null where none can be printed.
 */
export function withNews(
  status: FilingStatus,
  news: PortalNews,
  sheet: ReceiptOut | null,
): FilingStatus {
  if (status.state !== 'sent') return status
  const { reference, counter, dossierCode } = status
  switch (news.state) {
    case 'none':
      return status
    case 'asking':
    case 'unheard':
      return { ...status, portal: news.state }
    case 'nothing':
      return { ...status, portal: 'asked' }
    case 'differs':
      return { state: 'needs-officer', reference, counter }
    case 'asked-for': {
      const { items, more, due } = news.asked
      const printable = isPrintable(news) ? sheet : null
      const codes = { reference, counter, dossierCode }
      return { state: 'supplement', ...codes, items, more, due, sheet: printable }
    }
    default:
      return unreachable(news)
  }
}
