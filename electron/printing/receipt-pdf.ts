import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import { PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { fontFiles } from './fonts.ts'
import { formalMoment, placeAndDay } from './local-words.ts'
import { printMessages } from './messages.ts'
import { wrapText } from './wrap.ts'

/** What the portal has accepted. All of it is printed and none of it is put into file metadata. */
export type ReceiptInput = {
  readonly commune: string
  readonly province: string
  /** As the portal issued it. */
  readonly dossierCode: string
  /** ms since the epoch. */
  readonly receivedAtMs: number
  readonly applicantName: string
  readonly address: string
  readonly phone: string | null
  readonly procedureName: string
  readonly components: readonly string[]
  /** "3 ngày làm việc" */
  readonly limit: string
  /** When the result can be fetched, in words; null where the portal has set no day. */
  readonly due: string | null
  readonly resultPlace: string
}

/** `fonts`: a font file is missing. `letters`: a text has a letter that the font lacks. */
export type ReceiptProblem = 'fonts' | 'letters'

/** Points. A5 portrait (Thông tư 03/2025/TT-VPCP: all forms but the register are A5). */
export const RECEIPT_PAGE = {
  WIDTH_PT: 419.53,
  HEIGHT_PT: 595.28,
  MARGIN_PT: 34,
  HEAD_PT: 7.5,
  BODY_PT: 10,
  SMALL_PT: 8,
  TITLE_PT: 13,
  /** Line height in em: a bold Ễ and the ợ above it do not touch. */
  LINE_EM: 1.5,
  ASCENT_EM: 1.24,
} as const

type Fonts = { readonly regular: PDFFont; readonly semibold: PDFFont; readonly bold: PDFFont }

const LEFT = RECEIPT_PAGE.MARGIN_PT
const ROOM = RECEIPT_PAGE.WIDTH_PT - 2 * RECEIPT_PAGE.MARGIN_PT

/**
 * The official receipt, layout of Mẫu 01. Text stays text: the font is embedded as a subset without
 * ligatures and every string is NFC, so that a reader copies exactly what was written.
 */
export async function receiptPdf(
  input: ReceiptInput,
  fontsDir: string,
): Promise<Result<Uint8Array, ReceiptProblem>> {
  const files = fontFiles(fontsDir)
  if (!files) return err('fonts')
  const pdf = await PDFDocument.create()
  pdf.registerFontkit(fontkit)
  const embed = async (file: string) =>
    pdf.embedFont(await readFile(file), { subset: true, features: { liga: false } })
  const fonts: Fonts = {
    regular: await embed(files.regular),
    semibold: await embed(files.semibold),
    bold: await embed(files.bold),
  }
  const known = new Set(fonts.regular.getCharacterSet())
  const values = Object.values(input)
    .flat()
    .filter((value) => typeof value === 'string')
  for (const letter of tidy(values.join(' '))) {
    if (!known.has(letter.codePointAt(0) ?? 0)) return err('letters')
  }

  const words = printMessages.receipt
  const made = new Date(input.receivedAtMs)
  pdf.setTitle(words.title)
  pdf.setLanguage('vi')
  pdf.setCreationDate(made)
  pdf.setModificationDate(made)

  const paper = createPaper(pdf)
  const { regular, semibold, bold } = fonts
  const body = RECEIPT_PAGE.BODY_PT
  const small = RECEIPT_PAGE.SMALL_PT
  const head = RECEIPT_PAGE.HEAD_PT

  const leftColumn: Column = { x: LEFT, width: ROOM * 0.48 }
  const rightColumn: Column = { x: LEFT + ROOM * 0.52, width: ROOM * 0.48 }
  paper.columns(
    [
      leftColumn,
      [
        { text: tidy(input.province), font: regular, size: head },
        { text: tidy(input.commune), font: semibold, size: head },
        { text: words.centre, font: bold, size: head },
        { text: words.number, font: regular, size: head },
      ],
    ],
    [
      rightColumn,
      [
        { text: words.state, font: bold, size: head },
        { text: words.motto, font: semibold, size: head },
        { text: placeAndDay(tidy(input.commune), input.receivedAtMs), font: regular, size: head },
      ],
    ],
  )
  paper.gap(14)
  paper.centred({ text: words.title, font: bold, size: RECEIPT_PAGE.TITLE_PT })
  paper.centred({
    text: `${words.dossierCode} ${tidy(input.dossierCode)}`,
    font: semibold,
    size: 11,
  })
  paper.centred({ text: words.copy, font: regular, size: small })
  paper.gap(8)

  const field = (label: string, value: string) => {
    paper.field(
      { text: label, font: regular, size: body },
      { text: tidy(value), font: semibold, size: body },
    )
  }
  field(words.receivedBy, input.commune)
  field(words.applicant, input.applicantName)
  field(words.address, input.address)
  if (input.phone !== null) field(words.phone, input.phone)
  field(words.request, input.procedureName)
  paper.gap(4)
  paper.line({ text: words.components, font: regular, size: body })
  const components = input.components.length > 0 ? input.components : [words.noComponents]
  for (const [index, component] of components.entries()) {
    paper.item(`${index + 1})`, { text: tidy(component), font: semibold, size: body })
  }
  field(words.sets, words.oneSet)
  field(words.limit, input.limit)
  field(words.receivedAt, formalMoment(input.receivedAtMs))
  field(words.dueAt, input.due ?? words.noDue)
  field(words.resultPlace, input.resultPlace)
  paper.gap(4)
  paper.line({ text: words.register, font: regular, size: body })
  paper.gap(10)
  const signature = (title: string): Words[] => [
    { text: title, font: bold, size: 9 },
    { text: words.signHint, font: regular, size: small },
  ]
  paper.columns(
    [leftColumn, signature(words.signApplicant)],
    [rightColumn, signature(words.signOfficer)],
  )
  paper.gap(36)

  const pages = pdf.getPages()
  if (pages.length > 1) {
    for (const [index, page] of pages.entries()) {
      page.drawText(words.page(index + 1, pages.length), {
        x: LEFT,
        y: RECEIPT_PAGE.MARGIN_PT / 2,
        size: small,
        font: regular,
      })
    }
  }
  return ok(await pdf.save())
}

/** One line of NFC: a decomposed letter would lose its marks, a line break would leave the form. */
const tidy = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()

type Words = { readonly text: string; readonly font: PDFFont; readonly size: number }
type Column = { readonly x: number; readonly width: number }

/** Text from top to bottom, on as many pages as it needs. */
function createPaper(pdf: PDFDocument) {
  const { WIDTH_PT, HEIGHT_PT, MARGIN_PT, LINE_EM, ASCENT_EM } = RECEIPT_PAGE
  let page: PDFPage = pdf.addPage([WIDTH_PT, HEIGHT_PT])
  let top = HEIGHT_PT - MARGIN_PT

  const need = (height: number) => {
    if (top - height >= MARGIN_PT) return
    page = pdf.addPage([WIDTH_PT, HEIGHT_PT])
    top = HEIGHT_PT - MARGIN_PT
  }
  const widthOf = (words: Words, text = words.text) =>
    words.font.widthOfTextAtSize(text, words.size)
  const wrapped = (words: Words, width: number) =>
    wrapText(words.text, width, (text) => widthOf(words, text))
  const put = (text: string, words: Words, x: number, lineTop: number) =>
    page.drawText(text, {
      x,
      y: lineTop - words.size * ASCENT_EM,
      font: words.font,
      size: words.size,
    })
  const lineHeight = (words: Words) => words.size * LINE_EM

  /** Wrapped text at `column`, moving down. */
  const flow = (words: Words, column: Column) => {
    for (const text of wrapped(words, column.width)) {
      need(lineHeight(words))
      put(text, words, column.x, top)
      top -= lineHeight(words)
    }
  }
  const whole: Column = { x: LEFT, width: ROOM }

  return {
    gap: (points: number) => {
      top -= points
    },
    line: (words: Words) => flow(words, whole),
    /** One component of the numbered list, set in from the edge. */
    item: (mark: string, words: Words) => {
      need(lineHeight(words))
      put(mark, words, LEFT + 10, top)
      flow(words, { x: LEFT + 26, width: ROOM - 26 })
    },
    centred: (words: Words) => {
      for (const text of wrapped(words, ROOM)) {
        need(lineHeight(words))
        put(text, words, LEFT + (ROOM - widthOf(words, text)) / 2, top)
        top -= lineHeight(words)
      }
    },
    /** Label and value on one line where they fit, else the value below, set in. */
    field: (label: Words, value: Words) => {
      const labelWidth = widthOf(label) + widthOf(label, ' ')
      need(lineHeight(label))
      put(label.text, label, LEFT, top)
      if (labelWidth + widthOf(value) <= ROOM) {
        put(value.text, value, LEFT + labelWidth, top)
        top -= lineHeight(label)
      } else {
        top -= lineHeight(label)
        flow(value, { x: LEFT + 10, width: ROOM - 10 })
      }
    },
    /** Two columns side by side, kept on one page. */
    columns: (...columns: readonly (readonly [Column, readonly Words[]])[]) => {
      const laid = columns.map(
        ([column, lines]) =>
          [column, lines.map((words) => ({ words, texts: wrapped(words, column.width) }))] as const,
      )
      const heights = laid.map(([, lines]) =>
        lines.reduce((sum, line) => sum + line.texts.length * lineHeight(line.words), 0),
      )
      const height = Math.max(...heights)
      need(height)
      for (const [column, lines] of laid) {
        let y = top
        for (const { words, texts } of lines) {
          for (const text of texts) {
            put(text, words, column.x + (column.width - widthOf(words, text)) / 2, y)
            y -= lineHeight(words)
          }
        }
      }
      top -= height
    },
  }
}
