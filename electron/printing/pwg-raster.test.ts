import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  field,
  headerByCups,
  missingCupsRaster,
  readWithCups,
} from '../../test/fixtures/cups-raster.ts'
import { fuzzRuns } from '../../test/fixtures/fuzz.ts'
import { encodePwgRaster, type GreyPage, type PwgSheet } from './pwg-raster.ts'

const a5: PwgSheet = {
  dpi: 300,
  colour: 'sgray_8',
  mediaName: 'iso_a5_148x210mm',
  width: 419.53,
  height: 595.28,
}

/** Lines with long runs, single dots and repetitions, as pages have them. */
const page: fc.Arbitrary<GreyPage> = fc.integer({ min: 1, max: 400 }).chain((width) => {
  const run = fc.record({
    dot: fc.constantFrom(0, 255, 127),
    length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 })),
  })
  const line = fc.array(run, { maxLength: 200 }).map((runs) => {
    const dots = new Uint8Array(width).fill(255)
    let x = 0
    for (const { dot, length } of runs) dots.fill(dot, x, (x += length))
    return dots
  })
  const block = fc.record({
    line,
    times: fc.oneof(fc.constant(1), fc.constantFrom(2, 255, 256, 257, 600)),
  })
  return fc.array(block, { minLength: 1, maxLength: 5 }).map((blocks) => {
    const lines = blocks.flatMap((each) => Array.from({ length: each.times }, () => each.line))
    return { width, height: lines.length, dots: Buffer.concat(lines) }
  })
})
const pages = fc.array(page, { minLength: 1, maxLength: 3 })

/** Reads what was packed, by the letter of PWG 5102.4; throws on anything else. */
function unpack(file: Uint8Array): { pixels: Buffer; header: Buffer }[] {
  const bytes = Buffer.from(file)
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('RaS2')
  const found = []
  for (let at = 4; at < bytes.length;) {
    const header = bytes.subarray(at, at + 1796)
    at += 1796
    const [height, bits, stride] = [376, 388, 392].map((offset) => header.readUInt32BE(offset))
    if (height === undefined || bits === undefined || stride === undefined) throw new Error()
    const unit = bits / 8
    const lines: Buffer[] = []
    while (lines.length < height) {
      const times = bytes.readUInt8(at) + 1
      at += 1
      const parts: Buffer[] = []
      let length = 0
      while (length < stride) {
        const count = bytes.readUInt8(at)
        at += 1
        if (count === 128) throw new Error('a run of no meaning')
        const dots = count < 128 ? 1 : 257 - count
        const value = bytes.subarray(at, at + dots * unit)
        at += dots * unit
        const part =
          count < 128 ? Buffer.concat(Array.from({ length: count + 1 }, () => value)) : value
        parts.push(part)
        length += part.length
      }
      expect(length).toBe(stride)
      for (let time = 0; time < times; time += 1) lines.push(Buffer.concat(parts))
    }
    expect(lines).toHaveLength(height)
    found.push({ header, pixels: Buffer.concat(lines) })
  }
  return found
}
const pixelsOf = ({ dots }: GreyPage, colour: PwgSheet['colour']) =>
  colour === 'sgray_8'
    ? Buffer.from(dots)
    : Buffer.from([...dots].flatMap((dot) => [dot, dot, dot]))

describe('a page as PWG raster', () => {
  it.each(['sgray_8', 'srgb_8'] as const)('loses no dot of any page, in %s', (colour) => {
    fc.assert(
      fc.property(pages, (sent) => {
        const read = unpack(encodePwgRaster(sent, sent.length, { ...a5, colour }))
        expect(read).toHaveLength(sent.length)
        for (const [index, one] of sent.entries()) {
          expect(read[index]?.pixels.equals(pixelsOf(one, colour))).toBe(true)
        }
      }),
      { numRuns: fuzzRuns(60) },
    )
  })

  it('keeps a white sheet to some hundred bytes', () => {
    const white = { width: 1748, height: 2480, dots: new Uint8Array(1748 * 2480).fill(255) }
    expect(encodePwgRaster([white], 1, a5).length).toBeLessThan(1796 + 4 + 400)
  })
})

const missing = missingCupsRaster()
describe.skipIf(missing !== null && !process.env['CI'])(
  `PWG raster as CUPS has it${missing === null ? '' : ` (${missing})`}`,
  () => {
    it.each(['sgray_8', 'srgb_8'] as const)('is read to the last dot, in %s', (colour) => {
      const [sent] = fc.sample(pages, { numRuns: 1, seed: 7 })
      if (sent === undefined) throw new Error('no pages')
      const read = readWithCups(encodePwgRaster(sent, sent.length, { ...a5, colour }))
      expect(read).toHaveLength(sent.length)
      for (const [index, one] of sent.entries()) {
        expect(read[index]?.pixels.equals(pixelsOf(one, colour))).toBe(true)
      }
    })

    it.each(['sgray_8', 'srgb_8'] as const)(
      'says of its sheet what CUPS would say, in %s',
      (colour) => {
        const made = headerByCups('iso_a5_148x210mm', colour, 300)
        const [width, height] = [field(made, 372), field(made, 376)]
        const white = { width, height, dots: new Uint8Array(width * height).fill(255) }
        const [read] = readWithCups(encodePwgRaster([white], 1, { ...a5, colour }))
        if (!read) throw new Error('no page')
        const differ = Array.from({ length: 1796 / 4 }, (_, index) => 4 * index).filter(
          (at) => field(read.header, at) !== field(made, at),
        )
        // CUPS puts `PwgRaster` in as it writes.
        const name = [0, 4, 8]
        // Fields of CUPS alone, reserved by the standard: a bounding box, and a size in real numbers.
        const reserved = [292, 296, 428, 432]
        // Up to whoever prints: copies, pages in all, white, the quality.
        const ours = [340, 452, 480, 484]
        expect(new Set(differ)).toEqual(new Set([...name, ...reserved, ...ours]))
        expect(read.header.toString('latin1', 0, 10)).toBe('PwgRaster\0')
        expect(reserved.map((at) => field(read.header, at))).toEqual([0, 0, 0, 0])
        expect(ours.map((at) => field(read.header, at))).toEqual([1, 1, 0xffffff, 4])
      },
    )
  },
)
