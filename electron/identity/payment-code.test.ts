import { describe, expect, it } from 'vitest'
import { checkPaymentCode } from './payment-code.ts'

/** The test vector of vietnam-qr-pay 1.5.1, to an invented account. */
const VIETQR =
  '00020101021238540010A00000072701240006970436011000000000000208QRIBFTTA5303704540480005802VN62160812H86001 K00076304FA09'

describe('a payment code', () => {
  it('is whole where its fields and its checksum fit', () => {
    expect(checkPaymentCode(VIETQR)).toBe('whole')
    expect(checkPaymentCode(VIETQR.replace('FA09', 'fa09'))).toBe('whole')
  })

  it.each([
    ['a digit of the amount read wrong', VIETQR.replace('8000', '9000')],
    ['a checksum that does not fit', VIETQR.replace('FA09', 'FA08')],
    ['its end cut off', VIETQR.slice(0, 60)],
    ['another code behind it', `${VIETQR}${VIETQR}`],
    ['letters lost', VIETQR.replace('QRIBFTTA', 'QRIB')],
  ])('is damaged by %s', (_, text) => {
    expect(checkPaymentCode(text)).toBe('damaged')
  })

  it.each(['', '000201', '000201123456', '000202010212', 'A000201', '00020101'])(
    'is not %j',
    (text) => {
      expect(checkPaymentCode(text)).toBeNull()
    },
  )
})
