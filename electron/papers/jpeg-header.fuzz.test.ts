import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzRuns } from '../../test/fixtures/fuzz.ts'
import { encodeGrayJpeg } from '../../shared/imaging/gray-jpeg.ts'
import { readJpegHeader } from './jpeg-header.ts'

const page = encodeGrayJpeg({ width: 16, height: 12, data: new Uint8Array(192).fill(120) }, 70)
const numRuns = fuzzRuns(2_000)

/** A page with some of its bytes changed, cut off somewhere. */
const damaged = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(page.length - 1), fc.nat(255)), { maxLength: 12 }),
    fc.nat(page.length),
  )
  .map(([changes, length]) => {
    const bytes = Uint8Array.from(page)
    for (const [at, value] of changes) bytes[at] = value
    return bytes.subarray(0, length)
  })

/** Segments of any kind and length after the beginning of a JPEG. */
const segments = fc
  .array(fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 40 }), fc.option(fc.nat(65_535))), {
    maxLength: 20,
  })
  .map((all) => {
    const parts = all.flatMap(([marker, body, lie]) => {
      const length = lie ?? body.length + 2
      return [0xff, marker, length >> 8, length & 255, ...body]
    })
    return Uint8Array.from([0xff, 0xd8, ...parts])
  })

describe('the header of a picture', () => {
  it.each([
    ['damaged pages', damaged],
    ['segments of any kind', segments],
    ['any bytes', fc.uint8Array({ maxLength: 400 })],
  ])('is read or refused by name, whatever stands there: %s', (_name, inputs) => {
    fc.assert(
      fc.property(inputs, (bytes) => {
        const header = readJpegHeader(bytes)
        const sound = header.ok
          ? Math.min(header.value.width, header.value.height) > 0
          : ['pdf', 'not-a-jpeg', 'broken', 'unusual'].includes(header.error)
        expect(sound).toBe(true)
      }),
      { numRuns },
    )
  })

  it('is found behind segments that mean nothing here', () => {
    const comment = [0xff, 0xfe, 0, 6, 1, 2, 3, 4]
    const padded = Uint8Array.from([0xff, 0xd8, ...comment, ...page.subarray(2)])
    expect(readJpegHeader(padded)).toMatchObject({ ok: true, value: { width: 16, height: 12 } })
  })

  it('is refused behind fill bytes, which the PDF library cannot read', () => {
    const filled = Uint8Array.from([0xff, 0xd8, 0xff, 0xff, 0xfe, 0, 3, 1, ...page.subarray(2)])
    expect(readJpegHeader(filled)).toEqual({ ok: false, error: 'unusual' })
  })
})
