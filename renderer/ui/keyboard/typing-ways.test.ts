import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deleteLetter } from './compose.ts'
import type { Written } from './syllable.ts'
import { strike, type TypingWay } from './typing-ways.ts'

const empty: Written = { before: '', after: '' }

function typed(way: TypingWay, keys: string): string {
  const { before, after } = [...keys].reduce((written, key) => strike(way, key)(written), empty)
  return before + after
}

describe('Telex', () => {
  it.each([
    ['Nguyeenx Thij DDinhj', 'Nguyễn Thị Định'],
    ['Nguyenex Thij Dinhdj', 'Nguyễn Thị Định'],
    ['Thoon Phus Xuaan', 'Thôn Phú Xuân'],
    ['Dduwowcj', 'Được'],
    ['duocdwj', 'được'],
    ['ngoawnf ngoeof', 'ngoằn ngoèo'],
    ['thuowr thuowngr', 'thuở thưởng'],
    ['huouw', 'hươu'],
    ['quaawnr', 'quẳn'],
    ['xooong', 'xoong'],
  ])('%s gives %s', (keys, text) => {
    expect(typed('telex', keys)).toBe(text)
  })

  it('a key struck twice is taken back and becomes its letter', () => {
    expect(typed('telex', 'ass')).toBe('as')
    expect(typed('telex', 'aaa')).toBe('aa')
    expect(typed('telex', 'aww')).toBe('aw')
    expect(typed('telex', 'ddd')).toBe('dd')
    expect(typed('telex', 'Kbuorr')).toBe('Kbuor')
    expect(typed('telex', 'uoww')).toBe('ươ')
    expect(typed('telex', 'hoafz')).toBe('hoa')
  })

  it('leaves letters alone that have nothing to mark', () => {
    expect(typed('telex', 'K’Wik')).toBe('K’Wik')
    expect(typed('telex', 'Y Win Srok')).toBe('Y Win Srok')
    expect(typed('telex', 'Zr')).toBe('Zr')
    expect(typed('telex', 'w f j z')).toBe('w f j z')
  })

  it('keeps capitals', () => {
    expect(typed('telex', 'DDAAUF')).toBe('ĐẦU')
  })

  it('marks the syllable at the caret', () => {
    expect(strike('telex', 'f')({ before: 'ho', after: 'an' })).toEqual({
      before: 'ho',
      after: 'àn',
    })
  })
})

describe('VNI', () => {
  it.each([
    ['Nguye6n4 Thi5 D9inh5', 'Nguyễn Thị Định'],
    ['Nguyen64 Thi5 Dinh95', 'Nguyễn Thị Định'],
    ['d9u7o7ng2', 'đường'],
    ['duong972', 'đường'],
    ['tra8ng1', 'trắng'],
    ['xoong2', 'xoòng'],
  ])('%s gives %s', (keys, text) => {
    expect(typed('vni', keys)).toBe(text)
  })

  it('a key struck twice is taken back', () => {
    expect(typed('vni', 'a11')).toBe('a')
    expect(typed('vni', 'a66')).toBe('a')
    expect(typed('vni', 'd99')).toBe('d')
  })

  it('a digit that finds nothing to mark does nothing', () => {
    expect(typed('vni', '1K2 3')).toBe('K ')
  })
})

describe.each(['direct', 'telex', 'vni'] as const)('any keys, %s', (way) => {
  const keys = fc.array(
    fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzăâđêôơưĕŏŭƀčñ’- ADEOUWSJ0123456789'),
    { maxLength: 30 },
  )

  it('give NFC, and are gone after as many deletions as there are letters', () => {
    fc.assert(
      fc.property(keys, (struck) => {
        const text = typed(way, struck.join(''))
        expect(text).toBe(text.normalize('NFC'))
        const left = [...text].reduce(deleteLetter, { before: text, after: '' })
        expect(left).toEqual(empty)
      }),
    )
  })

  it('keep the plain letters of a word without the keys that mark', () => {
    const unmarking = fc.string({ unit: fc.constantFrom(...'bcghiklmnpqtuvy’ '), maxLength: 20 })
    fc.assert(fc.property(unmarking, (text) => typed(way, text) === text))
  })
})
