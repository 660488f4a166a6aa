import type { Gray } from './gray.ts'
import { AC_CODES, DC_CODES, huffmanTables, type Code } from './jpeg-huffman.ts'

/** Quantisation of luminance (ITU-T T.81, table K.1), row by row. */
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
  14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
  92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]

/** Index in a block of each coefficient in the order in which they are written (figure A.6). */
const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
  13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52,
  45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]

/** Scale of the AAN transform's output at each row and column, times sqrt 8. */
const AAN = [1, 1.387039845, 1.306562965, 1.175875602, 1, 0.785694958, 0.5411961, 0.275899379]

/**
 * A grey picture as a baseline JPEG of one component. `quality` 1..100 as libjpeg counts it. The
 * same picture gives the same bytes everywhere, which no canvas promises.
 */
export function encodeGrayJpeg({ width, height, data }: Gray, quality: number): Uint8Array {
  const table = quantisation(quality)
  const divisors = divisorsOf(table)
  // Worst case: every coefficient of every block with its longest code.
  const out = new BitWriter(1024 + Math.ceil(width / 8) * Math.ceil(height / 8) * 64)
  writeHeader(out, width, height, table)
  const block = new Float32Array(64)
  const coefficients = new Int32Array(64)
  let before = 0
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      load(block, data, width, height, left, top)
      transform(block)
      for (let at = 0; at < 64; at += 1) {
        const index = ZIGZAG[at] ?? 0
        coefficients[at] = Math.round((block[index] ?? 0) * (divisors[index] ?? 0))
      }
      before = writeBlock(out, coefficients, before)
    }
  }
  return out.end()
}

function quantisation(quality: number): Uint8Array {
  const scale = quality < 50 ? 5000 / quality : 200 - quality * 2
  return Uint8Array.from(LUMINANCE, (value) =>
    Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))),
  )
}

function divisorsOf(table: Uint8Array): Float32Array {
  return Float32Array.from(
    table,
    (value, at) => 1 / (value * (AAN[at >> 3] ?? 1) * (AAN[at & 7] ?? 1) * 8),
  )
}

/** A block, around zero; beyond the edge the last row and column go on. */
function load(
  block: Float32Array,
  data: Gray['data'],
  width: number,
  height: number,
  left: number,
  top: number,
): void {
  for (let y = 0; y < 8; y += 1) {
    const row = Math.min(top + y, height - 1) * width
    for (let x = 0; x < 8; x += 1) {
      block[y * 8 + x] = (data[row + Math.min(left + x, width - 1)] ?? 0) - 128
    }
  }
}

/** The forward transform of Arai, Agui and Nakajima, in place; its scale is in the divisors. */
function transform(block: Float32Array): void {
  for (let row = 0; row < 64; row += 8) pass(block, row, 1)
  for (let column = 0; column < 8; column += 1) pass(block, column, 8)
}

function pass(d: Float32Array, from: number, step: number): void {
  const at = (index: number) => d[from + index * step] ?? 0
  const [s0, s1, s2, s3] = [at(0) + at(7), at(1) + at(6), at(2) + at(5), at(3) + at(4)]
  const [d0, d1, d2, d3] = [at(0) - at(7), at(1) - at(6), at(2) - at(5), at(3) - at(4)]

  const e0 = s0 + s3
  const e1 = s1 + s2
  const e3 = s0 - s3
  const z1 = (s1 - s2 + e3) * Math.SQRT1_2
  d[from] = e0 + e1
  d[from + 4 * step] = e0 - e1
  d[from + 2 * step] = e3 + z1
  d[from + 6 * step] = e3 - z1

  const o0 = d3 + d2
  const o1 = d2 + d1
  const o2 = d1 + d0
  const z5 = (o0 - o2) * 0.382683433
  const z2 = 0.5411961 * o0 + z5
  const z4 = 1.306562965 * o2 + z5
  const z3 = o1 * Math.SQRT1_2
  const z11 = d0 + z3
  const z13 = d0 - z3
  d[from + 5 * step] = z13 + z2
  d[from + 3 * step] = z13 - z2
  d[from + step] = z11 + z4
  d[from + 7 * step] = z11 - z4
}

/** Writes a block's coefficients and gives its DC for the next one. */
function writeBlock(out: BitWriter, coefficients: Int32Array, before: number): number {
  const dc = coefficients[0] ?? 0
  out.value(DC_CODES, 0, dc - before)
  let zeros = 0
  for (let at = 1; at < 64; at += 1) {
    const value = coefficients[at] ?? 0
    if (value === 0) {
      zeros += 1
      continue
    }
    for (; zeros > 15; zeros -= 16) out.code(AC_CODES[0xf0])
    out.value(AC_CODES, zeros << 4, value)
    zeros = 0
  }
  if (zeros > 0) out.code(AC_CODES[0])
  return dc
}

function writeHeader(out: BitWriter, width: number, height: number, table: Uint8Array): void {
  const zigzagged = ZIGZAG.map((index) => table[index] ?? 1)
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  out.bytes([0xff, 0xd8])
  // JFIF 1.1, no density, no thumbnail.
  out.bytes([0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
  out.bytes([0xff, 0xdb, 0, 67, 0, ...zigzagged])
  out.bytes([0xff, 0xc0, 0, 11, 8, ...size, 1, 1, 0x11, 0])
  for (const segment of huffmanTables) out.bytes(segment)
  out.bytes([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0])
}

/** Bits into bytes, with the zero that must follow every FF. */
class BitWriter {
  private buffer: Uint8Array
  private length = 0
  private held = 0
  private heldBits = 0

  constructor(room: number) {
    this.buffer = new Uint8Array(room)
  }

  bytes(values: readonly number[]): void {
    for (const value of values) this.push(value)
  }

  code(code: Code | undefined): void {
    if (code !== undefined) this.bits(code.bits, code.length)
  }

  /** The code of a run and a size, and the bits that say which value of that size it is. */
  value(codes: readonly (Code | undefined)[], run: number, value: number): void {
    const size = 32 - Math.clz32(Math.abs(value))
    this.code(codes[run + size])
    if (size > 0) this.bits(value < 0 ? value + (1 << size) - 1 : value, size)
  }

  end(): Uint8Array {
    const missing = (8 - this.heldBits) % 8
    if (missing > 0) this.bits((1 << missing) - 1, missing)
    this.bytes([0xff, 0xd9])
    return this.buffer.slice(0, this.length)
  }

  private bits(bits: number, length: number): void {
    this.held = (this.held << length) | bits
    this.heldBits += length
    while (this.heldBits >= 8) {
      const byte = (this.held >> (this.heldBits - 8)) & 255
      this.push(byte)
      if (byte === 255) this.push(0)
      this.heldBits -= 8
    }
    this.held &= (1 << this.heldBits) - 1
  }

  private push(byte: number): void {
    if (this.length === this.buffer.length) {
      const grown = new Uint8Array(this.buffer.length * 2)
      grown.set(this.buffer)
      this.buffer = grown
    }
    this.buffer[this.length] = byte
    this.length += 1
  }
}
