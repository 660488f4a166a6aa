import type { PaperOut, PrinterState } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { words } from '../i18n/t.ts'
import type { PaperWords } from './paper-words.ts'

/**
 * How a ticket without a filing fares. Its number holds, on paper or not; answers that are to be on
 * the paper too do not.
 */
export function ticketWords(paper: PaperOut, withAnswers = false): PaperWords {
  const well = { failed: false, canReprint: false }
  switch (paper.state) {
    case 'waiting':
      return { first: words('ticket.waiting'), second: words('paper.waiting-2'), ...well }
    case 'printing':
      return { first: words('ticket.printing'), second: words('paper.printing-2'), ...well }
    case 'printed':
      return {
        first: words('ticket.printed'),
        second: words('ticket.printed-2'),
        ...well,
        canReprint: true,
      }
    case 'unconfirmed':
      return {
        first: words('ticket.unconfirmed'),
        second: words('ticket.unconfirmed-2'),
        ...well,
        canReprint: true,
      }
    case 'failed':
      return {
        first: failure(paper.printer),
        second: words(withAnswers ? 'ticket.failed-answers-2' : 'ticket.failed-2'),
        failed: true,
        canReprint: paper.printer.state !== 'not-configured',
      }
    default:
      return unreachable(paper)
  }
}

function failure(printer: PrinterState): Phrase {
  switch (printer.state) {
    case 'paper-out':
      return words('ticket.failed.paper-out')
    case 'cover-open':
      return words('ticket.failed.cover-open')
    case 'disconnected':
      return words('ticket.failed.disconnected')
    case 'not-configured':
      return words('paper.failed.not-configured')
    // It printed nothing although it says that it could: to the citizen, something is stuck.
    case 'ready':
    case 'unknown':
    case 'error':
      return words('ticket.failed.error')
    default:
      return unreachable(printer)
  }
}
