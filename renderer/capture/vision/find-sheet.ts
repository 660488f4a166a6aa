import type { Gray } from '../../../shared/imaging/gray.ts'
import { enclosed, steepnessOf, type Mask } from './enclosed.ts'
import { histogramOf, partOf } from './gray.ts'
import { VISION } from './limits.ts'
import { areaOf, fourCorners, hullOf, type Point, type Quad } from './shapes.ts'

/** The patch that is most likely the sheet. */
export interface Found {
  /** `edges`: it may be darker than what it lies on. */
  readonly by: 'light' | 'edges'
  readonly quad: Quad
  /** Share of the picture. */
  readonly share: number
  /** Share of its outline that it fills. */
  readonly fill: number
  /** Pixels at the picture's edge. */
  readonly touching: number
}

/**
 * Looks for one sheet in a small picture: a light patch on a darker tray, or else what a line goes
 * all around of. Null where there is none, and where the tray itself is all that is light.
 */
export function findSheet(gray: Gray): Found | null {
  const light = findLight(gray)
  if (light !== null && light.touching <= VISION.MAX_TOUCHING) return light
  // A tray as light as paper reaches the picture's edge with it, or leaves no contrast.
  const steep = steepnessOf(gray)
  for (const least of VISION.EDGE_STEPS) {
    const found = foundIn(gray, enclosed(gray, steep, least))
    const whole = found !== null && found.fill >= VISION.MIN_FILL
    if (whole && found.touching <= VISION.MAX_TOUCHING) return { ...found, by: 'edges' }
  }
  const border = 2 * (gray.width + gray.height)
  return light !== null && light.touching > VISION.TRAY_TOUCHING * border ? null : light
}

function findLight(gray: Gray): Found | null {
  const { level, contrast } = partOf(histogramOf(gray.data))
  if (contrast < VISION.MIN_CONTRAST) return null
  const mask: Mask = new Uint8Array(gray.data.length)
  for (let at = 0; at < mask.length; at += 1) if ((gray.data[at] ?? 0) > level) mask[at] = 1
  return foundIn(gray, mask)
}

/** The largest patch of a mask, if it is large enough and has four corners. */
function foundIn(gray: Gray, mask: Mask): Found | null {
  const patch = largestPatch(gray, mask)
  const size = gray.width * gray.height
  if (patch === null || patch.area < VISION.MIN_SHARE * size) return null
  const hull = hullOf(patch.outline)
  const quad = fourCorners(hull)
  if (quad === null) return null
  const hullArea = Math.max(1, areaOf(hull))
  return {
    by: 'light',
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

function largestPatch({ width, height }: Gray, mask: Mask): Patch | null {
  const label = new Uint8Array(mask.length)
  const stack = new Int32Array(mask.length)
  let best: Patch | null = null
  for (let start = 0; start < mask.length; start += 1) {
    if (label[start] !== 0 || mask[start] === 0) continue
    const first = new Int32Array(height).fill(width)
    const last = new Int32Array(height).fill(-1)
    let depth = 1
    let touching = 0
    stack[0] = start
    label[start] = 1
    const visit = (at: number) => {
      if (label[at] !== 0 || mask[at] === 0) return
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
