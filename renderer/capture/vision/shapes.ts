export interface Point {
  readonly x: number
  readonly y: number
}

/** Corners of a sheet as it lies: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point]

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

/** Of a polygon, in square pixels. */
export function areaOf(points: readonly Point[]): number {
  let twice = 0
  for (const [index, point] of points.entries()) {
    const next = points[(index + 1) % points.length] ?? point
    twice += point.x * next.y - next.x * point.y
  }
  return Math.abs(twice) / 2
}

export function scaled(quad: Quad, factor: number): Quad {
  const by = ({ x, y }: Point): Point => ({ x: x * factor, y: y * factor })
  return [by(quad[0]), by(quad[1]), by(quad[2]), by(quad[3])]
}

/** The four corners in order; of a sheet that lies aslant the one nearest the top left is first. */
export function inOrder(points: Quad): Quad {
  const x = points.reduce((sum, point) => sum + point.x, 0) / 4
  const y = points.reduce((sum, point) => sum + point.y, 0) / 4
  const turn = (point: Point) => Math.atan2(point.y - y, point.x - x)
  const [a, b, c, d] = points.toSorted((one, other) => turn(one) - turn(other))
  if (!a || !b || !c || !d) return points
  const around: readonly Quad[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ]
  const first = (quad: Quad) => quad[0].x + quad[0].y
  return around.reduce((best, quad) => (first(quad) < first(best) ? quad : best))
}

/** The farthest that a corner of one is from the same corner of the other. */
export function farthestCorner(one: Quad, other: Quad): number {
  return Math.max(...one.map((point, at) => distance(point, other[at] ?? point)))
}

/** The convex hull, counter-clockwise on screen; Andrew's monotone chain. */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((one, other) => one.x - other.x || one.y - other.y)
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of ordered) {
      for (;;) {
        const [before, last] = [chain.at(-2), chain.at(-1)]
        if (!before || !last || cross(before, last, point) > 0) break
        chain.pop()
      }
      chain.push(point)
    }
    chain.pop()
    return chain
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

/** More corners than this are thinned out first; a sheet seen small has ten to thirty. */
const MOST_CORNERS = 40

/** The largest quad between corners of a convex polygon; null where it has fewer than four. */
export function fourCorners(hull: readonly Point[]): Quad | null {
  const corners = thinned(hull)
  let best: Quad | null = null
  let most = 0
  for (const [i, a] of corners.entries()) {
    for (let k = i + 2; k < corners.length; k += 1) {
      const c = corners[k] ?? a
      const b = farthestFrom(a, c, corners.slice(i + 1, k))
      const d = farthestFrom(a, c, [...corners.slice(k + 1), ...corners.slice(0, i)])
      if (b === null || d === null) continue
      const area = areaOf([a, b, c, d])
      if (area <= most) continue
      most = area
      best = [a, b, c, d]
    }
  }
  return best === null ? null : inOrder(best)
}

function farthestFrom(from: Point, to: Point, points: readonly Point[]): Point | null {
  let best: Point | null = null
  let most = 0
  for (const point of points) {
    const area = areaOf([from, point, to])
    if (area > most) [best, most] = [point, area]
  }
  return best
}

/** Takes away the corners that matter least. */
function thinned(hull: readonly Point[]): readonly Point[] {
  const left = [...hull]
  while (left.length > MOST_CORNERS) {
    let least = 0
    let leastArea = Number.POSITIVE_INFINITY
    for (const [index, point] of left.entries()) {
      const before = left.at(index - 1) ?? point
      const next = left[(index + 1) % left.length] ?? point
      const area = areaOf([before, point, next])
      if (area < leastArea) [least, leastArea] = [index, area]
    }
    left.splice(least, 1)
  }
  return left
}

function cross(from: Point, one: Point, other: Point): number {
  return (one.x - from.x) * (other.y - from.y) - (one.y - from.y) * (other.x - from.x)
}
