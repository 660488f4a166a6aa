import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodePersonalNumber,
  groupPersonalNumber,
  isPersonalNumber,
  maskNumber,
} from './personal-number.ts'

const digits = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{${length}}$`), { size: 'max' })

describe('decodePersonalNumber', () => {
  it('reads province, sex and year of birth', () => {
    expect(decodePersonalNumber('083090000000')).toEqual({
      place: { kind: 'province', code: '083' },
      sex: 'male',
      birthYear: 1990,
    })
    expect(decodePersonalNumber('070315000000')).toMatchObject({ sex: 'female', birthYear: 2015 })
  })

  it('knows a birth abroad by the first digit and an unlisted province as unknown', () => {
    expect(decodePersonalNumber('118090000000')?.place.kind).toBe('country')
    expect(decodePersonalNumber('000090000000')?.place.kind).toBe('unknown')
    expect(decodePersonalNumber('097090000000')?.place.kind).toBe('unknown')
  })

  it('agrees with the number it was made from, for every sex, year and century', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2399 }),
        fc.constantFrom('male' as const, 'female' as const),
        digits(3),
        (year, sex, place) => {
          const digit = (Math.floor(year / 100) - 19) * 2 + (sex === 'female' ? 1 : 0)
          const number = `${place}${digit}${String(year % 100).padStart(2, '0')}000000`
          expect(decodePersonalNumber(number)).toMatchObject({ sex, birthYear: year })
        },
      ),
    )
  })

  it('takes twelve ASCII digits and nothing else', () => {
    for (const text of ['', '08309000000', '0830900000000', '08309000000a', '०83090000000']) {
      expect(decodePersonalNumber(text)).toBeNull()
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodePersonalNumber(text) !== null).toBe(isPersonalNumber(text))
      }),
    )
  })
})

describe('the number on screen', () => {
  it('is masked as 083 ••• ••0000', () => {
    expect(maskNumber('083090000000')).toBe('083 ••• ••0000')
  })

  it('is grouped as 083 090 000000', () => {
    expect(groupPersonalNumber('083090000000')).toBe('083 090 000000')
    expect(groupPersonalNumber('320000000')).toBe('320000000')
  })

  it('never shows sex, year of birth or the middle digits when masked', () => {
    fc.assert(
      fc.property(digits(12), digits(5), (number, middle) => {
        const other = number.slice(0, 3) + middle + number.slice(8)
        expect(maskNumber(other)).toBe(maskNumber(number))
      }),
    )
  })

  it('hides whole what is not a personal number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!isPersonalNumber(text))
        expect(maskNumber(text)).not.toMatch(/\d/)
      }),
    )
  })

  it('loses no digit when grouped', () => {
    fc.assert(
      fc.property(digits(12), (number) => {
        expect(groupPersonalNumber(number).replaceAll(' ', '')).toBe(number)
      }),
    )
  })
})
