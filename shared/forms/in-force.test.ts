import { describe, expect, it } from 'vitest'
import { isInForce } from './in-force.ts'
import { procedureWith, textField } from './testing.ts'

const sample = procedureWith([textField('note')])
const on = (year: number, month: number, day: number) => ({ year, month, day })

describe('a form', () => {
  const form = { ...sample.form, validFrom: '2026-07-01', validTo: '2027-02-28' }

  it.each([
    [on(2026, 6, 30), false],
    [on(2026, 7, 1), true],
    [on(2027, 2, 28), true],
    [on(2027, 3, 1), false],
  ])('is in force from its first day to the end of its last: %o', (day, expected) => {
    expect(isInForce({ form }, day)).toBe(expected)
  })

  it('without a last day stays in force', () => {
    expect(isInForce(sample, on(2099, 12, 31))).toBe(true)
  })
})
