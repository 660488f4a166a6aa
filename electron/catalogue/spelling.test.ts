import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutKeys } from './search-words.ts'
import { slipCost, slipLimit, soundOf } from './spelling.ts'

describe('a slip of the finger', () => {
  it.each([
    ['a key that bounced', 'khaii', 'khai'],
    ['two fingers out of step', 'kahi', 'khai'],
    ['the key beside it', 'khao', 'khai'],
  ])('is cheaper than a wrong letter: %s', (_, typed, meant) => {
    expect(slipCost(typed, meant, 2)).toBeLessThan(slipCost('khae', 'khai', 2))
  })

  it('is dearer in the first letter, which people get right', () => {
    expect(slipCost('jhai', 'khai', 2)).toBeGreaterThan(slipCost('khaj', 'khai', 2))
  })

  it('costs nothing where there is none', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    fc.assert(
      fc.property(word, (text) => {
        expect(slipCost(text, text, 0)).toBe(0)
      }),
    )
  })

  it('is not supposed beyond the limit', () => {
    expect(slipCost('sinh', 'thue', 1)).toBe(Infinity)
    expect(slipCost('a', 'nghieng', 1)).toBe(Infinity)
  })

  it('is supposed in longer words only, and more in long ones', () => {
    expect([2, 3, 4, 6].map(slipLimit)).toEqual([0, 0.75, 1, 1.5])
  })
})

describe('syllables that sound alike', () => {
  it.each([
    ['tru', 'chu'],
    ['sinh', 'xin'],
    ['dang', 'giang'],
    ['nay', 'lay'],
    ['mat', 'mac'],
    ['ki', 'ky'],
  ])('%s and %s are one', (one, other) => {
    expect(soundOf(one)).toBe(soundOf(other))
  })

  it.each([
    ['ngan', 'lan'],
    ['khai', 'cai'],
    ['thu', 'chu'],
  ])('%s and %s are two', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other))
  })
})

describe('what a keyboard left of a mark', () => {
  it.each([
    ['dangw', 'dang'],
    ['ddawng', 'dang'],
    ['keets', 'ket'],
    ['hoonj', 'hon'],
    ['dang1', 'dang'],
    ['d9ang8', 'dang'],
    ['truws', 'tru'],
  ])('%s was meant for %s', (typed, meant) => {
    expect(withoutKeys(typed)).toBe(meant)
  })

  it.each(['sinh', 'tru', 'xa', 'khai'])('is not in %s', (typed) => {
    expect(withoutKeys(typed)).toBeNull()
  })
})
