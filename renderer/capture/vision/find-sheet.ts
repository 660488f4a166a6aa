import type { Gray } from '../../../shared/imaging/gray.ts'
import { histogramOf, partOf } from './gray.ts'
import { VISION } from './limits.ts'
import { areaOf, fourCorners, hullOf, type Point, type Quad } from './shapes.ts'

/** The light patch that is most likely the sheet. */
export interface Found {
  readonly quad: Quad
  /** Share of the picture. */
  readonly share: number
  /** Share of its outline that it fills. */
  readonly fill: number
  /** Pixels at the picture's edge. */
  readonly touching: number
}

/** Looks for one light sheet on a darker tray, in a small picture. Null where there is none. */
export function findSheet(gray: Gray): Found | null {
  const { level, contrast } = partOf(histogramOf(gray.data))
  if (contrast < VISION.MIN_CONTRAST) return null
  const patch = largestPatch(gray, level)
  const size = gray.width * gray.height
  if (patch === null || patch.area < VISION.MIN_SHARE * size) return null
  const hull = hullOf(patch.outline)
  const quad = fourCorners(hull)
  if (quad === null) return null
  const hullArea = Math.max(1, areaOf(hull))
  return {
    quad,
    share: areaOf(quad) / size,
    // A hand from the side makes a dent; one over a corner makes a fifth corner.
    fill: Math.min(patch.area, areaOf(quad)) / hullArea,
    touching: patch.touching,
  }
}

/** `area` counts what lies between the ends of each row: writing is no hole. */
interface Patch {
  readonly area: number
  readonly outline: readonly Point[]
  readonly touching: number
}

function largestPatch({ width, height, data }: Gray, level: number): Patch | null {
  const label = new Uint8Array(data.length)
  const stack = new Int32Array(data.length)
  let best: Patch | null = null
  for (let start = 0; start < data.length; start += 1) {
    if (label[start] !== 0 || (data[start] ?? 0) <= level) continue
    const first = new Int32Array(height).fill(width)
    const last = new Int32Array(height).fill(-1)
    let depth = 1
    let touching = 0
    stack[0] = start
    label[start] = 1
    const visit = (at: number) => {
      if (label[at] !== 0 || (data[at] ?? 0) <= level) return
      label[at] = 1
      stack[depth] = at
      depth += 1
    }
    while (depth > 0) {
      depth -= 1
      const at = stack[depth] ?? 0
      const y = Math.floor(at / width)
      const x = at - y * width
      first[y] = Math.min(first[y] ?? width, x)
      last[y] = Math.max(last[y] ?? -1, x)
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) touching += 1
      if (x > 0) visit(at - 1)
      if (x < width - 1) visit(at + 1)
      if (y > 0) visit(at - width)
      if (y < height - 1) visit(at + width)
    }
    const patch = patchOf(first, last, touching)
    if (best === null || patch.area > best.area) best = patch
  }
  return best
}

function patchOf(first: Int32Array, last: Int32Array, touching: number): Patch {
  let area = 0
  const outline: Point[] = []
  for (const [y, left] of first.entries()) {
    const right = last[y] ?? -1
    if (right < left) continue
    area += right - left + 1
    // Corners of the pixels, not their middles: the patch reaches to its edges.
    outline.push({ x: left, y }, { x: left, y: y + 1 })
    outline.push({ x: right + 1, y }, { x: right + 1, y: y + 1 })
  }
  return { area, outline, touching }
}
