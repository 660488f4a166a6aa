import { encode } from 'uqr'
import { unreachable } from '../../shared/domain/result.ts'
import type { Block, Document, TextSize, TextWeight } from './document.ts'
import { frame, qrMarks, rulerMarks } from './marks.ts'
import { wrapBalanced, wrapText } from './wrap.ts'

/** Dots across the roll: 576 on 80 mm paper, 384 on 58 mm. */
export type PaperWidth = 576 | 384

export type Font = { readonly dots: number; readonly weight: TextWeight }

/** Ink of one line in dots: advance, and how far it reaches above and below the baseline. */
export type Ink = { readonly width: number; readonly ascent: number; readonly descent: number }
export type Measure = (text: string, font: Font) => Ink

/** What the canvas draws, in dots from the top left corner. */
export type Mark =
  | {
      readonly kind: 'text'
      readonly x: number
      readonly baseline: number
      readonly text: string
      readonly font: Font
    }
  | {
      readonly kind: 'box'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    }

export type Layout = {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
}

/** Sizes of the printed page. */
export const PAPER = {
  /** Thermal heads of both widths have 203 dots an inch, 8 a millimetre. */
  DOTS_PER_MM: 8,
  DOTS_PER_PT: 203.2 / 72,
  /** Ễ in bold reaches 1.223 em above the baseline, ợ 0.247 em below: no mark is ever cut. */
  ASCENT_EM: 1.24,
  DESCENT_EM: 0.26,
  /** Points of running text; nothing on paper is below 10. */
  TEXT_PT: { small: 10.5, body: 12, lead: 14, title: 17.5 },
  /** A QR module is four dots (0.5 mm) at least; below that phone cameras and wedges begin to fail. */
  QR_MIN_MODULE_DOTS: 4,
} as const

const mm = (length: number) => Math.round(length * PAPER.DOTS_PER_MM)
const points = (pt: number) => Math.round(pt * PAPER.DOTS_PER_PT)

/** Places every block under the last one. Pure: the same text and metrics give the same marks. */
export function layOut(document: Document, width: PaperWidth, measure: Measure): Layout {
  const narrow = width === 384
  const margin = narrow ? mm(1) : mm(2)
  const content = width - 2 * margin
  const marks: Mark[] = []
  let y = mm(1)

  const fontOf = (size: TextSize, weight: TextWeight): Font => ({
    dots: points(PAPER.TEXT_PT[size]),
    weight,
  })

  /** Draws a paragraph and says where the next thing may start. */
  const paragraph = (
    text: string,
    font: Font,
    x: number,
    top: number,
    room: number,
    balanced = false,
  ): number => {
    const wrap = balanced ? wrapBalanced : wrapText
    let bottom = top
    for (const line of wrap(text.normalize('NFC'), room, (words) => measure(words, font).width)) {
      const baseline = Math.round(bottom + font.dots * PAPER.ASCENT_EM)
      marks.push({ kind: 'text', x, baseline, text: line, font })
      bottom += Math.ceil(font.dots * (PAPER.ASCENT_EM + PAPER.DESCENT_EM))
    }
    return bottom
  }

  const place = (block: Block): number => {
    switch (block.kind) {
      case 'gap':
        return y + mm(block.mm)
      case 'rule': {
        const height = block.weight === 'thick' ? 4 : 2
        marks.push({ kind: 'box', x: margin, y, width: content, height })
        return y + height
      }
      case 'columns': {
        let bottom = y
        for (const { text, size, weight } of [...block.left, ...block.right]) {
          bottom = paragraph(text, fontOf(size, weight), margin, bottom, content)
        }
        return bottom
      }
      case 'field': {
        const below = paragraph(block.label, fontOf('small', 'regular'), margin, y, content)
        return paragraph(block.value, fontOf('body', 'semibold'), margin, below, content) + mm(0.5)
      }
      case 'ruler':
        marks.push(...rulerMarks(margin, y, block.mm, mm(1)))
        return y + mm(5)
      case 'heading':
      case 'text': {
        const font = fontOf(block.size, block.weight)
        return paragraph(block.text, font, margin, y, content, block.size === 'title')
      }
      case 'step': {
        const font = fontOf('body', 'regular')
        const indent = mm(5)
        paragraph(block.mark, fontOf('body', 'semibold'), margin, y, indent)
        return paragraph(block.text, font, margin + indent, y, content - indent) + mm(0.5)
      }
      case 'pair': {
        const label = fontOf('small', 'regular')
        const value = fontOf('body', 'semibold')
        if (narrow) {
          const below = paragraph(block.label, label, margin, y, content)
          return paragraph(block.value, value, margin, below - mm(0.5), content) + mm(1)
        }
        const column = mm(20)
        // Both stand on one baseline although they differ in size.
        const drop = Math.round((value.dots - label.dots) * PAPER.ASCENT_EM)
        const left = paragraph(block.label, label, margin, y + drop, column - mm(1))
        const right = paragraph(block.value, value, margin + column, y, content - column)
        return Math.max(left, right) + mm(0.5)
      }
      case 'notice': {
        const [border, padding] = [4, mm(narrow ? 2 : 3)]
        const inside = content - 2 * (border + padding)
        const font = fontOf('lead', 'semibold')
        const from = y + border + mm(1)
        const bottom =
          paragraph(block.text, font, margin + border + padding, from, inside, true) +
          mm(1.5) +
          border
        marks.push(...frame(margin, y, content, bottom - y, border))
        return bottom
      }
      case 'code': {
        const text = block.text.normalize('NFC')
        const largest: Font = { dots: points(block.maxPt), weight: 'bold' }
        const fits = Math.min(1, content / measure(text, largest).width)
        const font: Font = { dots: Math.floor(largest.dots * fits), weight: 'bold' }
        const ink = measure(text, font)
        const baseline = Math.ceil(y + mm(1.5) + ink.ascent)
        marks.push({ kind: 'text', x: margin, baseline, text, font })
        return Math.ceil(baseline + ink.descent) + mm(1)
      }
      case 'qr': {
        const { data, size } = encode(block.payload, { ecc: 'M', border: 0 })
        const module = Math.max(PAPER.QR_MIN_MODULE_DOTS, Math.floor(mm(narrow ? 22 : 26) / size))
        const left = width - margin - module * size
        marks.push(...qrMarks(data, left, y, module))
        let bottom = y - mm(1)
        for (const [index, line] of block.caption.entries()) {
          const font = index === 0 ? fontOf('body', 'semibold') : fontOf('small', 'regular')
          // Four modules of quiet zone (ISO/IEC 18004) stay between caption and code.
          bottom = paragraph(line, font, margin, bottom, left - 4 * module - margin, true) + mm(1)
        }
        return Math.max(bottom, y + module * size)
      }
      default:
        return unreachable(block)
    }
  }

  for (const block of document) y = place(block)
  return { width, height: y + mm(3), marks }
}
