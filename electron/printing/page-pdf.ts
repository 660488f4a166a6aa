import fontkit from '@pdf-lib/fontkit'
import { PDFDocument } from 'pdf-lib'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Document, TextWeight } from './document.ts'
import { fontFiles } from './fonts.ts'
import type { Measure } from './layout.ts'
import { openPageFont, type PageFont } from './page-font.ts'
import { layOutPages, type PageSize } from './page-layout.ts'

/** `fonts`: a font file is missing. `letters`: a text has a letter that the font lacks. */
export type PageProblem = 'fonts' | 'letters'

/**
 * A document as PDF. Text stays text: the font is embedded as a subset without ligatures and every
 * string is NFC, so that a reader copies exactly what was written. The file's own data name the
 * kind of paper and the moment alone.
 */
export async function pagePdf(
  document: Document,
  paper: { readonly size: PageSize; readonly title: string; readonly atMs: number },
  fontsDir: string,
): Promise<Result<Uint8Array, PageProblem>> {
  const files = fontFiles(fontsDir)
  if (!files) return err('fonts')
  const pdf = await PDFDocument.create()
  pdf.registerFontkit(fontkit)
  const fonts: Readonly<Record<TextWeight, PageFont>> = {
    regular: await openPageFont(pdf, files.regular),
    semibold: await openPageFont(pdf, files.semibold),
    bold: await openPageFont(pdf, files.bold),
  }
  let unknownLetter = false
  const measure: Measure = (text, { dots, weight }) => {
    if (!fonts[weight].has(text)) unknownLetter = true
    const width = unknownLetter ? 0 : fonts[weight].line(text).width * dots
    return { width, ascent: dots, descent: 0 }
  }
  const pages = layOutPages(document, paper.size, measure)
  if (unknownLetter) return err('letters')

  pdf.setTitle(paper.title)
  pdf.setLanguage('vi')
  pdf.setCreationDate(new Date(paper.atMs))
  pdf.setModificationDate(new Date(paper.atMs))
  for (const { width, height, marks } of pages) {
    const page = pdf.addPage([width, height])
    for (const mark of marks) {
      if (mark.kind === 'text') {
        const size = mark.font.dots
        const baseline = height - mark.baseline
        for (const { text, font, x, y } of fonts[mark.font.weight].line(mark.text).runs) {
          page.drawText(text, { x: mark.x + x * size, y: baseline + y * size, size, font })
        }
      } else {
        page.drawRectangle({
          x: mark.x,
          y: height - mark.y - mark.height,
          width: mark.width,
          height: mark.height,
        })
      }
    }
  }
  return ok(await pdf.save())
}
