import type { PrinterState } from '../../shared/contract/index.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Printer } from '../devices/printers/index.ts'
import { type Canvas, type CanvasProblem, openCanvas } from './canvas.ts'
import {
  type Document,
  slipDocument,
  type SlipInput,
  ticketDocument,
  type TicketInput,
} from './document.ts'
import { encodeJob } from './escpos.ts'
import { layOut, type PaperWidth } from './layout.ts'
import { type ReceiptInput, type ReceiptProblem, receiptPdf } from './receipt-pdf.ts'

export type { SlipInput, TicketInput } from './document.ts'
export { createEscPosDecoder, type PrinterCommand } from './escpos-decoder.ts'
export type { PaperWidth } from './layout.ts'
export { encodePng } from './png.ts'
export { type Raster, stack } from './raster.ts'
export type { ReceiptInput, ReceiptProblem } from './receipt-pdf.ts'

/** Why no paper came: the printer's own state, or nothing could be drawn on this machine. */
export type PrintProblem =
  | { readonly kind: 'printer'; readonly printer: PrinterState }
  | { readonly kind: 'drawing'; readonly missing: CanvasProblem }

/** `confirmed` is false where the printer took the bytes but answers no query. */
export type Printed = Result<{ readonly confirmed: boolean }, PrintProblem>

/** Paper for the citizen. */
export type Printing = {
  /** "Phiếu ghi nhận tạm", as soon as the filing is durable. */
  printSlip(input: SlipInput): Promise<Printed>
  /** A place in the queue. */
  printTicket(input: TicketInput): Promise<Printed>
  /** "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", only after the portal has accepted. PDF bytes, A5. */
  receiptPdf(input: ReceiptInput): Promise<Result<Uint8Array, ReceiptProblem>>
}

/** Draws and prints. `fontsDir` holds Be Vietnam Pro (`resources/fonts`). */
export function createPrinting(ports: {
  readonly printer: Printer
  readonly width: PaperWidth
  readonly fontsDir: string
}): Printing {
  let canvas: Canvas | null = null

  const print = async (document: Document): Promise<Printed> => {
    if (!canvas) {
      const opened = await openCanvas(ports.fontsDir)
      if (!opened.ok) return err({ kind: 'drawing', missing: opened.error })
      canvas = opened.value
    }
    const raster = canvas.draw(layOut(document, ports.width, canvas.measure))
    const printed = await ports.printer.print(encodeJob(raster))
    return printed.ok ? ok(printed.value) : err({ kind: 'printer', printer: printed.error })
  }

  return {
    printSlip: (input) => print(slipDocument(input)),
    printTicket: (input) => print(ticketDocument(input)),
    receiptPdf: (input) => receiptPdf(input, ports.fontsDir),
  }
}
