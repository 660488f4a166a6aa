import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, toneLast, words } from './vietnamese.ts'

describe('fold', () => {
  it.each([
    ['Đăng ký hộ tịch', 'dang ky ho tich'],
    ['ĐƯỜNG NGUYỄN THỊ ĐỊNH', 'duong nguyen thi dinh'],
    ['Đăng'.normalize('NFD'), 'dang'],
    ['ƀăk Ƀlang', 'bak blang'],
    ['Ðường (chữ Ð của Iceland)', 'duong (chu d cua iceland)'],
  ])('%s -> %s', (text, plain) => {
    expect(fold(text)).toBe(plain)
  })

  it('is the same for composed and decomposed text, and folding again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })
})

describe('words', () => {
  it('keeps letters with marks that have no composed form together', () => {
    expect(words('K’Mẫu, Y-Moan: 12 ŏ̆')).toEqual(['k', 'mẫu', 'y', 'moan', '12', 'ŏ̆'])
  })
})

describe('toneLast', () => {
  it('sees the two placements of a tone as one', () => {
    expect(toneLast('hòa')).toBe(toneLast('hoà'))
    expect(toneLast('thúy')).toBe(toneLast('THUÝ'))
  })

  it('keeps words apart that differ in tone or vowel', () => {
    expect(new Set(['ho', 'hô', 'hơ', 'hồ', 'hộ', 'hò'].map(toneLast)).size).toBe(6)
  })
})
