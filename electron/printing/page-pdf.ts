import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import { PDFDocument, type PDFFont } from 'pdf-lib'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Document, TextWeight } from './document.ts'
import { fontFiles } from './fonts.ts'
import type { Measure } from './layout.ts'
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
  const embed = async (file: string) =>
    pdf.embedFont(await readFile(file), { subset: true, features: { liga: false } })
  const fonts: Readonly<Record<TextWeight, PDFFont>> = {
    regular: await embed(files.regular),
    semibold: await embed(files.semibold),
    bold: await embed(files.bold),
  }
  const known = new Set(fonts.regular.getCharacterSet())
  let unknownLetter = false
  const measure: Measure = (text, { dots, weight }) => {
    for (const letter of text) {
      if (!known.has(letter.codePointAt(0) ?? 0)) unknownLetter = true
    }
    const width = unknownLetter ? 0 : fonts[weight].widthOfTextAtSize(text, dots)
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
        page.drawText(mark.text, {
          x: mark.x,
          y: height - mark.baseline,
          size: mark.font.dots,
          font: fonts[mark.font.weight],
        })
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
