import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digitsInWords, monthInWords, numberInWords } from './numbers.ts'

describe('a number in words', () => {
  it.each([
    [0, 'không'],
    [4, 'bốn'],
    [5, 'năm'],
    [10, 'mười'],
    [14, 'mười bốn'],
    [15, 'mười lăm'],
    [21, 'hai mươi mốt'],
    [24, 'hai mươi tư'],
    [11, 'mười một'],
    [55, 'năm mươi lăm'],
    [104, 'một trăm lẻ bốn'],
    [105, 'một trăm lẻ năm'],
    [115, 'một trăm mười lăm'],
    [1_000, 'một nghìn'],
    [1_005, 'một nghìn không trăm lẻ năm'],
    [1_990, 'một nghìn chín trăm chín mươi'],
    [2_026, 'hai nghìn không trăm hai mươi sáu'],
    [20_000, 'hai mươi nghìn'],
    [1_200_000, 'một triệu hai trăm nghìn'],
    [3_000_050, 'ba triệu không trăm năm mươi'],
    [2_500_000_000, 'hai tỷ năm trăm triệu'],
    [1_000_000_000_000, 'một nghìn tỷ'],
  ])('%d is "%s"', (value, said) => expect(numberInWords(value)).toBe(said))

  it('is said differently for every number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        (a, b) => (a === b) === (numberInWords(a) === numberInWords(b)),
      ),
    )
  })

  it('ends in "một" only where nothing but "mười", "trăm lẻ" or a thousand stands before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (value) => {
        const said = numberInWords(value)
        expect(said).not.toMatch(/mươi (một|năm|bốn|không)|mười (mốt|tư|năm)|lẻ (mốt|lăm|tư)/)
      }),
    )
  })
})

describe('digits and months', () => {
  it('are said one by one', () => {
    expect(digitsInWords('083 090')).toBe('không tám ba không chín không')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,14}$/), (digits) => {
        expect(digitsInWords(digits).split(' ')).toHaveLength(digits.length)
      }),
    )
  })
  it('know the month that has a word of its own', () => {
    expect([3, 4, 11].map(monthInWords)).toEqual(['ba', 'tư', 'mười một'])
  })
})
