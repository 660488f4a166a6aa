import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { fuzzRuns } from '../../../test/fixtures/fuzz.ts'
import { createFraming } from './framing.ts'
import { createHidPosDecoder, parseHidPosReport } from './hid-pos.ts'
import { scannerLimits } from './limits.ts'
import type { ScanDecoder, ScanSink } from './scans.ts'
import { hidPosReports } from './hid-pos-reports.ts'

type Make = (timers: ReturnType<typeof createManualTimers>, sink: ScanSink) => ScanDecoder

function feed(make: Make, pieces: readonly (readonly [Uint8Array, number])[]) {
  const timers = createManualTimers()
  const scans: Uint8Array[] = []
  const decoder = make(timers, { onScan: (bytes) => scans.push(bytes), onRefused: () => {} })
  for (const [bytes, pauseMs] of pieces) {
    decoder.push(bytes)
    timers.advance(pauseMs)
  }
  return { timers, scans, decoder }
}

const pause = fc.constantFrom(0, 5, 41, 301)
/** A report of the right kind whose length and flag are anything, or any bytes at all. */
const report = fc.oneof(
  fc
    .tuple(fc.nat(70), fc.uint8Array({ minLength: 61, maxLength: 61 }), fc.boolean())
    .map(([length, bytes, more]) => Uint8Array.of(2, length, ...bytes, more ? 1 : 0)),
  fc.uint8Array({ maxLength: 80 }),
)

describe.each([
  ['serial framing', createFraming, fc.uint8Array({ maxLength: 300 })],
  ['HID POS', createHidPosDecoder, report],
] as const)('%s', (_, make, piece) => {
  it('takes any bytes: bounded scans, none empty, and the next code is read', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, pause), { maxLength: 30 }), (pieces) => {
        const { timers, scans, decoder } = feed(make, pieces)
        for (const { length } of scans) {
          expect(length).toBeGreaterThan(0)
          expect(length).toBeLessThanOrEqual(scannerLimits.FRAME_BYTES)
        }
        timers.advance(scannerLimits.NEXT_REPORT_MS)
        expect(timers.pending()).toBe(0)
        const before = scans.length
        const next = Buffer.from('next')
        if (make === createFraming) decoder.push(Buffer.from('next\r'))
        else for (const each of hidPosReports(next)) decoder.push(each)
        expect(scans.slice(before).map(String)).toEqual([String(Uint8Array.from(next))])
      }),
      { numRuns: fuzzRuns(300) },
    )
  })
})

describe('HID POS', () => {
  it('gives back what was sent, in either layout', () => {
    const code = fc.uint8Array({ minLength: 1, maxLength: scannerLimits.FRAME_BYTES })
    fc.assert(
      fc.property(code, fc.constantFrom('standard', 'shifted'), (sent, layout) => {
        const reports = hidPosReports(sent, { layout })
        const { scans, timers } = feed(
          createHidPosDecoder,
          reports.map((bytes) => [bytes, 2]),
        )
        expect(scans).toEqual([sent])
        expect(timers.pending()).toBe(0)
      }),
      { numRuns: fuzzRuns(200) },
    )
  })

  it('never reads beyond a report', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const read = parseHidPosReport(Uint8Array.of(2, ...bytes))
        expect(read.kind === 'data' ? read.bytes.length : bytes[0]).toBe(bytes[0])
      }),
      { numRuns: fuzzRuns(2000) },
    )
  })
})
