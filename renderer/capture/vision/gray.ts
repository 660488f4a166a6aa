import type { Gray } from '../../../shared/imaging/gray.ts'

/** Colour as a canvas gives it: red, green, blue, opacity. */
export interface Colour {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray | Uint8Array
}

/** Brightness by BT.601, in whole numbers. */
export function toGray({ width, height, data }: Colour): Gray {
  const gray = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < gray.length; at += 1, from += 4) {
    gray[at] =
      ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8
  }
  return { width, height, data: gray }
}

/** Each square of `factor` pixels becomes one; what is left over at the edge is dropped. */
export function shrink(gray: Gray, factor: number): Gray {
  if (factor <= 1) return gray
  const width = Math.floor(gray.width / factor)
  const height = Math.floor(gray.height / factor)
  const data = new Uint8Array(width * height)
  const size = factor * factor
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0
      for (let row = 0; row < factor; row += 1) {
        const from = (y * factor + row) * gray.width + x * factor
        for (let column = 0; column < factor; column += 1) sum += gray.data[from + column] ?? 0
      }
      data[y * width + x] = sum / size
    }
  }
  return { width, height, data }
}

export function histogramOf(data: Gray['data']): Uint32Array {
  const counts = new Uint32Array(256)
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

/** The grey level below which `share` (0..1) of the counted pixels lie. */
export function levelAt(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [level, count] of histogram.entries()) {
    seen += count
    if (seen > total * share) return level
  }
  return 255
}

/** The level that parts dark from light best (Otsu), and how far apart the two lie on average. */
export function partOf(histogram: Uint32Array): { level: number; contrast: number } {
  let total = 0
  let sum = 0
  for (const [level, count] of histogram.entries()) {
    total += count
    sum += level * count
  }
  let best = { level: 127, contrast: 0 }
  let most = 0
  let below = 0
  let sumBelow = 0
  for (const [level, count] of histogram.entries()) {
    below += count
    sumBelow += level * count
    const above = total - below
    if (below === 0 || above === 0) continue
    const contrast = (sum - sumBelow) / above - sumBelow / below
    const between = below * above * contrast * contrast
    if (between > most) {
      most = between
      best = { level, contrast }
    }
  }
  return best
}
