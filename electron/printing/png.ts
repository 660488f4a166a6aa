import { crc32, deflateSync } from 'node:zlib'
import { type Raster, rowBytes } from './raster.ts'

/** 203 dots an inch, in dots a metre: a viewer shows the sheet at its true size. */
const DOTS_PER_METRE = 7992

/** A 1-bit greyscale PNG (RFC 2083), byte for byte the same for the same raster. */
export function encodePng(raster: Raster): Uint8Array {
  const stride = rowBytes(raster.width)
  const rows = Buffer.alloc((stride + 1) * raster.height)
  for (let y = 0; y < raster.height; y += 1) {
    for (let x = 0; x < stride; x += 1) {
      // PNG counts light, the raster counts ink; filter byte 0 stands before each row.
      rows[y * (stride + 1) + 1 + x] = ~(raster.bits[y * stride + x] ?? 0) & 0xff
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(raster.width, 0)
  header.writeUInt32BE(raster.height, 4)
  header[8] = 1
  const size = Buffer.alloc(9)
  size.writeUInt32BE(DOTS_PER_METRE, 0)
  size.writeUInt32BE(DOTS_PER_METRE, 4)
  size[8] = 1
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('pHYs', size),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
