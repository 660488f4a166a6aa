import { encode } from 'uqr'
import { unreachable } from '../../shared/domain/result.ts'
import type { Block, Document, TextSize, TextWeight, Words } from './document.ts'
import type { Font, Layout, Mark, Measure } from './layout.ts'
import { frame, qrMarks, rulerMarks } from './marks.ts'
import { printMessages } from './messages.ts'
import { wrapText } from './wrap.ts'

/** Sheets of paper, in points. A5 portrait for all forms but the register (TT 03/2025/TT-VPCP). */
export const PAGE_SIZES = {
  A4: { width: 595.28, height: 841.89 },
  A5: { width: 419.53, height: 595.28 },
} as const
export type PageSize = keyof typeof PAGE_SIZES

/** Sizes on a page, in points and em. */
const PAGE = {
  MARGIN: 34,
  TEXT: { small: 7.5, body: 10, lead: 11, title: 13 },
  /** Line height in em: a bold Ễ and the ợ above it do not touch. */
  LINE_EM: 1.5,
  ASCENT_EM: 1.24,
  INDENT: 10,
  STEP: 26,
  QR: 74,
} as const

const mm = (length: number) => (length * 72) / 25.4
const fontOf = (size: TextSize, weight: TextWeight): Font => ({ dots: PAGE.TEXT[size], weight })
const tidy = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()

type Column = { readonly x: number; readonly width: number }

/**
 * The document on as many pages as it needs, numbered where there are several. As `layOut` for the
 * roll, but lengths are points, and official papers centre their headings.
 */
export function layOutPages(document: Document, size: PageSize, measure: Measure): Layout[] {
  const { width, height } = PAGE_SIZES[size]
  const left = PAGE.MARGIN
  const room = width - 2 * PAGE.MARGIN
  const whole: Column = { x: left, width: room }
  const pages: Mark[][] = [[]]
  let y: number = PAGE.MARGIN

  const put = (mark: Mark) => pages.at(-1)?.push(mark)
  const need = (more: number) => {
    if (y + more <= height - PAGE.MARGIN) return
    pages.push([])
    y = PAGE.MARGIN
  }
  const lineHeight = (font: Font) => font.dots * PAGE.LINE_EM
  const widthOf = (text: string, font: Font) => measure(text, font).width
  const linesOf = (text: string, font: Font, room: number) =>
    wrapText(tidy(text), room, (words) => widthOf(words, font))
  const putLine = (text: string, font: Font, x: number, top: number) =>
    put({ kind: 'text', x, baseline: top + font.dots * PAGE.ASCENT_EM, text, font })

  /** Wrapped text, moving down and over to the next page. */
  const flow = (text: string, font: Font, column: Column) => {
    for (const line of linesOf(text, font, column.width)) {
      need(lineHeight(font))
      putLine(line, font, column.x, y)
      y += lineHeight(font)
    }
  }

  const columns = (sides: readonly (readonly [Column, readonly Words[]])[]) => {
    const laid = sides.map(([column, words]) => ({
      column,
      lines: words.flatMap(({ text, size, weight }) => {
        const font = fontOf(size, weight)
        return linesOf(text, font, column.width).map((line) => ({ line, font }))
      }),
    }))
    const tall = Math.max(
      ...laid.map(({ lines }) => lines.reduce((sum, { font }) => sum + lineHeight(font), 0)),
    )
    need(tall)
    for (const { column, lines } of laid) {
      let top = y
      for (const { line, font } of lines) {
        putLine(line, font, column.x + (column.width - widthOf(line, font)) / 2, top)
        top += lineHeight(font)
      }
    }
    y += tall
  }

  /** Label and value on one line where they fit, else the value below, set in. */
  const field = (label: string, value: string) => {
    const [plain, strong] = [fontOf('body', 'regular'), fontOf('body', 'semibold')]
    const text = tidy(value)
    need(lineHeight(plain))
    putLine(label, plain, left, y)
    const beside = left + widthOf(`${label} `, plain)
    const fits = beside + widthOf(text, strong) <= left + room
    if (fits) putLine(text, strong, beside, y)
    y += lineHeight(plain)
    if (!fits) flow(text, strong, { x: left + PAGE.INDENT, width: room - PAGE.INDENT })
  }

  const place = (block: Block): void => {
    switch (block.kind) {
      case 'gap':
        y += mm(block.mm)
        return
      case 'rule': {
        const thick = block.weight === 'thick' ? 1.5 : 0.5
        put({ kind: 'box', x: left, y, width: room, height: thick })
        y += thick
        return
      }
      case 'text':
        return flow(block.text, fontOf(block.size, block.weight), whole)
      case 'heading': {
        const font = fontOf(block.size, block.weight)
        for (const line of linesOf(block.text, font, room)) {
          need(lineHeight(font))
          putLine(line, font, left + (room - widthOf(line, font)) / 2, y)
          y += lineHeight(font)
        }
        return
      }
      case 'columns':
        return columns([
          [{ x: left, width: room * 0.48 }, block.left],
          [{ x: left + room * 0.52, width: room * 0.48 }, block.right],
        ])
      case 'field':
        return field(block.label, block.value)
      case 'pair':
        return field(`${block.label}:`, block.value)
      case 'step': {
        const font = fontOf('body', 'semibold')
        need(lineHeight(font))
        putLine(block.mark, font, left + PAGE.INDENT, y)
        return flow(block.text, font, { x: left + PAGE.STEP, width: room - PAGE.STEP })
      }
      case 'notice': {
        const font = fontOf('lead', 'semibold')
        const pad = 8
        const lines = linesOf(block.text, font, room - 2 * pad)
        const tall = lines.length * lineHeight(font) + 2 * pad
        need(tall)
        for (const mark of frame(left, y, room, tall, 1.5)) put(mark)
        for (const [index, line] of lines.entries()) {
          putLine(line, font, left + pad, y + pad + index * lineHeight(font))
        }
        y += tall
        return
      }
      case 'code': {
        const largest: Font = { dots: block.maxPt, weight: 'bold' }
        const fits = Math.min(1, room / widthOf(block.text, largest))
        const font: Font = { dots: block.maxPt * fits, weight: 'bold' }
        need(lineHeight(font))
        putLine(tidy(block.text), font, left, y)
        y += lineHeight(font)
        return
      }
      case 'qr': {
        const { data, size } = encode(block.payload, { ecc: 'M', border: 0 })
        need(PAGE.QR)
        const x = left + room - PAGE.QR
        for (const mark of qrMarks(data, x, y, PAGE.QR / size)) put(mark)
        let top = y
        for (const line of block.caption) {
          const font = fontOf('body', 'regular')
          for (const part of linesOf(line, font, room - PAGE.QR - 12)) {
            putLine(part, font, left, top)
            top += lineHeight(font)
          }
        }
        y = Math.max(top, y + PAGE.QR)
        return
      }
      case 'ruler':
        need(mm(5))
        for (const mark of rulerMarks(left, y, block.mm, mm(1))) put(mark)
        y += mm(5)
        return
      default:
        return unreachable(block)
    }
  }

  for (const block of document) place(block)
  if (pages.length > 1) {
    const font = fontOf('small', 'regular')
    for (const [index, marks] of pages.entries()) {
      const text = printMessages.page(index + 1, pages.length)
      marks.push({ kind: 'text', x: left, baseline: height - PAGE.MARGIN / 2, text, font })
    }
  }
  return pages.map((marks) => ({ width, height, marks }))
}
