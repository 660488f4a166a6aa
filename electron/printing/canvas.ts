import type * as Skia from '@napi-rs/canvas'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { TextWeight } from './document.ts'
import { fontFiles } from './fonts.ts'
import type { Font, Layout, Measure } from './layout.ts'
import type { GreyPage } from './pwg-raster.ts'
import { type Raster, threshold } from './raster.ts'

/** Draws a layout as dots, and measures text for it. */
export type Canvas = {
  readonly measure: Measure
  draw(layout: Layout): Raster
  /** A page as JPEG, `perUnit` dots for each unit of the layout. */
  picture(layout: Layout, perUnit: number): Uint8Array
  /** A page as grey dots in the top left corner of a sheet, whose size is in units of the layout. */
  grey(
    layout: Layout,
    perUnit: number,
    sheet: { readonly width: number; readonly height: number },
  ): GreyPage
}

/** `canvas`: the native drawing library cannot be loaded here. `fonts`: a font file is missing. */
export type CanvasProblem = 'canvas' | 'fonts'

/** Names under which the fonts are registered: never mixed up with fonts of the system. */
const FAMILIES: Readonly<Record<TextWeight, string>> = {
  regular: 'Kiosk Paper Regular',
  semibold: 'Kiosk Paper SemiBold',
  bold: 'Kiosk Paper Bold',
}

/** For the letters that the first family lacks. */
const highlandFamily = (weight: TextWeight) => `${FAMILIES[weight]} Highland`

/** The one place that loads @napi-rs/canvas. */
export async function openCanvas(fontsDir: string): Promise<Result<Canvas, CanvasProblem>> {
  const files = fontFiles(fontsDir)
  if (!files) return err('fonts')
  let skia: typeof Skia
  try {
    skia = await import('@napi-rs/canvas')
  } catch {
    return err('canvas')
  }
  for (const weight of ['regular', 'semibold', 'bold'] as const) {
    const { own, highland } = files[weight]
    const isThere = (file: string, family: string) =>
      skia.GlobalFonts.has(family) || skia.GlobalFonts.registerFromPath(file, family) !== null
    if (!isThere(own, FAMILIES[weight]) || !isThere(highland, highlandFamily(weight))) {
      return err('fonts')
    }
  }

  const css = ({ dots, weight }: Font) =>
    `${dots}px "${FAMILIES[weight]}", "${highlandFamily(weight)}"`
  const ruler = skia.createCanvas(1, 1).getContext('2d')

  const paint = (
    layout: Layout,
    perUnit: number,
    width = Math.round(layout.width * perUnit),
    height = Math.round(layout.height * perUnit),
  ) => {
    const canvas = skia.createCanvas(width, height)
    const context = canvas.getContext('2d')
    context.fillStyle = '#fff'
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.fillStyle = '#000'
    context.scale(perUnit, perUnit)
    for (const mark of layout.marks) {
      if (mark.kind === 'box') {
        context.fillRect(mark.x, mark.y, mark.width, mark.height)
      } else {
        context.font = css(mark.font)
        context.fillText(mark.text, mark.x, mark.baseline)
      }
    }
    return canvas
  }

  return ok({
    picture: (layout, perUnit) => paint(layout, perUnit).encodeSync('jpeg', 85),
    grey: (layout, perUnit, sheet) => {
      // Whole dots alone, as printers count them.
      const width = Math.floor(sheet.width * perUnit)
      const height = Math.floor(sheet.height * perUnit)
      const context = paint(layout, perUnit, width, height).getContext('2d')
      const { data } = context.getImageData(0, 0, width, height)
      // Black text on white: each channel alone is how dark a dot is.
      const dots = new Uint8Array(width * height)
      for (let dot = 0; dot < dots.length; dot += 1) dots[dot] = data[dot * 4] ?? 255
      return { dots, width, height }
    },
    measure: (text, font) => {
      ruler.font = css(font)
      const metrics = ruler.measureText(text)
      return {
        width: metrics.width,
        ascent: metrics.actualBoundingBoxAscent,
        descent: metrics.actualBoundingBoxDescent,
      }
    },
    draw: (layout) => {
      const context = paint(layout, 1).getContext('2d')
      return threshold(context.getImageData(0, 0, layout.width, layout.height))
    },
  })
}
