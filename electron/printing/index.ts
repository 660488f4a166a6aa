import type { PrinterState } from '../../shared/contract/index.ts'
import { err, ok, type Result, unreachable } from '../../shared/domain/result.ts'
import { MEDIA, type PageForm, type Printer } from '../devices/printers/index.ts'
import { counterNoteDocument, type CounterNoteInput } from './counter-note.ts'
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
import {
  type ReceiptInput,
  receiptDocument,
  type SupplementInput,
  supplementDocument,
} from './official.ts'
import { printMessages } from './messages.ts'
import { type OfficialTexts } from './official-texts.ts'
import { layOutPages, PAGE_SIZES } from './page-layout.ts'
import type { PageProblem } from './page-pdf.ts'
import { encodePwgRaster } from './pwg-raster.ts'
import {
  type ProcedureSheetInput,
  procedureSheetDocument,
  type TestPageInput,
  testPageDocument,
} from './sheets.ts'

export type { SlipInput, TicketInput } from './document.ts'
export { createEscPosDecoder, type PrinterCommand } from './escpos-decoder.ts'
export type { PaperWidth } from './layout.ts'
export { dueMoment } from './local-words.ts'
export { encodePng } from './png.ts'
export { type Raster, stack } from './raster.ts'
export type { ReceiptInput, SupplementInput } from './official.ts'
export { editionOn, openOfficialTexts } from './official-texts.ts'
export type { ProcedureSheetInput, TestPageInput } from './sheets.ts'

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
  /** A place in the queue, and what was answered, for a counter that goes on from there. */
  printCounterNote(input: CounterNoteInput): Promise<Printed>
  /** Every letter, a code, a ruler: for a technician. */
  printTestPage(input: TestPageInput): Promise<Printed>
  /** What a procedure needs, to take home. A5. */
  procedureSheet(input: ProcedureSheetInput, atMs: number, form: PageForm): Promise<DrawnPage>
  /** The same test page for the page printer. A5. */
  testPage(input: TestPageInput, form: PageForm): Promise<DrawnPage>
  /** "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", only after the portal has accepted. A5. */
  receipt(input: ReceiptInput, form: PageForm): Promise<DrawnPage>
  /** "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", as an officer has asked. A5. */
  supplement(input: SupplementInput, form: PageForm): Promise<DrawnPage>
}

/** `canvas`: no picture can be drawn on this machine. `pages`: a picture has one page only. */
export type DrawnPage = Result<Uint8Array, PageProblem | CanvasProblem | 'pages'>

/** Dots of a picture for each point: 300 an inch. */
const DOTS_PER_POINT = 300 / 72

/** Draws and prints. `fontsDir` holds Be Vietnam Pro (`resources/fonts`). */
export function createPrinting(ports: {
  readonly printer: Printer
  readonly width: PaperWidth
  readonly fontsDir: string
  /** The words of the official forms on the day of an instant. */
  readonly texts: (atMs: number) => OfficialTexts
}): Printing {
  let canvas: Canvas | null = null

  const open = async (): Promise<Result<Canvas, CanvasProblem>> => {
    if (canvas) return ok(canvas)
    const opened = await openCanvas(ports.fontsDir)
    if (opened.ok) canvas = opened.value
    return opened
  }

  const print = async (document: Document): Promise<Printed> => {
    const opened = await open()
    if (!opened.ok) return err({ kind: 'drawing', missing: opened.error })
    const canvas = opened.value
    const raster = canvas.draw(layOut(document, ports.width, canvas.measure))
    const printed = await ports.printer.print(encodeJob(raster))
    return printed.ok ? ok(printed.value) : err({ kind: 'printer', printer: printed.error })
  }

  const draw = async (
    document: Document,
    paper: { readonly title: string; readonly atMs: number },
    form: PageForm,
  ): Promise<DrawnPage> => {
    if (form.format === 'application/pdf') {
      // Read when the first page is made: it is a tenth of a second of every start.
      const { pagePdf } = await import('./page-pdf.ts')
      return pagePdf(document, { size: 'A5', ...paper }, ports.fontsDir)
    }
    const opened = await open()
    if (!opened.ok) return opened
    const canvas = opened.value
    const pages = layOutPages(document, 'A5', canvas.measure)
    switch (form.format) {
      case 'image/pwg-raster': {
        const { dpi, colour, media } = form
        const sheet = { dpi, colour, mediaName: MEDIA[media], ...PAGE_SIZES[media] }
        function* drawn() {
          for (const page of pages) yield canvas.grey(page, dpi / 72, sheet)
        }
        return ok(encodePwgRaster(drawn(), pages.length, sheet))
      }
      case 'image/jpeg': {
        const [first, ...others] = pages
        if (first === undefined || others.length > 0) return err('pages')
        return ok(canvas.picture(first, DOTS_PER_POINT))
      }
      default:
        return unreachable(form)
    }
  }

  return {
    printSlip: (input) => print(slipDocument(input)),
    printTicket: (input) => print(ticketDocument(input)),
    printCounterNote: (input) => print(counterNoteDocument(input)),
    printTestPage: (input) => print(testPageDocument(input)),
    testPage: (input, form) =>
      draw(
        testPageDocument(input),
        { title: printMessages.testPage.title, atMs: input.atMs },
        form,
      ),
    procedureSheet: (input, atMs, form) => {
      const paper = { title: printMessages.procedureSheet.title, atMs }
      return draw(procedureSheetDocument(input), paper, form)
    },
    receipt: (input, form) => {
      const texts = ports.texts(input.receivedAtMs)
      const paper = { title: texts.receipt.title, atMs: input.receivedAtMs }
      return draw(receiptDocument(input, texts), paper, form)
    },
    supplement: (input, form) => {
      const texts = ports.texts(input.askedAtMs)
      const paper = { title: texts.supplement.title, atMs: input.askedAtMs }
      return draw(supplementDocument(input, texts), paper, form)
    },
  }
}
