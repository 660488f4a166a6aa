import type { Gray } from '../../../shared/imaging/gray.ts'
import { histogramOf, levelAt } from './gray.ts'

/** Squares across the sheet in which the paper's own white is measured. */
const SQUARES_ACROSS = 24
/** Paper a little below its white is white; that much of the range is let go. */
const WHITE_SHARE = 0.94
/** No paper is blacker: a picture of nothing must not be blown up to something. */
const LEAST_WHITE = 40

/** Evens out the light and makes paper white and ink dark. Grey tones of stamps and photos stay. */
export function clean(gray: Gray): Gray {
  const { width, height, data } = gray
  const whites = whitesOf(gray)
  const out = new Uint8Array(data.length)
  for (let y = 0; y < height; y += 1) {
    const gy = Math.min(whites.rows - 1.001, Math.max(0, (y + 0.5) / whites.size - 0.5))
    const row = Math.floor(gy)
    const down = gy - row
    for (let x = 0; x < width; x += 1) {
      const gx = Math.min(whites.columns - 1.001, Math.max(0, (x + 0.5) / whites.size - 0.5))
      const column = Math.floor(gx)
      const right = gx - column
      const at = row * whites.columns + column
      const upper = (whites.data[at] ?? 0) * (1 - right) + (whites.data[at + 1] ?? 0) * right
      const lower =
        (whites.data[at + whites.columns] ?? 0) * (1 - right) +
        (whites.data[at + whites.columns + 1] ?? 0) * right
      const white = upper * (1 - down) + lower * down
      out[y * width + x] = Math.min(255, ((data[y * width + x] ?? 0) * 255) / (white * WHITE_SHARE))
    }
  }
  return { width, height, data: darken(out) }
}

/** The white of the paper, square by square; a square full of ink borrows from those around it. */
function whitesOf({ width, height, data }: Gray) {
  const size = Math.max(8, Math.ceil(width / SQUARES_ACROSS))
  // At least two each way, so that there is something to go between.
  const columns = Math.max(2, Math.ceil(width / size))
  const rows = Math.max(2, Math.ceil(height / size))
  const own = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const counts = new Uint32Array(256)
      const bottom = Math.min(height, (row + 1) * size)
      const right = Math.min(width, (column + 1) * size)
      for (let y = Math.min(row * size, height - 1); y < bottom; y += 2) {
        for (let x = Math.min(column * size, width - 1); x < right; x += 2) {
          const value = data[y * width + x] ?? 0
          counts[value] = (counts[value] ?? 0) + 1
        }
      }
      own[row * columns + column] = Math.max(LEAST_WHITE, levelAt(counts, 0.85))
    }
  }
  return {
    size,
    columns,
    rows,
    data: around(around(own, columns, rows, most), columns, rows, mean),
  }
}

const most = (values: readonly number[]) => Math.max(...values)
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function around(
  data: Float32Array,
  columns: number,
  rows: number,
  of: (values: readonly number[]) => number,
): Float32Array {
  return data.map((_, at) => {
    const column = at % columns
    const row = (at - column) / columns
    const values: number[] = []
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
        values.push(data[y * columns + x] ?? 0)
      }
    }
    return of(values)
  })
}

/** The darkest ink becomes nearly black. */
function darken(data: Uint8Array): Uint8Array {
  const black = Math.min(120, levelAt(histogramOf(data), 0.005))
  const scale = 255 / (255 - black)
  return data.map((value) => Math.max(0, (value - black) * scale))
}
