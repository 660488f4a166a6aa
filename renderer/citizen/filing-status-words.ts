import type { FilingStatus, View } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { t, words } from '../i18n/t.ts'
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
            second: words('look-up.unknown-do-2', { kiosk: kiosk.id }),
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

function placeToAsk(counter: string | null): string {
  return counter === null ? t('look-up.at-counter') : counterInLine(counter)
}
