/** A picture of black dots on white paper. */
export type Raster = {
  /** Dots across. */
  readonly width: number
  /** Dots down. */
  readonly height: number
  /** Rows top to bottom, `rowBytes(width)` bytes each; the left dot is the highest bit, 1 is black. */
  readonly bits: Uint8Array
}

/** Bytes of one row; the bits beyond `width` are 0. */
export const rowBytes = (width: number) => Math.ceil(width / 8)

/** Turns RGBA pixels black or white: black where darker than half. */
export function threshold(pixels: {
  readonly data: ArrayLike<number>
  readonly width: number
  readonly height: number
}): Raster {
  const { data, width, height } = pixels
  const stride = rowBytes(width)
  const bits = new Uint8Array(stride * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      // Grey text on white: the red channel alone says how dark a pixel is.
      if ((data[(y * width + x) * 4] ?? 255) < DARK_BELOW) {
        const at = y * stride + (x >> 3)
        bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
      }
    }
  }
  return { width, height, bits }
}

/** A little above the middle: thin strokes stay whole on thermal paper. */
const DARK_BELOW = 150

/** Puts pictures of one width under each other, as a paper roll does. Empty in, null out. */
export function stack(parts: readonly Raster[]): Raster | null {
  const width = Math.max(0, ...parts.map((part) => part.width))
  const height = parts.reduce((sum, part) => sum + part.height, 0)
  if (width === 0 || height === 0) return null
  const stride = rowBytes(width)
  const bits = new Uint8Array(stride * height)
  let top = 0
  for (const part of parts) {
    const partStride = rowBytes(part.width)
    for (let y = 0; y < part.height; y += 1) {
      bits.set(part.bits.subarray(y * partStride, (y + 1) * partStride), (top + y) * stride)
    }
    top += part.height
  }
  return { width, height, bits }
}

/** Whether the dot is black; outside the picture it is not. */
export function isBlack(raster: Raster, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return false
  return ((raster.bits[y * rowBytes(raster.width) + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
}
