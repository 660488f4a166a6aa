import type { Gray } from '../../../shared/imaging/gray.ts'

/** A mask over a picture: 1 where it holds, 0 elsewhere. */
export type Mask = Uint8Array

/**
 * What cannot be reached from the picture's edge without crossing a place of that steepness (grey
 * levels a pixel, by `steepnessOf`). A gap of two pixels in a line is closed, and what is thinner
 * than five is let go: grain, joints, a hair.
 */
export function enclosed(size: Gray, steep: Uint16Array, least: number): Mask {
  const { width, height } = size
  const lines: Mask = new Uint8Array(steep.length)
  for (let at = 0; at < steep.length; at += 1) if ((steep[at] ?? 0) >= 8 * least) lines[at] = 1
  const walls = around(lines, size, 1)
  const outside: Mask = new Uint8Array(walls.length)
  const stack = new Int32Array(walls.length)
  let depth = 0
  const visit = (at: number) => {
    if (outside[at] === 1 || walls[at] === 1) return
    outside[at] = 1
    stack[depth] = at
    depth += 1
  }
  for (let x = 0; x < width; x += 1) {
    visit(x)
    visit((height - 1) * width + x)
  }
  for (let y = 0; y < height; y += 1) {
    visit(y * width)
    visit(y * width + width - 1)
  }
  while (depth > 0) {
    depth -= 1
    const at = stack[depth] ?? 0
    const x = at % width
    if (x > 0) visit(at - 1)
    if (x < width - 1) visit(at + 1)
    if (at >= width) visit(at - width)
    if (at < walls.length - width) visit(at + width)
  }
  // The walls stand two pixels outside the line that made them.
  const kept = around(outside, size, 2)
  for (let at = 0; at < kept.length; at += 1) kept[at] = 1 - (kept[at] ?? 0)
  return kept
}

/** How much brightness changes from one pixel to the next, in eighths of a grey level (Sobel). */
export function steepnessOf({ width, height, data }: Gray): Uint16Array {
  const steep = new Uint16Array(data.length)
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x
      const [nw, n, ne] = [
        data[at - width - 1] ?? 0,
        data[at - width] ?? 0,
        data[at - width + 1] ?? 0,
      ]
      const [w, e] = [data[at - 1] ?? 0, data[at + 1] ?? 0]
      const [sw, s, se] = [
        data[at + width - 1] ?? 0,
        data[at + width] ?? 0,
        data[at + width + 1] ?? 0,
      ]
      const across = ne + 2 * e + se - nw - 2 * w - sw
      const along = sw + 2 * s + se - nw - 2 * n - ne
      steep[at] = Math.sqrt(across * across + along * along)
    }
  }
  return steep
}

/** The mask, and every pixel within `reach` of it: across first, then down. */
function around(mask: Mask, { width, height }: Gray, reach: number): Mask {
  const across: Mask = new Uint8Array(mask.length)
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    for (let x = 0; x < width; x += 1) {
      if (mask[row + x] === 0) continue
      const last = Math.min(width - 1, x + reach)
      for (let to = Math.max(0, x - reach); to <= last; to += 1) across[row + to] = 1
    }
  }
  const wide: Mask = new Uint8Array(mask.length)
  for (let y = 0; y < height; y += 1) {
    const last = Math.min(height - 1, y + reach)
    for (let from = Math.max(0, y - reach); from <= last; from += 1) {
      for (let x = 0; x < width; x += 1) {
        if (across[from * width + x] === 1) wide[y * width + x] = 1
      }
    }
  }
  return wide
}
