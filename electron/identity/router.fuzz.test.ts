import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idCardSchema } from '../../shared/domain/id-card.ts'
import { fuzzRuns } from '../../test/fixtures/fuzz.ts'
import { type ScannedCode, parseCode } from './card-qr.ts'
import { decodeScan } from './normalise.ts'
import { checkPaymentCode } from './payment-code.ts'

const valid = '083090000000|320000000|Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'

const kinds: ReadonlySet<string> = new Set([
  'vietqr',
  'health-insurance',
  'dossier-code',
  'slip',
  'ticket',
  'procedure',
  'garbled',
  'unknown',
])

/** A scan must be some kind, and a card must be what the schema of a card says. */
function isSound(code: ScannedCode): boolean {
  return code.kind === 'id-card' ? idCardSchema.safeParse(code.card).success : kinds.has(code.kind)
}

describe('no scan throws', () => {
  it('of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(isSound(parseCode(text))).toBe(true)
      }),
      { numRuns: fuzzRuns(2000) },
    )
  })

  it('of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(isSound(parseCode(decodeScan(bytes)))).toBe(true)
      }),
      { numRuns: fuzzRuns(2000) },
    )
  })

  it('of a card with bytes changed, lost and put in', () => {
    const edit = fc.tuple(fc.nat(200), fc.nat(3), fc.uint8Array({ maxLength: 4 }))
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const bytes = [...Buffer.from(valid)]
        for (const [at, remove, put] of edits) bytes.splice(at, remove, ...put)
        expect(isSound(parseCode(decodeScan(Uint8Array.from(bytes))))).toBe(true)
      }),
      { numRuns: fuzzRuns(3000) },
    )
  })

  it('made of the pieces of cards in any order', () => {
    const piece = fc.constantFrom('|', '083090000000', '05031990', 'Nam', 'Nữ', 'á»…', '\0', '"')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        expect(isSound(parseCode(pieces.join('')))).toBe(true)
      }),
      { numRuns: fuzzRuns(2000) },
    )
  })
})

describe('a payment code', () => {
  const whole =
    '00020101021238540010A00000072701240006970436011000000000000208QRIBFTTA5303704540480005802VN62160812H86001 K00076304FA09'

  it('with any one character changed is never whole', () => {
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, put) => {
          const changed = whole.slice(0, at) + put + whole.slice(at + 1)
          fc.pre(changed.toUpperCase() !== whole.toUpperCase())
          expect(checkPaymentCode(changed)).not.toBe('whole')
        },
      ),
      { numRuns: fuzzRuns(2000) },
    )
  })
})
