import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  caretBehind,
  digitsOf,
  personalNumberFormat,
  phoneFormat,
  showDigits,
  type DigitFormat,
} from './digits.ts'

const amount: DigitFormat = { kind: 'thousands', length: 12 }

describe('digits are shown', () => {
  it('as a personal number, 3-3-6, while it is being typed', () => {
    expect(showDigits('083', personalNumberFormat)).toBe('083')
    expect(showDigits('0830', personalNumberFormat)).toBe('083 0')
    expect(showDigits('083090000000', personalNumberFormat)).toBe('083 090 000000')
  })
  it('as a telephone number, 4-3-3', () => {
    expect(showDigits('0901234567', phoneFormat)).toBe('0901 234 567')
  })
  it('as an amount, with a dot between thousands', () => {
    expect(['', '500', '8000', '1250000'].map((digits) => showDigits(digits, amount))).toEqual([
      '',
      '500',
      '8.000',
      '1.250.000',
    ])
  })
})

describe('digits are taken', () => {
  it('out of whatever was typed or pasted, as many as there is room for', () => {
    expect(digitsOf('(090) 123-45.67 89', phoneFormat)).toBe('0901234567')
    expect(digitsOf('8.000 đ', amount)).toBe('8000')
  })
  it('an amount keeps no zeros in front, a number keeps them', () => {
    expect(digitsOf('0050', amount)).toBe('50')
    expect(digitsOf('0', amount)).toBe('0')
    expect(digitsOf('0050', phoneFormat)).toBe('0050')
  })
})

it('the caret stands behind its digit, before what parts the groups', () => {
  expect([0, 3, 4, 12].map((count) => caretBehind('083 090 000000', count))).toEqual([0, 3, 5, 14])
  expect(caretBehind('083', 9)).toBe(3)
})

it('what is shown is read back as the same digits', () => {
  const format = fc.constantFrom(personalNumberFormat, phoneFormat, amount)
  fc.assert(
    fc.property(fc.string(), format, (text, as) => {
      const digits = digitsOf(text, as)
      expect(digitsOf(showDigits(digits, as), as)).toBe(digits)
    }),
  )
})
