import type { FilingStatus, ReceiptOut, View } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { code } from '../i18n/values.ts'
import { words } from '../i18n/t.ts'
import { counterInLine } from './counter-words.ts'

/** One thing to do, in two lines beside a drawing. */
export interface StatusStep {
  readonly drawing: string
  readonly first: Phrase
  readonly second: Phrase
}

/** What became of a filing, and what its holder does now. */
export interface FilingStatusWords {
  readonly title: Phrase
  readonly hint: Phrase
  readonly drawing: string
  readonly look: 'done' | 'wait'
  readonly state: Phrase
  readonly steps: readonly StatusStep[]
}

/** The words for a status, on a kiosk whose line to the portal is as given. */
export function filingStatusWords(
  filing: FilingStatus,
  kiosk: { readonly id: string; readonly portal: View['delivery']['portal'] },
): FilingStatusWords {
  switch (filing.state) {
    case 'sent':
      return {
        title: words('look-up.title-sent'),
        hint: words('look-up.hint-sent'),
        drawing: 'result',
        look: 'done',
        state: words('look-up.state-sent'),
        steps: [
          {
            drawing: 'counter',
            first: words('look-up.sent-do'),
            second: words('look-up.sent-do-2', { counter: placeToAsk(filing.counter) }),
          },
        ],
      }
    case 'supplement':
      return {
        title: words('look-up.title-supplement'),
        hint: words(
          filing.items.length === 0 ? 'look-up.hint-supplement-more' : 'look-up.hint-supplement',
        ),
        drawing: 'other',
        look: 'wait',
        state: words('look-up.state-supplement'),
        steps: [
          {
            drawing: 'counter',
            first: words('look-up.supplement-do', { counter: placeToAsk(filing.counter) }),
            second: words('look-up.supplement-do-2'),
          },
        ],
      }
    case 'waiting': {
      const away = kiosk.portal === 'away'
      return {
        title: words('look-up.title-waiting'),
        hint: words(away ? 'look-up.hint-away' : 'look-up.hint-waiting'),
        drawing: away ? 'cloud' : 'file',
        look: 'wait',
        state: words('look-up.state-waiting'),
        steps: [
          {
            drawing: 'slip',
            first: words('look-up.waiting-do'),
            second: words('look-up.waiting-do-2'),
          },
        ],
      }
    }
    case 'needs-officer':
      return {
        title: words('look-up.title-officer'),
        hint: words('look-up.hint-officer'),
        drawing: 'officer',
        look: 'wait',
        state: words('look-up.state-officer'),
        steps: [
          {
            drawing: 'counter',
            first: words('look-up.officer-do', { counter: placeToAsk(filing.counter) }),
            second: words('look-up.officer-do-2'),
          },
        ],
      }
    case 'unknown':
      return {
        title: words('look-up.title-unknown'),
        hint: words('look-up.hint-unknown'),
        drawing: 'slip',
        look: 'wait',
        state: words('look-up.state-unknown'),
        steps: [
          {
            drawing: 'slip',
            first: words('look-up.unknown-do'),
            second: words('look-up.unknown-do-2', { kiosk: code(kiosk.id, false) }),
          },
          {
            drawing: 'counter',
            first: words('look-up.unknown-counter'),
            second: words('look-up.unknown-counter-2'),
          },
        ],
      }
    default:
      return unreachable(filing)
  }
}

function placeToAsk(counter: string | null): Phrase {
  return counter === null ? words('look-up.at-counter') : counterInLine(counter)
}

/** Whether the portal was asked if anything is missing; null where there is nothing to say. */
export function portalWords(
  portal: Extract<FilingStatus, { state: 'sent' }>['portal'],
): Phrase | null {
  switch (portal) {
    case 'not-asked':
      return null
    case 'asking':
      return words('look-up.asking')
    case 'asked':
      return words('look-up.asked')
    case 'unheard':
      return words('look-up.unheard')
    default:
      return unreachable(portal)
  }
}

/** How the list on paper fares, in one line; null while nobody has asked for it. */
export function missingSheetWords(sheet: ReceiptOut): Phrase | null {
  switch (sheet.state) {
    case 'none':
      return null
    case 'printing':
      return words('look-up.missing-printing')
    case 'printed':
      return words('look-up.missing-printed')
    case 'unconfirmed':
      return words('look-up.missing-unconfirmed')
    case 'failed':
      return words('look-up.missing-failed')
    default:
      return unreachable(sheet)
  }
}
