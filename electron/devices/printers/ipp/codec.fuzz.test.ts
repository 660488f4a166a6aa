import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzRuns } from '../../../../test/fixtures/fuzz.ts'
import { isUntouched, readJobId, readJobState, readPrinter } from './answers.ts'
import {
  decodeIpp,
  encodeIpp,
  IPP_LIMITS,
  type IppAttribute,
  type IppMessage,
  type IppValue,
} from './codec.ts'
import { getJobAttributes, getPrinterAttributes, printJob } from './operations.ts'

const int32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff })
const text = fc.string({ unit: 'binary', maxLength: 40 })
const name = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 })

const { attribute } = fc.letrec<{ value: IppValue; attribute: IppAttribute }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constantFrom('integer', 'enum'), value: int32 }),
    fc.record({ kind: fc.constant('boolean'), value: fc.boolean() }),
    fc.record({ kind: fc.constant('range'), low: int32, high: int32 }),
    fc.record({
      kind: fc.constantFrom('text', 'name', 'keyword', 'uri', 'charset', 'language', 'mime'),
      value: text,
    }),
    fc.record({ kind: fc.constant('none'), tag: fc.constantFrom(0x10, 0x12, 0x13) }),
    fc.record({
      kind: fc.constant('octets'),
      tag: fc.constantFrom(0x30, 0x31, 0x32),
      bytes: fc.uint8Array({ maxLength: 20 }),
    }),
    fc.record({
      kind: fc.constant('collection'),
      members: fc.array(tie('attribute'), { maxLength: 3 }),
    }),
  ),
  attribute: fc.record({ name, values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }) }),
}))
const message: fc.Arbitrary<IppMessage> = fc.record({
  code: fc.integer({ min: 0, max: 0xffff }),
  requestId: int32,
  groups: fc.array(
    fc.record({
      tag: fc.constantFrom('operation', 'job', 'printer', 'unsupported'),
      attributes: fc.array(attribute, { maxLength: 4 }),
    }),
    { maxLength: 3 },
  ),
})

describe('the IPP codec', () => {
  it('reads back what it has written', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeIpp(encodeIpp(sent))).toEqual({ ok: true, value: sent })
      }),
      { numRuns: fuzzRuns(300) },
    )
  })

  it('names what is cut off anywhere, and never throws', () => {
    const whole = encodeIpp(
      printJob(1, 'ipp://localhost/ipp/print', { name: 'Giấy', format: 'image/jpeg', media: 'A4' }),
    )
    for (let end = 0; end < whole.length; end += 1) {
      expect(decodeIpp(whole.subarray(0, end))).toEqual({ ok: false, error: 'truncated' })
    }
  })

  it('answers any bytes with a message or a name for what is wrong', () => {
    const start = [
      encodeIpp(getPrinterAttributes(1, 'ipp://localhost/', 'all')),
      encodeIpp(getJobAttributes(2, 'ipp://localhost/', 7)),
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...start),
        fc.nat(),
        fc.uint8Array({ maxLength: 400, size: 'medium' }),
        (valid, at, noise) => {
          const read = decodeIpp(Buffer.concat([valid.subarray(0, at % valid.length), noise]))
          if (!read.ok) return
          readJobId(read.value)
          readJobState(read.value)
          isUntouched(read.value)
          readPrinter(read.value)?.formsFor('A4')
        },
      ),
      { numRuns: fuzzRuns(1_000) },
    )
  })

  it('refuses collections without a floor, and more than a printer ever says', () => {
    const nested = Buffer.concat([
      Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 1, 4, 0x34, 0, 1, 0x61, 0, 0),
      ...Array.from({ length: 2_000 }, () =>
        Buffer.from([0x4a, 0, 0, 0, 1, 0x61, 0x34, 0, 0, 0, 0]),
      ),
    ])
    expect(decodeIpp(nested)).toEqual({ ok: false, error: 'too-large' })
    const groups = Buffer.alloc(IPP_LIMITS.VALUES + 10, 4)
    expect(decodeIpp(groups)).toEqual({ ok: false, error: 'too-large' })
    expect(decodeIpp(new Uint8Array(2 ** 20 + 1))).toEqual({ ok: false, error: 'too-large' })
  })
})
