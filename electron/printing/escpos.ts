import { type Raster, rowBytes } from './raster.ts'

/** Limits of what is sent to a printer. */
export const ESCPOS = {
  /** Rows of one GS v 0: cheap printers take one byte of height only. */
  BAND_ROWS: 255,
  /** Lines of 1/6 inch (the spacing after ESC @): 17 mm carry the last row past the cutter. */
  FEED_LINES: 4,
} as const

const [ESC, GS, DLE] = [0x1b, 0x1d, 0x10] as const

/**
 * A whole job: ESC @, the picture as GS v 0 bands, ESC d, GS V 1 (partial cut). All text goes as
 * dots, because no code page of a receipt printer holds Vietnamese.
 */
export function encodeJob(raster: Raster): Uint8Array {
  const { width, height, bits } = printable(raster)
  const stride = rowBytes(width)
  const parts: Uint8Array[] = [Uint8Array.of(ESC, 0x40)]
  for (let top = 0; top < height; top += ESCPOS.BAND_ROWS) {
    const rows = Math.min(ESCPOS.BAND_ROWS, height - top)
    parts.push(
      Uint8Array.of(GS, 0x76, 0x30, 0, stride & 0xff, stride >> 8, rows, 0),
      bits.subarray(top * stride, (top + rows) * stride),
    )
  }
  parts.push(Uint8Array.of(ESC, 0x64, ESCPOS.FEED_LINES), Uint8Array.of(GS, 0x56, 1))
  return Buffer.concat(parts)
}

/**
 * The same picture without a real-time command in it. A printer obeys DLE EOT, DLE ENQ and
 * DLE DC4 on arrival, even inside an image: it would answer queries that nobody sent, or kick a
 * drawer. One more dot beside the DLE byte's own dot breaks the sequence and cannot be seen.
 */
export function printable(raster: Raster): Raster {
  const bits = raster.bits.slice()
  for (let at = 0; at + 1 < bits.length; at += 1) {
    const next = bits[at + 1]
    if (bits[at] === DLE && (next === 0x04 || next === 0x05 || next === 0x14)) bits[at] = 0x18
  }
  // A last DLE could pair up with the first byte of what follows the band; none does (ESC, GS).
  return { ...raster, bits }
}
