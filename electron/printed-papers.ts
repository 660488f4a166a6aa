import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PaperOut, ReceiptOut } from '../shared/contract/index.ts'
import { localDate } from '../shared/domain/local-time.ts'
import { ok, unreachable } from '../shared/domain/result.ts'
import { scopeOf, versionNear, type Versions } from '../shared/forms/index.ts'
import type { PageForm, PagePrinter } from './devices/printers/index.ts'
import {
  type AcceptedReceipt,
  dueLater,
  type DueOf,
  procedureSheetInput,
  receiptInput,
  supplementInput,
} from './filing/index.ts'
import type { Log } from './log.ts'
import type { Printed, Printing } from './printing/index.ts'
import {
  isPrintedBefore,
  knownIn,
  paperOf,
  papersDue,
  type SessionPorts,
  type Visit,
} from './session/index.ts'

type PapersDeps = {
  readonly printing: Printing
  readonly kioskId: string
  readonly place: { readonly commune: string; readonly province: string }
  /** Folder that stands for the A4 printer of the training world; null: there is none. */
  readonly tray: string | null
  readonly pagePrinter: PagePrinter
  /** By group of procedures. */
  readonly counters: Readonly<Record<string, string>>
  readonly procedures: Versions
  readonly submission: (clientRef: string) =>
    | {
        readonly seq: number
        readonly procedureCode: string
        readonly capturedAtMs: number
        readonly receipt: AcceptedReceipt | null
      }
    | undefined
  readonly due: DueOf
  readonly log: Log
}

/**
 * What a visit gets on paper: at a stop a ticket; for a filing slip and ticket at once, and the
 * receipt once the portal has accepted; and what is asked for: a procedure's sheet, the list of what
 * is still missing.
 */
export function createPapers(
  deps: PapersDeps,
): Pick<SessionPorts, 'print' | 'printTicket' | 'sheet' | 'supplement' | 'receipt'> {
  const { printing, kioskId, place, tray, pagePrinter, counters, submission, due, log } = deps
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
        due: dueLater(procedure, scopeOf(procedure, knownIn(visit), visit.answers)),
        handIn: papersDue(procedure, visit)
          .filter(({ code }) => paperOf(visit, code).pages.length === 0)
          .map(({ name }) => name),
        next: procedure.ends === 'filed' ? null : procedure.next,
      })
      if (!slip.ok || filed.ticket === null) return toPaperOut(slip)
      const reprint = filed.reprint || isPrintedBefore(visit, filed.ticket)
      const ticket = await printing.printTicket({ ...common, ...filed.ticket, reprint })
      if (!ticket.ok) return toPaperOut(ticket)
      return toPaperOut(ok({ confirmed: slip.value.confirmed && ticket.value.confirmed }))
    },

    async printTicket(ticket, reprint) {
      return toPaperOut(await printing.printTicket({ ...place, kioskId, ...ticket, reprint }))
    },

    async sheet(procedure, nowMs) {
      const counter = counters[procedure.group] ?? ''
      const input = procedureSheetInput(procedure, { ...place, counter })
      const printed = await pagePrinter.print({
        name: 'Tờ hướng dẫn',
        media: 'A5',
        async make(form) {
          const drawn = await printing.procedureSheet(input, nowMs, form)
          if (drawn.ok) return drawn.value
          log('sheet-not-drawn', { code: drawn.error })
          return null
        },
      })
      if (!printed.ok) log('sheet-not-printed', { code: printed.error.kind })
      return toReceiptOut(printed, pagePrinter)
    },

    async supplement(clientRef, asked) {
      const filing = submission(clientRef)
      const procedure =
        filing && versionNear(deps.procedures, filing.procedureCode, localDate(filing.capturedAtMs))
      const code = filing?.receipt?.dossierCode
      if (!procedure || code === undefined) return { state: 'none' }
      const at = { ...place, counter: counters[procedure.group] ?? '' }
      const input = supplementInput(asked, { procedure, code }, at)
      if (input === null) return { state: 'none' }
      const printed = await pagePrinter.print({
        name: 'Phiếu yêu cầu bổ sung',
        media: 'A5',
        async make(form) {
          const drawn = await printing.supplement(input, form)
          if (drawn.ok) return drawn.value
          log('supplement-not-drawn', { code: drawn.error })
          return null
        },
      })
      if (!printed.ok) log('supplement-not-printed', { code: printed.error.kind })
      return toReceiptOut(printed, pagePrinter)
    },

    async receipt(visit: Visit, procedure, tell) {
      const filing = visit.clientRef ? submission(visit.clientRef) : undefined
      const printer = pagePrinter.state().state === 'not-configured' ? null : pagePrinter
      if (!filing?.receipt || visit.card === null || (tray === null && printer === null)) return
      if (printer) tell({ state: 'printing' })
      const input = receiptInput({
        place,
        procedure,
        known: { ...knownIn(visit), card: visit.card },
        answers: visit.answers,
        captured: new Set(
          papersDue(procedure, visit)
            .filter(({ code }) => paperOf(visit, code).pages.length > 0)
            .map(({ code }) => code),
        ),
        receipt: filing.receipt,
        counter: visit.filed?.ticket?.counter ?? counters[procedure.group] ?? '',
        due,
      })
      const make = async (form: PageForm) => {
        const drawn = await printing.receipt(input, form)
        if (drawn.ok) return drawn.value
        log('receipt-not-drawn', { code: drawn.error })
        return null
      }
      if (tray !== null) {
        const pdf = await make({ format: 'application/pdf' })
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

/** What a page is told of paper from the slip printer. */
export function toPaperOut(printed: Printed): PaperOut {
  if (printed.ok) return { state: printed.value.confirmed ? 'printed' : 'unconfirmed' }
  switch (printed.error.kind) {
    case 'printer':
      return { state: 'failed', printer: printed.error.printer }
    case 'drawing':
      return { state: 'failed', printer: { state: 'error', cause: 'unrecoverable' } }
  }
}
