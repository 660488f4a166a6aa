import { readFile } from 'node:fs/promises'
import fontkit from '@pdf-lib/fontkit'
import type { PDFDocument, PDFFont } from 'pdf-lib'
import type { FontPair } from './fonts.ts'

/** A stretch of text that one font has, by its place in the line; all measures in ems. */
export type Run = {
  readonly text: string
  readonly font: PDFFont
  readonly x: number
  /** Above the baseline. */
  readonly y: number
}

/** One weight on a page: its own font, and another for the letters that it lacks. */
export type PageFont = {
  /** Whether every letter of a text can be drawn. */
  has(text: string): boolean
  /** The text in order, cut where the font changes, and before a mark that is set over a letter. */
  line(text: string): { readonly runs: readonly Run[]; readonly width: number }
}

/** A letter, or one mark that no letter has within it, as the breve of ê̆. */
const PARTS = /\P{M}|\p{M}/gu
const MARK = /^\p{M}$/u

export async function openPageFont(pdf: PDFDocument, files: FontPair): Promise<PageFont> {
  const bytes = await readFile(files.own)
  const embed = async (file: Uint8Array) =>
    pdf.embedFont(file, { subset: true, features: { liga: false } })
  const own = await embed(bytes)
  const highland = await embed(await readFile(files.highland))
  const face = fontkit.create(bytes)
  const inOwn = new Set(own.getCharacterSet())
  const inHighland = new Set(highland.getCharacterSet())
  const codeOf = (letter: string) => letter.codePointAt(0) ?? 0
  const fontOf = (letter: string) => (inOwn.has(codeOf(letter)) ? own : highland)
  const widthOf = (text: string, font: PDFFont) => font.widthOfTextAtSize(text, 1)
  /**
   * Where a mark stands over the letter before it: `pdf-lib` writes one beside the other. Whoever
   * copies the text may find a space behind it.
   */
  const over = (letter: string, mark: string) => {
    const place = face.layout(letter + mark).positions.at(-1)
    const em = face.unitsPerEm
    return { x: (place?.xOffset ?? 0) / em, y: (place?.yOffset ?? 0) / em }
  }
  return {
    has: (text) =>
      [...text].every((letter) => inOwn.has(codeOf(letter)) || inHighland.has(codeOf(letter))),
    line(text) {
      const runs: Run[] = []
      let width = 0
      let before = ''
      let run = ''
      let font = own
      // Its width is a layout by the font: once for each run, not for each letter.
      const endRun = () => {
        if (run === '') return
        runs.push({ text: run, font, x: width, y: 0 })
        width += widthOf(run, font)
        run = ''
      }
      for (const [part] of text.matchAll(PARTS)) {
        if (MARK.test(part)) {
          endRun()
          const { x, y } = over(before, part)
          runs.push({ text: part, font: fontOf(part), x: width + x, y })
          continue
        }
        before = part
        if (fontOf(part) !== font) {
          endRun()
          font = fontOf(part)
        }
        run += part
      }
      endRun()
      return { runs, width }
    },
  }
}
