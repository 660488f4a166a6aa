import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PaperOut, ReceiptOut } from '../shared/contract/index.ts'
import { ok, unreachable } from '../shared/domain/result.ts'
import type { PageFormat, PagePrinter } from './devices/printers/index.ts'
import { type AcceptedReceipt, receiptInput } from './filing/index.ts'
import type { Log } from './log.ts'
import type { Printed, Printing } from './printing/index.ts'
import { paperOf, papersDue, type SessionPorts, type Visit } from './session/index.ts'

type PapersDeps = {
  readonly printing: Printing
  readonly kioskId: string
  readonly place: { readonly commune: string; readonly province: string }
  /** Folder that stands for the A4 printer of the training world; null: there is none. */
  readonly tray: string | null
  readonly pagePrinter: PagePrinter
  readonly submission: (
    clientRef: string,
  ) => { readonly seq: number; readonly receipt: AcceptedReceipt | null } | undefined
  readonly log: Log
}

/** What a visit gets on paper: slip and ticket at once, the receipt once the portal has accepted. */
export function createPapers(deps: PapersDeps): Pick<SessionPorts, 'print' | 'receipt'> {
  const { printing, kioskId, place, tray, pagePrinter, submission, log } = deps
  return {
    /** Slip first: it is the promise. The ticket follows only when the slip came out. */
    async print(visit, procedure) {
      const { filed, card, clientRef } = visit
      if (!filed || !card || !clientRef)
        throw new Error('a visit that has filed nothing prints nothing')
      const common = { ...place, kioskId, reprint: filed.reprint }
      const slip = await printing.printSlip({
        ...common,
        clientRef,
        reference: filed.reference,
        procedureName: procedure.shortName,
        maskedNumber: `${card.number.slice(0, 3)}*****${card.number.slice(-4)}`,
        receivedAtMs: filed.filedAtMs,
        ticket: filed.ticket,
        handIn: papersDue(procedure, visit)
          .filter(({ code }) => paperOf(visit, code).pages.length === 0)
          .map(({ name }) => name),
      })
      if (!slip.ok) return toPaperOut(slip)
      const ticket = await printing.printTicket({
        ...common,
        ...filed.ticket,
        issuedAtMs: filed.filedAtMs,
      })
      if (!ticket.ok) return toPaperOut(ticket)
      return toPaperOut(ok({ confirmed: slip.value.confirmed && ticket.value.confirmed }))
    },

    async receipt(visit: Visit, procedure, tell) {
      const filing = visit.clientRef ? submission(visit.clientRef) : undefined
      const printer = pagePrinter.state().state === 'not-configured' ? null : pagePrinter
      if (!filing?.receipt || visit.card === null || (tray === null && printer === null)) return
      if (printer) tell({ state: 'printing' })
      const input = receiptInput({
        place,
        procedure,
        card: visit.card,
        answers: visit.answers,
        captured: new Set(
          papersDue(procedure, visit)
            .filter(({ code }) => paperOf(visit, code).pages.length > 0)
            .map(({ code }) => code),
        ),
        receipt: filing.receipt,
        counter: visit.filed?.ticket.counter ?? '',
      })
      const make = async (format: PageFormat) => {
        const drawn = await printing.receipt(input, format)
        if (drawn.ok) return drawn.value
        log('receipt-not-drawn', { code: drawn.error })
        return null
      }
      if (tray !== null) {
        const pdf = await make('application/pdf')
        if (pdf) await layInTray(tray, `receipt-${filing.seq}.pdf`, pdf)
      }
      if (!printer) return
      const printed = await printer.print({
        name: 'Giấy tiếp nhận hồ sơ',
        media: 'A5',
        make,
      })
      if (!printed.ok) log('receipt-not-printed', { code: printed.error.kind })
      tell(toReceiptOut(printed, printer))
    },
  }
}

/** Under another name first: a sheet that lies in the tray is a whole one. */
async function layInTray(tray: string, name: string, pdf: Uint8Array): Promise<void> {
  const sheet = join(tray, name)
  await writeFile(`${sheet}.part`, pdf)
  await rename(`${sheet}.part`, sheet)
}

function toReceiptOut(
  printed: Awaited<ReturnType<PagePrinter['print']>>,
  printer: PagePrinter,
): ReceiptOut {
  if (printed.ok) return { state: 'printed' }
  const problem = printed.error
  switch (problem.kind) {
    case 'printer':
      return { state: 'failed', printer: problem.printer }
    case 'unknown':
      return { state: 'unconfirmed' }
    case 'format':
    case 'refused':
    case 'aborted':
    case 'cancelled':
      return { state: 'failed', printer: printer.state() }
    default:
      return unreachable(problem)
  }
}

function toPaperOut(printed: Printed): PaperOut {
  if (printed.ok) return { state: printed.value.confirmed ? 'printed' : 'unconfirmed' }
  switch (printed.error.kind) {
    case 'printer':
      return { state: 'failed', printer: printed.error.printer }
    case 'drawing':
      return { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } }
  }
}
