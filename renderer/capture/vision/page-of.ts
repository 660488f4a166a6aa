import type { Gray } from '../../../shared/imaging/gray.ts'
import { encodeGrayJpeg } from '../../../shared/imaging/gray-jpeg.ts'
import { clean } from './clean.ts'
import { shrink } from './gray.ts'
import { judge, writingIn, type Flaw } from './judge.ts'
import { VISION } from './limits.ts'
import { scaled, type Point, type Quad } from './shapes.ts'
import { straighten } from './straighten.ts'

/** A page ready to be kept. */
export interface Page {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/** The whole of a picture as a sheet. */
function wholeOf({ width, height }: Gray): Quad {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]
}

/** A hair inside its edges, so that nothing of the tray is left. */
function inset(quad: Quad): Quad {
  const x = quad.reduce((sum, point) => sum + point.x, 0) / 4
  const y = quad.reduce((sum, point) => sum + point.y, 0) / 4
  const [a, b, c, d] = quad
  const inwards = (point: Point): Point => ({
    x: point.x + (x - point.x) * VISION.INSET,
    y: point.y + (y - point.y) * VISION.INSET,
  })
  return [inwards(a), inwards(b), inwards(c), inwards(d)]
}

/**
 * The sheet in a full picture, straight, clean and small. Where none is seen but writing is, the
 * sheet is larger than the picture: then all of it is the page. Otherwise what is wrong.
 */
export function pageOf(gray: Gray): Page | Flaw {
  const factor = Math.max(1, Math.round(gray.width / VISION.LOOK_WIDTH))
  const look = shrink(gray, factor)
  const { quad } = judge(look)
  const sheet = quad === null ? wholeOf(gray) : scaled(quad, factor)
  if (quad === null && writingIn(look, wholeOf(look)).tiles < VISION.MIN_TILES) return 'nothing'
  const page = clean(straighten(gray, inset(sheet)))
  const { width, height } = page
  return { jpeg: encodeGrayJpeg(page, VISION.JPEG_QUALITY), width, height }
}
