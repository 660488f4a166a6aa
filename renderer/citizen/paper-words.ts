import type {
  PagePrinterState,
  PaperOut,
  PrinterState,
  ReceiptOut,
} from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { words } from '../i18n/t.ts'

/** How the slip fares, and what the citizen does about it. */
export interface PaperWords {
  readonly first: Phrase
  readonly second: Phrase
  readonly failed: boolean
  /** False while a slip is under way: a second one would only confuse. */
  readonly canReprint: boolean
}

/** The state of the slip, and of the ticket where there is one, in two lines. */
export function paperWords(paper: PaperOut, withTicket = true): PaperWords {
  switch (paper.state) {
    case 'waiting':
      return lines(words('paper.waiting'), words('paper.waiting-2'), false)
    case 'printing':
      return lines(words('paper.printing'), words('paper.printing-2'), false)
    case 'printed':
      return lines(
        words('paper.printed'),
        words(withTicket ? 'paper.printed-2' : 'paper.printed-2-no-ticket'),
        true,
      )
    case 'unconfirmed':
      return lines(words('paper.unconfirmed'), words('paper.unconfirmed-2'), true)
    case 'failed': {
      const [first, second] = failure(paper.printer)
      return { first, second, failed: true, canReprint: paper.printer.state !== 'not-configured' }
    }
    default:
      return unreachable(paper)
  }
}

function lines(first: Phrase, second: Phrase, canReprint: boolean): PaperWords {
  return { first, second, failed: false, canReprint }
}

/** The state of the receipt in two lines; null while there is nothing to say about one. */
export function receiptWords(receipt: ReceiptOut): readonly [Phrase, Phrase] | null {
  switch (receipt.state) {
    case 'none':
      return null
    case 'printing':
      return [words('receipt.printing'), words('receipt.printing-2')]
    case 'printed':
      return [words('receipt.printed'), words('receipt.printed-2')]
    case 'unconfirmed':
      return [words('receipt.unconfirmed'), words('receipt.unconfirmed-2')]
    case 'failed':
      return [receiptFailure(receipt.printer), words('receipt.failed-2')]
    default:
      return unreachable(receipt)
  }
}

/** The state of the sheet to take home, in one line; null while nobody has asked for it. */
export function sheetWords(sheet: ReceiptOut): Phrase | null {
  switch (sheet.state) {
    case 'none':
      return null
    case 'printing':
      return words('prepare.sheet-printing')
    case 'printed':
      return words('prepare.sheet-printed')
    case 'unconfirmed':
      return words('prepare.sheet-unconfirmed')
    case 'failed':
      return words('prepare.sheet-failed')
    default:
      return unreachable(sheet)
  }
}

/** What did not come out, each with what to do about it; where neither did, that is said once. */
export function paperTroubles(out: {
  readonly paper: PaperOut
  readonly receipt: ReceiptOut
}): readonly (readonly [Phrase, Phrase | null])[] {
  const paper = paperWords(out.paper)
  const receipt = out.receipt.state === 'failed' ? receiptWords(out.receipt) : null
  if (receipt === null) return paper.failed ? [[paper.first, paper.second]] : []
  if (!paper.failed) return [receipt]
  return [
    [paper.first, null],
    [receipt[0], words('paper.failed.both-2')],
  ]
}

function receiptFailure(printer: PagePrinterState): Phrase {
  switch (printer.state) {
    case 'paper-out':
      return words('receipt.failed.paper-out')
    case 'jam':
      return words('receipt.failed.jam')
    case 'door-open':
      return words('receipt.failed.door-open')
    case 'toner-out':
      return words('receipt.failed.toner-out')
    case 'offline':
    case 'unreachable':
    case 'unknown':
    case 'stopped':
    case 'not-configured':
    case 'ready':
      return words('receipt.failed.other')
    default:
      return unreachable(printer)
  }
}

function failure(printer: PrinterState): readonly [Phrase, Phrase] {
  switch (printer.state) {
    case 'paper-out':
      return [words('paper.failed.paper-out'), words('paper.failed.paper-out-2')]
    case 'cover-open':
      return [words('paper.failed.cover-open'), words('paper.failed.cover-open-2')]
    case 'disconnected':
      return [words('paper.failed.disconnected'), words('paper.failed.disconnected-2')]
    case 'not-configured':
      return [words('paper.failed.not-configured'), words('paper.failed.not-configured-2')]
    // It printed nothing although it says that it could: to the citizen, something is stuck.
    case 'ready':
    case 'unknown':
    case 'error':
      return [words('paper.failed.error'), words('paper.failed.error-2')]
    default:
      return unreachable(printer)
  }
}
