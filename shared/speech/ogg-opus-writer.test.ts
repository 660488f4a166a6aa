import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opusLengthMs, OPUS_RATE } from './ogg-opus.ts'
import { writeOggOpus } from './ogg-opus-writer.ts'

/** Packets of 60 ms with sizes around those at which a table of segments changes. */
const packets = fc.array(
  fc
    .oneof(fc.integer({ min: 1, max: 1_275 }), fc.constantFrom(254, 255, 256, 509, 510, 511))
    .map((size) => ({ bytes: new Uint8Array(size).fill(size % 251), samples: 2_880 })),
  { minLength: 1, maxLength: 400 },
)

describe('an Ogg file with Opus', () => {
  it('is as long as the sound that went in', () => {
    fc.assert(
      fc.property(
        packets,
        fc.nat({ max: 1_000 }),
        fc.nat({ max: 2_879 }),
        (given, preSkip, cut) => {
          const held = given.length * 2_880
          const length = Math.max(0, held - preSkip - cut)
          const ms = opusLengthMs(writeOggOpus({ packets: given, preSkip, length }))
          expect(ms).toBeCloseTo((length / OPUS_RATE) * 1_000, 6)
        },
      ),
      { numRuns: 60 },
    )
  })
  it('has every packet whole, in order, and none twice', () => {
    fc.assert(
      fc.property(packets, (given) => {
        const file = writeOggOpus({ packets: given, preSkip: 312, length: 48_000 })
        expect(packetsIn(file).slice(2)).toEqual(given.map(({ bytes }) => bytes))
      }),
      { numRuns: 30 },
    )
  })
  it('is known as cut off wherever it is cut', () => {
    const whole = writeOggOpus({
      packets: [{ bytes: new Uint8Array(300).fill(7), samples: 2_880 }],
      preSkip: 312,
      length: 2_000,
    })
    for (let at = 0; at < whole.length; at += 1) {
      expect(opusLengthMs(whole.subarray(0, at))).toBeNull()
    }
  })
  it('has the checksum that RFC 3533 asks for', () => {
    // The first page of any mono file with a pre-skip of 312 and this serial, as opusenc writes it.
    const file = writeOggOpus({ packets: [], preSkip: 312, length: 0 })
    const page = file.slice(0, 47)
    const stored = new DataView(page.buffer).getUint32(22, true)
    page.fill(0, 22, 26)
    expect(stored).toBe(crcByDivision(page))
  })
})

/** The same remainder by long division over bits: slow, and written another way. */
function crcByDivision(bytes: Uint8Array): number {
  let remainder = 0n
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const top = (remainder >> 31n) & 1n
      remainder = ((remainder << 1n) & 0xffff_ffffn) | 0n
      if ((top ^ BigInt((byte >> bit) & 1)) === 1n) remainder ^= 0x04c1_1db7n
    }
  }
  return Number(remainder)
}

/** The packets of an Ogg file, put together by the tables of its pages. */
function packetsIn(file: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = []
  let packet: number[] = []
  for (let at = 0; at < file.length;) {
    const table = file.subarray(at + 27, at + 27 + (file[at + 26] ?? 0))
    at += 27 + table.length
    for (const size of table) {
      packet.push(...file.subarray(at, at + size))
      at += size
      if (size === 255) continue
      found.push(Uint8Array.from(packet))
      packet = []
    }
  }
  return found
}
