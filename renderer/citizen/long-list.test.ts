import { describe, expect, it } from 'vitest'
import { findByWords } from './long-list.ts'

const groups = ['Kinh', 'Mường', 'Mông', 'Mnông', 'Xtiêng', 'Ê Đê', 'Bru Vân Kiều', 'Sán Chay']
const find = (typed: string) => findByWords(groups, (name) => name, typed)

describe('a long list', () => {
  it('is found by letters without tones, the ones that begin so first', () => {
    expect(find('mo')).toEqual(['Mông'])
    expect(find('mu')).toEqual(['Mường'])
    expect(find('nong')).toEqual(['Mnông'])
    expect(find('ede')).toEqual(['Ê Đê'])
    expect(find('e d')).toEqual(['Ê Đê'])
    expect(find('van')).toEqual(['Bru Vân Kiều'])
    expect(find('Sán  chay')).toEqual(['Sán Chay'])
  })

  it('begins with names, then words, then letters within', () => {
    expect(find('n')).toEqual([
      'Kinh',
      'Mường',
      'Mông',
      'Mnông',
      'Xtiêng',
      'Bru Vân Kiều',
      'Sán Chay',
    ])
    expect(find('k')).toEqual(['Kinh', 'Bru Vân Kiều'])
  })

  it('finds nothing where nothing was typed', () => expect(find(' ')).toEqual([]))
})
