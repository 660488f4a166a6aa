import { describe, expect, it } from 'vitest'
import type { Script } from './schema.ts'
import { coverageOf, linesOf } from './script.ts'
import type { Translation } from './texts.ts'

const text = (
  where: string,
  words: string,
  part: Script['texts'][number]['part'],
  procedures: string[] = [],
) => ({ where, text: words, part, procedures })

const script: Script = {
  version: 1,
  journeys: [
    { code: '1.000001', name: 'Khai sinh' },
    { code: '1.000002', name: 'Khai tử' },
  ],
  texts: [
    text('attract.title', 'Xin chào', 'visit'),
    text('done.number', 'Số {number} của quầy', 'visit'),
    text('dash', '{a} – {b}', 'visit'),
    text('procedure.1.000001.name', 'Khai sinh', 'procedure', ['1.000001']),
    text('procedure.1.000002.name', 'KHAI SINH.', 'procedure', ['1.000002']),
    text('printer.cover', 'Nắp mở', 'seldom'),
  ],
}
const spokenOnly = linesOf(script, { tag: 'qaa', texts: null })
const without = (part: string) => spokenOnly.filter((line) => line.part !== part)

describe('what is recorded for a language', () => {
  it('is cut at placeholders, in order of use, each sound once', () => {
    expect(without('number').map(({ text }) => text)).toEqual([
      'Xin chào',
      'Số',
      'của quầy',
      'Khai sinh',
      'Nắp mở',
    ])
  })
  it('has the words of numbers behind what every visit says', () => {
    expect(spokenOnly.findIndex(({ part }) => part === 'number')).toBe(3)
    expect(spokenOnly.map(({ clip }) => clip)).toContain('hai mươi mốt')
  })
  it('knows all procedures that say a text', () => {
    const line = spokenOnly.find(({ clip }) => clip === 'khai sinh')
    expect(line?.procedures).toEqual(['1.000001', '1.000002'])
  })
  it('is the translation, in all its forms, where the language has texts of its own', () => {
    const texts = new Map<string, Translation>([
      ['Xin chào', 'Hello'],
      ['Số {number} của quầy', { one: '{number} place', other: '{number} places' }],
    ])
    const lines = linesOf(script, { tag: 'en', texts })
    expect(lines.filter(({ part }) => part !== 'number').map(({ text }) => text)).toEqual([
      'Hello',
      'place',
      'places',
    ])
    expect(lines.map(({ clip }) => clip)).toContain('forty two')
  })
})

describe('coverage', () => {
  it('counts for a procedure what every visit says, numbers, and its own words', () => {
    const numbers = spokenOnly.filter(({ part }) => part === 'number').length
    const said = new Set(['xin chào', 'khai sinh', 'nắp mở'])
    expect(coverageOf(script, spokenOnly, (clip) => said.has(clip))).toEqual({
      recorded: 3,
      of: numbers + 5,
      journeys: [
        { code: '1.000001', name: 'Khai sinh', recorded: 2, of: numbers + 4 },
        { code: '1.000002', name: 'Khai tử', recorded: 2, of: numbers + 4 },
      ],
    })
  })
})
