import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PaperOut } from '../shared/contract/index.ts'
import { receiptInput } from './filing/index.ts'
import type { Log } from './log.ts'
import type { Submission } from './outbox/index.ts'
import type { Printed, Printing } from './printing/index.ts'
import { paperOf, papersDue, type SessionPorts, type Visit } from './session/index.ts'

type PapersDeps = {
  readonly printing: Printing
  readonly kioskId: string
  readonly place: { readonly commune: string; readonly province: string }
  /** Folder that stands for the A4 printer of the training world; null: there is none. */
  readonly tray: string | null
  readonly submission: (clientRef: string) => Submission | undefined
  readonly log: Log
}

/** What a visit gets on paper: slip and ticket at once, the receipt once the portal has accepted. */
export function createPapers(deps: PapersDeps): Pick<SessionPorts, 'print' | 'receipt'> {
  const { printing, kioskId, place, tray, submission, log } = deps
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
      return toPaperOut(
        await printing.printTicket({ ...common, ...filed.ticket, issuedAtMs: filed.filedAtMs }),
      )
    },

    async receipt(visit: Visit, procedure) {
      const filing = visit.clientRef ? submission(visit.clientRef) : undefined
      if (!filing?.receipt || visit.card === null || tray === null) return
      const pdf = await printing.receiptPdf(
        receiptInput({
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
        }),
      )
      if (!pdf.ok) return log('receipt-not-drawn', { code: pdf.error })
      const sheet = join(tray, `receipt-${filing.seq}.pdf`)
      // Under another name first: a sheet that lies in the tray is a whole one.
      await writeFile(`${sheet}.part`, pdf.value)
      await rename(`${sheet}.part`, sheet)
    },
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
