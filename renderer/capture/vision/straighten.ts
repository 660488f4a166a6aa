import type { Gray } from '../../../shared/imaging/gray.ts'
import { VISION } from './limits.ts'
import { distance, type Quad } from './shapes.ts'

const A4_SHAPE = Math.SQRT2

/** Pixels of the straightened sheet: as many as the picture has of it, and no more than are kept. */
export function pageSize(quad: Quad): { width: number; height: number } {
  const [a, b, c, d] = quad
  const across = (distance(a, b) + distance(d, c)) / 2
  const down = (distance(a, d) + distance(b, c)) / 2
  const long = Math.min(VISION.PAGE_MAX_SIDE, Math.max(across, down))
  const measured = Math.max(across, down) / Math.max(1, Math.min(across, down))
  const isA4 = Math.abs(measured / A4_SHAPE - 1) <= VISION.A4_TOLERANCE
  const short = Math.max(1, Math.round(long / (isA4 ? A4_SHAPE : measured)))
  const rounded = Math.max(1, Math.round(long))
  return across > down ? { width: rounded, height: short } : { width: short, height: rounded }
}

/** Eight numbers that map the corners of a rectangle onto a quad: (ax+by+c, dx+ey+f) / (gx+hy+1). */
type Mapping = readonly [number, number, number, number, number, number, number, number]

/** The mapping of the unit square (Heckbert 1989), scaled to a rectangle. */
function mappingTo(quad: Quad, width: number, height: number): Mapping {
  const [p0, p1, p2, p3] = quad
  const sx = p0.x - p1.x + p2.x - p3.x
  const sy = p0.y - p1.y + p2.y - p3.y
  const [dx1, dx2] = [p1.x - p2.x, p3.x - p2.x]
  const [dy1, dy2] = [p1.y - p2.y, p3.y - p2.y]
  const turn = dx1 * dy2 - dx2 * dy1 || 1
  const g = (sx * dy2 - dx2 * sy) / turn
  const h = (dx1 * sy - sx * dy1) / turn
  return [
    (p1.x - p0.x + g * p1.x) / width,
    (p3.x - p0.x + h * p3.x) / height,
    p0.x,
    (p1.y - p0.y + g * p1.y) / width,
    (p3.y - p0.y + h * p3.y) / height,
    p0.y,
    g / width,
    h / height,
  ]
}

/** The sheet as if the camera had stood right above it. */
export function straighten(gray: Gray, quad: Quad): Gray {
  const { width, height } = pageSize(quad)
  const [a, b, c, d, e, f, g, h] = mappingTo(quad, width, height)
  const { data, width: fromWidth } = gray
  const [maxX, maxY] = [gray.width - 1.001, gray.height - 1.001]
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const under = g * (x + 0.5) + h * (y + 0.5) + 1
      const px = Math.min(maxX, Math.max(0, (a * (x + 0.5) + b * (y + 0.5) + c) / under - 0.5))
      const py = Math.min(maxY, Math.max(0, (d * (x + 0.5) + e * (y + 0.5) + f) / under - 0.5))
      const left = Math.floor(px)
      const top = Math.floor(py)
      const [right, below] = [px - left, py - top]
      const at = top * fromWidth + left
      const upper = (data[at] ?? 0) * (1 - right) + (data[at + 1] ?? 0) * right
      const lower =
        (data[at + fromWidth] ?? 0) * (1 - right) + (data[at + fromWidth + 1] ?? 0) * right
      out[y * width + x] = upper * (1 - below) + lower * below + 0.5
    }
  }
  return { width, height, data: out }
}
