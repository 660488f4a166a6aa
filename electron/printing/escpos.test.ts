import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEscPosDecoder, DECODER_LIMITS, type PrinterCommand } from './escpos-decoder.ts'
import { encodeJob, ESCPOS, printable } from './escpos.ts'
import { type Raster, rowBytes, stack } from './raster.ts'

const decode = (...chunks: Uint8Array[]): PrinterCommand[] => {
  const decoder = createEscPosDecoder()
  return chunks.flatMap((chunk) => decoder.push(chunk))
}
const bytes = (...values: number[]) => Uint8Array.from(values)

/** Real-time commands hide in these more often than in any other bytes. */
const imageByte = fc.oneof(fc.constantFrom(0x10, 0x04, 0x05, 0x14, 0x00), fc.nat(255))
const picture = fc
  .record({ stride: fc.integer({ min: 1, max: 6 }), height: fc.integer({ min: 1, max: 600 }) })
  .chain(({ stride, height }) =>
    fc.array(imageByte, { minLength: 64, maxLength: 64 }).map((pattern): Raster => {
      const bits = new Uint8Array(stride * height)
      for (let at = 0; at < bits.length; at += 1) bits[at] = pattern[(at * 7) % 64] ?? 0
      return { width: stride * 8, height, bits }
    }),
  )

/** The same bytes cut into chunks anywhere. */
const split = (whole: Uint8Array, cuts: readonly number[]) => {
  const places = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => whole.subarray(from, places[index] ?? whole.length))
}

describe('a job', () => {
  it('is ESC @, bands of at most 255 rows, feed, partial cut', () => {
    const raster: Raster = { width: 16, height: 300, bits: new Uint8Array(600) }
    const job = encodeJob(raster)
    expect([...job.subarray(0, 10)]).toEqual([0x1b, 0x40, 0x1d, 0x76, 0x30, 0, 2, 0, 255, 0])
    expect([...job.subarray(-6)]).toEqual([0x1b, 0x64, ESCPOS.FEED_LINES, 0x1d, 0x56, 1])
    expect(decode(job).map((command) => command.kind)).toEqual([
      'reset',
      'band',
      'band',
      'feed',
      'cut',
    ])
  })

  it('comes back as the same picture, however the bytes arrive', () => {
    fc.assert(
      fc.property(picture, fc.array(fc.nat()), (raster, cuts) => {
        const commands = decode(...split(encodeJob(raster), cuts))
        const bands = commands.flatMap((command) =>
          command.kind === 'band' ? [command.raster] : [],
        )
        expect(stack(bands)).toEqual(printable(raster))
        expect(commands.at(-1)).toEqual({ kind: 'cut', mode: 'partial' })
      }),
      { numRuns: 60 },
    )
  })

  it('never hides a real-time command in its picture, at the price of single dots more', () => {
    fc.assert(
      fc.property(picture, (raster) => {
        const { bits } = printable(raster)
        for (let at = 0; at + 1 < bits.length; at += 1) {
          expect(bits[at] === 0x10 && [0x04, 0x05, 0x14].includes(bits[at + 1] ?? 0)).toBe(false)
        }
        expect(bits.every((byte, at) => ((raster.bits[at] ?? 0) & ~byte) === 0)).toBe(true)
        expect(printable({ ...raster, bits }).bits).toEqual(bits)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the decoder', () => {
  it.each<[string, Uint8Array, PrinterCommand[]]>([
    ['DLE EOT 4', bytes(0x10, 4, 4), [{ kind: 'status-query', n: 4 }]],
    ['DLE DC4 8', bytes(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8), [{ kind: 'clear' }]],
    ['DLE DC4 8 with a wrong tail', bytes(0x10, 0x14, 8, 1, 3, 9), []],
    ['GS a 255', bytes(0x1d, 0x61, 255), [{ kind: 'auto-status', n: 255 }]],
    ['GS r 1', bytes(0x1d, 0x72, 1), [{ kind: 'status-in-turn', n: 1 }]],
    ['GS I 67', bytes(0x1d, 0x49, 67), [{ kind: 'identify', n: 67 }]],
    ['ESC J 8', bytes(0x1b, 0x4a, 8), [{ kind: 'feed', dots: 8 }]],
    ['GS V 0', bytes(0x1d, 0x56, 0), [{ kind: 'cut', mode: 'full' }]],
    ['GS V 65 n', bytes(0x1d, 0x56, 65, 16), [{ kind: 'cut', mode: 'full' }]],
    ['GS V 66 n', bytes(0x1d, 0x56, 66, 16), [{ kind: 'cut', mode: 'partial' }]],
  ])('knows %s', (_name, input, expected) => {
    expect(decode(input)).toEqual(expected)
  })

  it.each<[string, number[]]>([
    ['ESC E, a, t, !, M with a parameter that looks like a command', [0x1b, 0x61, 0x1b]],
    ['GS ( k with a query inside', [0x1d, 0x28, 0x6b, 3, 0, 0x10, 4, 1]],
    ['FS .', [0x1c, 0x2e]],
    ['the cash drawer', [0x1b, 0x70, 0, 0x10, 4]],
    ['text', [...Buffer.from('So thu tu A027\r\n')]],
    ['a probe of another make', [0x1b, 0x06, 0x01]],
    ['a picture wider than any head', [0x1d, 0x76, 0x30, 0, 0xff, 0xff, 0xff, 0xff]],
  ])('passes over %s and hears what follows', (_name, before) => {
    expect(decode(bytes(...before, 0x1b, 0x40, 0x10, 4, 2))).toEqual([
      { kind: 'reset' },
      { kind: 'status-query', n: 2 },
    ])
  })

  it('survives noise, in any pieces, and holds no more than one band', () => {
    const noise = fc.array(
      fc.oneof(fc.constantFrom(0x1b, 0x1d, 0x10, 0x76, 0x30, 0x28, 0, 1, 2, 4), fc.nat(255)),
      { maxLength: 400 },
    )
    fc.assert(
      fc.property(noise, fc.array(fc.nat()), (values, cuts) => {
        const whole = bytes(...values)
        const atOnce = decode(whole)
        expect(decode(...split(whole, cuts))).toEqual(atOnce)
        for (const command of atOnce) {
          if (command.kind !== 'band') continue
          const { width, height, bits } = command.raster
          expect(bits).toHaveLength(rowBytes(width) * height)
          expect(height).toBeLessThanOrEqual(DECODER_LIMITS.BAND_ROWS)
          expect(rowBytes(width)).toBeLessThanOrEqual(DECODER_LIMITS.BAND_ROW_BYTES)
        }
      }),
    )
  })
})
