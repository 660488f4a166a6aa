import type { PaperOut, ReceiptOut } from '../../shared/contract/index.ts'
import type { Procedure } from '../../shared/forms/index.ts'
import type { CoreEvent } from './events.ts'
import type { MadeFiling } from './filings-made.ts'
import type { SessionPorts } from './ports.ts'

interface FilingPapersDeps {
  readonly ports: Pick<SessionPorts, 'print' | 'printerReady' | 'receipt' | 'pagePrinterReady'>
  /** The filings of the visit as it is now, the latest first. */
  readonly made: () => readonly MadeFiling[]
  readonly procedureOf: (made: MadeFiling) => Procedure | undefined
  /** Takes news of one of them in; false where it is none of this visit's. */
  readonly note: (news: CoreEvent) => boolean
  /** Keeps what was noted before anything comes of it. */
  readonly keep: () => void
  /** What was noted is kept, shown, and what follows from it begun. */
  readonly changed: () => void
  /** A print has ended, and the visit of now may be another: it has waited for the printer. */
  readonly free: () => void
  /** Whether this sheet may be printed once more by itself. */
  readonly mayTryAgain: (sheet: string) => boolean
  /** A bug ends this paper alone. */
  readonly broken: (event: string, cause: unknown) => void
}

/** Prints the slips and receipts that the visit's filings call for and nobody is printing yet. */
export function createFilingPapers(deps: FilingPapersDeps) {
  const { ports, note, mayTryAgain } = deps
  let printing = false
  /** Filings whose receipt is under way. */
  const givingReceipts = new Set<string>()

  const find = (clientRef: string) => deps.made().find((one) => one.clientRef === clientRef)

  function print(made: MadeFiling, procedure: Procedure): void {
    const { clientRef } = made
    printing = true
    note({ type: 'paper', clientRef, paper: { state: 'printing' } })
    deps.keep()
    const broken = (cause: unknown): PaperOut => {
      deps.broken('print-broke-off', cause)
      return { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } }
    }
    void ports
      .print(made, procedure)
      .catch(broken)
      .then((paper) => {
        printing = false
        // The visit that came after it has waited for the printer.
        if (note({ type: 'paper', clientRef, paper })) deps.changed()
        else deps.free()
      })
  }

  function giveReceipt(made: MadeFiling, procedure: Procedure): void {
    const { clientRef } = made
    givingReceipts.add(clientRef)
    const tell = (receipt: ReceiptOut) => {
      if (note({ type: 'receipt', clientRef, receipt })) deps.changed()
    }
    void ports
      .receipt(made, procedure, tell)
      .catch((cause: unknown) => {
        deps.broken('receipt-broke-off', cause)
        tell({ state: 'unconfirmed' })
      })
      .finally(() => {
        givingReceipts.delete(clientRef)
        deps.free()
      })
  }

  /** Slip and receipt of one filing of this visit. */
  function takeUp(clientRef: string): void {
    const found = find(clientRef)
    const procedure = found && deps.procedureOf(found)
    if (!found || !procedure) return
    const mended = found.filed.paper.state === 'failed' && !printing && ports.printerReady()
    if (mended && mayTryAgain(`slip ${clientRef}`)) note({ type: 'printer-mended', clientRef })
    const slip = find(clientRef)
    if (slip?.filed.paper.state === 'waiting' && !printing) print(slip, procedure)
    if (found.filed.delivery.state === 'accepted' && !found.filed.receipted) {
      note({ type: 'receipted', clientRef })
      deps.keep()
      giveReceipt(found, procedure)
    }
    const waits = !givingReceipts.has(clientRef) && ports.pagePrinterReady()
    if (find(clientRef)?.filed.receipt.state === 'failed' && waits) {
      // None came out, and the printer has been seen to.
      if (mayTryAgain(`receipt ${clientRef}`)) giveReceipt(found, procedure)
    }
  }

  return {
    takeUp(): void {
      for (const { clientRef } of deps.made()) takeUp(clientRef)
    },
  }
}
