import type { Gray } from '../../../shared/imaging/gray.ts'
import { findSheet, type Found } from './find-sheet.ts'
import { histogramOf, levelAt, shrink } from './gray.ts'
import { VISION } from './limits.ts'
import { refineQuad } from './refine.ts'
import { scaled, type Quad } from './shapes.ts'

/** Why a picture is no page yet; each one is something that a person can mend. */
export type Flaw =
  | 'nothing'
  | 'cut-off'
  | 'too-far'
  | 'covered'
  | 'too-dark'
  | 'glare'
  | 'blank'
  | 'blurred'

/** What one picture shows. `quad` in its own pixels; null where no sheet is seen. */
export interface Verdict {
  readonly flaw: Flaw | null
  readonly quad: Quad | null
}

/** Looks at one picture: where the sheet is, and what is wrong with it, the gravest first. */
export function judge(gray: Gray): Verdict {
  const factor = Math.max(1, Math.round(gray.width / VISION.FIND_WIDTH))
  const small = shrink(gray, factor)
  const found = findSheet(small)
  if (found === null) return { flaw: 'nothing', quad: null }
  if (found.touching > VISION.MAX_TOUCHING) {
    return { flaw: 'cut-off', quad: scaled(found.quad, factor) }
  }
  const quad = refineQuad(
    gray,
    scaled(found.quad, factor),
    VISION.REACH[found.by] * factor,
    found.by,
  )
  const covered =
    found.fill < VISION.MIN_FILL || (found.by === 'edges' && isUnderHand(small, found))
  if (covered) return { flaw: 'covered', quad }
  return {
    flaw: lightFlaw(small, found.quad) ?? sizeFlaw(found.share) ?? inkFlaw(gray, quad),
    quad,
  }
}

function sizeFlaw(share: number): Flaw | null {
  return share < VISION.READABLE_SHARE ? 'too-far' : null
}

/** Something dark on a sheet that its edges alone tell from the tray: its outline may be whole. */
function isUnderHand(small: Gray, { quad }: Found): boolean {
  const inside: number[] = []
  eachInside(small, quad, 0, 1, (at) => void inside.push(small.data[at] ?? 0))
  const white = levelAt(histogramOf(Uint8Array.from(inside)), 0.9)
  const dark = inside.filter((level) => level < VISION.HAND_LEVEL * white).length
  return dark > VISION.HAND_SHARE * inside.length
}

function lightFlaw(small: Gray, quad: Quad): Flaw | null {
  const inside: number[] = []
  eachInside(small, quad, 0.03, 1, (at) => void inside.push(small.data[at] ?? 0))
  const levels = histogramOf(Uint8Array.from(inside))
  const white = levelAt(levels, 0.9)
  if (white < VISION.DARK_WHITE) return 'too-dark'
  const mirroring = levels.subarray(VISION.GLARE_LEVEL).reduce((sum, count) => sum + count, 0)
  const sheet = levelAt(levels, 0.5)
  return sheet < VISION.GLARE_SHEET_MAX && mirroring > VISION.GLARE_SHARE * inside.length
    ? 'glare'
    : null
}

/** Whether there is writing, and whether it is sharp. */
function inkFlaw(gray: Gray, quad: Quad): Flaw | null {
  const { tiles, sharpness } = writingIn(gray, quad)
  if (tiles < VISION.MIN_TILES) return 'blank'
  return sharpness < VISION.MIN_SHARPNESS ? 'blurred' : null
}

/** Squares with writing inside the sheet, and the steepness of the middle one of them. */
export function writingIn(gray: Gray, quad: Quad): { tiles: number; sharpness: number } {
  const found: number[] = []
  eachInside(gray, quad, 0.06, VISION.TILE, (at) => {
    const steep = steepness(gray, at)
    if (steep !== null) found.push(steep)
  })
  found.sort((one, other) => one - other)
  return { tiles: found.length, sharpness: found[Math.floor(found.length / 2)] ?? 0 }
}

/** The steepest place of one square against its range; null where it has no writing. */
function steepness({ width, height, data }: Gray, corner: number): number | null {
  const left = corner % width
  const top = (corner - left) / width
  const right = Math.min(left + VISION.TILE, width - 1)
  const bottom = Math.min(top + VISION.TILE, height - 1)
  let least = 255
  let most = 0
  let steepest = 0
  for (let y = Math.max(1, top); y < bottom; y += 1) {
    for (let x = Math.max(1, left); x < right; x += 1) {
      const at = y * width + x
      const value = data[at] ?? 0
      if (value < least) least = value
      if (value > most) most = value
      const across = Math.abs((data[at + 1] ?? 0) - (data[at - 1] ?? 0))
      const down = Math.abs((data[at + width] ?? 0) - (data[at - width] ?? 0))
      if (across > steepest) steepest = across
      if (down > steepest) steepest = down
    }
  }
  return most - least < VISION.TILE_MIN_RANGE ? null : Math.min(1, steepest / (most - least))
}

/** Visits a grid of pixels inside the sheet, `margin` (a share of its size) away from its edges. */
function eachInside(
  { width, height }: Gray,
  quad: Quad,
  margin: number,
  step: number,
  visit: (at: number) => void,
): void {
  const middle = {
    x: quad.reduce((sum, { x }) => sum + x, 0) / 4,
    y: quad.reduce((sum, { y }) => sum + y, 0) / 4,
  }
  const inner = quad.map(({ x, y }) => ({
    x: x + (middle.x - x) * 2 * margin,
    y: y + (middle.y - y) * 2 * margin,
  }))
  const sides = inner.map((from, at) => {
    const to = inner[(at + 1) % 4] ?? from
    return { from, x: to.x - from.x, y: to.y - from.y }
  })
  const xs = inner.map(({ x }) => x)
  const ys = inner.map(({ y }) => y)
  const bottom = Math.min(height - step, Math.max(...ys) - step)
  const right = Math.min(width - step, Math.max(...xs) - step)
  for (let y = Math.max(0, Math.ceil(Math.min(...ys))); y <= bottom; y += step) {
    for (let x = Math.max(0, Math.ceil(Math.min(...xs))); x <= right; x += step) {
      const inside = [
        [x, y],
        [x + step - 1, y],
        [x, y + step - 1],
        [x + step - 1, y + step - 1],
      ].every(([px = 0, py = 0]) =>
        sides.every((side) => side.x * (py - side.from.y) - side.y * (px - side.from.x) >= 0),
      )
      if (inside) visit(y * width + x)
    }
  }
}
