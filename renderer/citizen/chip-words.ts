import type { ChipView, View } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { words } from '../i18n/t.ts'

/** What a citizen is told of the chip in their card: how it stands, and what may be done. */
export interface ChipWords {
  readonly state: 'done' | 'wait' | 'stop'
  readonly phrase: Phrase
  readonly more: Phrase
}

/** Null where this kiosk can read no chip: then it is not spoken of. */
export function chipWords(chip: ChipView, reader: View['devices']['cardReader']): ChipWords | null {
  switch (chip.state) {
    case 'none':
      return reader.state === 'ready'
        ? { state: 'wait', phrase: words('chip.invite'), more: words('chip.invite-2') }
        : null
    case 'reading':
      return { state: 'wait', phrase: words('chip.reading'), more: words('chip.reading-2') }
    case 'read':
      return readWords(chip)
    case 'differs':
      return { state: 'stop', phrase: words('chip.differs'), more: words('chip.differs-2') }
    case 'not-read':
      return notReadWords(chip.why)
    default:
      return unreachable(chip)
  }
}

/** What an authentic chip does not say of name or address is not called authentic. */
function readWords(chip: Extract<ChipView, { state: 'read' }>): ChipWords {
  const { verdict, unsaid = [], alone = false } = chip
  const said = verdictWords(verdict)
  if (verdict !== 'verified') {
    // Nothing was scanned with which the chip could agree.
    return alone && verdict !== 'failed' ? { ...said, phrase: words('chip.alone') } : said
  }
  if (unsaid.includes('name')) {
    return {
      state: 'done',
      phrase: words('chip.verified-number'),
      more: words('chip.verified-number-2'),
    }
  }
  if (unsaid.includes('address')) {
    return {
      state: 'done',
      phrase: words('chip.verified-name'),
      more: words('chip.verified-name-2'),
    }
  }
  return said
}

/** Only a card whose signer this deployment trusts is called authentic. */
function verdictWords(verdict: Extract<ChipView, { state: 'read' }>['verdict']): ChipWords {
  switch (verdict) {
    case 'verified':
      return { state: 'done', phrase: words('chip.verified'), more: words('chip.verified-2') }
    case 'signature-ok-chain-unknown':
      return {
        state: 'wait',
        phrase: words('chip.chain-unknown'),
        more: words('chip.chain-unknown-2'),
      }
    case 'not-attempted':
      return {
        state: 'wait',
        phrase: words('chip.not-attempted'),
        more: words('chip.not-attempted-2'),
      }
    case 'failed':
      return { state: 'stop', phrase: words('chip.failed'), more: words('chip.failed-2') }
    default:
      return unreachable(verdict)
  }
}

function notReadWords(why: Extract<ChipView, { state: 'not-read' }>['why']): ChipWords {
  switch (why) {
    case 'removed':
      return { state: 'wait', phrase: words('chip.removed'), more: words('chip.removed-2') }
    case 'other-card':
      return { state: 'stop', phrase: words('chip.other-card'), more: words('chip.other-card-2') }
    case 'no-id-card':
      return { state: 'stop', phrase: words('chip.no-id-card'), more: words('chip.no-id-card-2') }
    case 'unreadable':
      return { state: 'wait', phrase: words('chip.unreadable'), more: words('chip.unreadable-2') }
    default:
      return unreachable(why)
  }
}
