import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wrapBalanced, wrapText } from './wrap.ts'

/** A typewriter: one unit a code point. */
const count = (line: string) => Array.from(line).length
const word = fc.string({
  unit: fc.constantFrom('a', 'b', 'đ', 'ê', 'ặ', 'ợ', 'ữ'),
  minLength: 1,
  maxLength: 12,
})

describe('breaking text into lines', () => {
  it('breaks at spaces and drops them', () => {
    expect(wrapText('Xác nhận  tình trạng\nhôn nhân', 10, count)).toEqual([
      'Xác nhận',
      'tình trạng',
      'hôn nhân',
    ])
  })

  it('breaks inside a word only when the word alone is too wide, and never inside a letter', () => {
    expect(wrapText('a 𠀋𠀋𠀋𠀋𠀋 b', 3, count)).toEqual(['a', '𠀋𠀋𠀋', '𠀋𠀋', 'b'])
  })

  it('gives one code point a line where nothing fits', () => {
    expect(wrapText('ab', 0, count)).toEqual(['a', 'b'])
  })

  it('keeps every letter in order and no line too wide', () => {
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 1, max: 20 }), (words, width) => {
        const lines = wrapText(words.join(' '), width, count)
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''))
        for (const line of lines) expect(count(line)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('balances a title without taking more lines', () => {
    expect(wrapBalanced('PHIẾU GHI NHẬN TẠM', 15, count)).toEqual(['PHIẾU GHI', 'NHẬN TẠM'])
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 12, max: 30 }), (words, width) => {
        const text = words.join(' ')
        const balanced = wrapBalanced(text, width, count)
        expect(balanced).toHaveLength(wrapText(text, width, count).length)
        expect(balanced.join(' ')).toBe(text)
      }),
    )
  })
})
