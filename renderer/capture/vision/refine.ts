import type { Gray } from '../../../shared/imaging/gray.ts'
import type { Found } from './find-sheet.ts'
import type { Point, Quad } from './shapes.ts'

/** Places along one side at which its edge is looked for, and how far from it. */
const STEPS = 24

interface Line {
  /** A point of it, and its direction of length 1. */
  readonly at: Point
  readonly along: Point
}

/**
 * Puts the corners where the sides of the sheet meet in a larger picture: along each side the
 * steepest place is looked for, a line laid through those, and the lines crossed. `reach` pixels to
 * either side; one that was found by its edges may get darker inwards as well as lighter. A corner
 * that would leave its place stays.
 */
export function refineQuad(gray: Gray, quad: Quad, reach: number, by: Found['by']): Quad {
  const [a, b, c, d] = quad
  const top = sideOf(gray, a, b, reach, by)
  const right = sideOf(gray, b, c, reach, by)
  const bottom = sideOf(gray, c, d, reach, by)
  const left = sideOf(gray, d, a, reach, by)
  const corner = (one: Line, other: Line, before: Point): Point => {
    const met = meet(one, other)
    const near = met !== null && Math.hypot(met.x - before.x, met.y - before.y) <= 4 * reach
    return near ? met : before
  }
  return [
    corner(left, top, a),
    corner(top, right, b),
    corner(right, bottom, c),
    corner(bottom, left, d),
  ]
}

function sideOf(gray: Gray, from: Point, to: Point, reach: number, by: Found['by']): Line {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
  // Inwards: the corners go clockwise on screen.
  const inwards = { x: -along.y, y: along.x }
  const offsets: { t: number; offset: number }[] = []
  for (let step = 0; step < STEPS; step += 1) {
    const t = length * (0.06 + (0.88 * step) / (STEPS - 1))
    const base = { x: from.x + along.x * t, y: from.y + along.y * t }
    const offset = steepest(gray, base, inwards, reach, by)
    if (offset !== null) offsets.push({ t, offset })
  }
  const fitted = fit(offsets)
  if (fitted === null) return { at: from, along }
  const kept = offsets.filter(
    ({ t, offset }) => Math.abs(fitted.a + fitted.b * t - offset) <= Math.max(1, reach / 4),
  )
  const { a, b } = fit(kept) ?? fitted
  const end = (t: number): Point => ({
    x: from.x + along.x * t + inwards.x * (a + b * t),
    y: from.y + along.y * t + inwards.y * (a + b * t),
  })
  const [start, finish] = [end(0), end(length)]
  const size = Math.hypot(finish.x - start.x, finish.y - start.y) || 1
  return {
    at: start,
    along: { x: (finish.x - start.x) / size, y: (finish.y - start.y) / size },
  }
}

/** Where it gets light, or changes at all, most suddenly on the way inwards; null where nowhere. */
function steepest(
  gray: Gray,
  base: Point,
  inwards: Point,
  reach: number,
  by: Found['by'],
): number | null {
  const levelAt = (offset: number) => {
    const x = Math.round(base.x + inwards.x * offset - 0.5)
    const y = Math.round(base.y + inwards.y * offset - 0.5)
    if (x < 0 || y < 0 || x >= gray.width || y >= gray.height) return null
    return gray.data[y * gray.width + x] ?? 0
  }
  let most = 12
  let best: number | null = null
  for (let offset = -reach; offset <= reach; offset += 1) {
    const [outer, inner] = [levelAt(offset - 1), levelAt(offset + 1)]
    if (outer === null || inner === null) continue
    const step = by === 'light' ? inner - outer : Math.abs(inner - outer)
    if (step <= most) continue
    most = step
    best = offset
  }
  return best
}

/** The line `a + b t` through the offsets, least squares; null for fewer than four. */
function fit(points: readonly { t: number; offset: number }[]): { a: number; b: number } | null {
  if (points.length < 4) return null
  const count = points.length
  const meanT = points.reduce((sum, { t }) => sum + t, 0) / count
  const meanOffset = points.reduce((sum, { offset }) => sum + offset, 0) / count
  let over = 0
  let under = 0
  for (const { t, offset } of points) {
    over += (t - meanT) * (offset - meanOffset)
    under += (t - meanT) ** 2
  }
  if (under === 0) return null
  const b = over / under
  return { a: meanOffset - b * meanT, b }
}

function meet(one: Line, other: Line): Point | null {
  const turn = one.along.x * other.along.y - one.along.y * other.along.x
  if (Math.abs(turn) < 0.1) return null
  const x = other.at.x - one.at.x
  const y = other.at.y - one.at.y
  const t = (x * other.along.y - y * other.along.x) / turn
  return { x: one.at.x + one.along.x * t, y: one.at.y + one.along.y * t }
}
