import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzRuns } from '../../../test/fixtures/fuzz.ts'
import { decodePnm } from './pnm.ts'

const bytesOf = (header: string, body: Uint8Array) =>
  Buffer.concat([Buffer.from(header, 'latin1'), body])
const numRuns = fuzzRuns(2_000)

describe('a scanned picture', () => {
  it('comes through as it was, whatever its comments', () => {
    const picture = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
      .chain(([width, height]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
          comment: fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
        }),
      )
    fc.assert(
      fc.property(picture, ({ width, height, data, comment }) => {
        const bytes = bytesOf(`P5\n#${comment}\n${width} ${height}\n255\n`, data)
        expect(decodePnm(bytes)).toEqual({ ok: true, value: { width, height, data } })
      }),
      { numRuns: fuzzRuns(300) },
    )
  })

  it('in colour becomes grey', () => {
    const colour = Uint8Array.from([255, 255, 255, 0, 0, 0])
    const decoded = decodePnm(bytesOf('P6 2 1 255\n', colour))
    expect(decoded).toMatchObject({ ok: true, value: { data: Uint8Array.from([255, 0]) } })
  })

  it.each([
    ['nothing', '', 'not-a-picture'],
    ['a PDF', '%PDF-1.7', 'not-a-picture'],
    ['text', 'P2 1 1 255 9', 'not-a-picture'],
    ['16 bit', 'P5 1 1 65535 ab', 'not-a-picture'],
    ['a bomb', 'P5 999999 999999 255\n', 'too-large'],
    ['half a page', 'P5 10 10 255\nabc', 'short'],
  ])('that is %s is refused by name', (_name, text, problem) => {
    expect(decodePnm(Buffer.from(text))).toEqual({ ok: false, error: problem })
  })

  it('is read or refused, whatever the bytes', () => {
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(fc.constantFrom('P5', 'P6'), fc.nat(9_999_999), fc.nat(9_999_999), fc.uint8Array())
        .map(([kind, width, height, body]) => bytesOf(`${kind} ${width} ${height} 255\n`, body)),
    )
    fc.assert(
      fc.property(inputs, (bytes) => {
        const decoded = decodePnm(bytes)
        const size = decoded.ok ? decoded.value.data.length : 0
        expect(size).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns },
    )
  })
})
