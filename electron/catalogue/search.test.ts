import * as fc from 'fast-check'
import { existsSync, createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Procedure } from '../../shared/forms/index.ts'
import {
  createSearch,
  importCatalogue,
  loadPack,
  readCatalogue,
  type NationalRow,
} from './index.ts'
import { oneSlip } from './search-words.ts'
import { emptyCatalogue } from './testing.ts'

const packDir = fileURLToPath(new URL('../../resources/procedures/', import.meta.url))
let pack: Procedure[]
beforeAll(async () => {
  const loaded = await loadPack(packDir)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error))
  pack = loaded.value
})

const row = (code: string, name: string, level: NationalRow['level'] = 'other'): NationalRow => ({
  code,
  name,
  field: 'Việc thử',
  level,
})
const national = [
  row('9.000001', 'Cho thuê đất trồng cây lâu năm'),
  row('9.000002', 'Cho thuê đất trồng cây lâu năm', 'commune'),
  row('9.000003', 'Thủ tục cho thuê đất'),
  row('9.000004', 'Đăng ký lại khai sinh', 'commune'),
  row('9.000005', 'Hoà giải ở cơ sở', 'commune'),
  row('9.000006', 'Hỏa hoạn và giải cứu', 'commune'),
  row('9.000007', 'Đăng ký phà, thuyền', 'commune'),
  row('9.000008', 'Khai thác cảng biển; thăm dò việc sinh sản', 'commune'),
]
const first = (words: string) => createSearch(pack, national)(words).map(({ code }) => code)

describe('a search', () => {
  it.each([
    ['without tones', 'dang ky khai sinh', '1.001193'],
    ['with tones', 'đăng ký khai sinh', '1.001193'],
    ['in decomposed letters', 'đăng ký khai sinh'.normalize('NFD'), '1.001193'],
    ['in capitals', 'KHAI SINH', '1.001193'],
    ['with i for y', 'đăng kí khai sinh', '1.001193'],
    ['by the beginnings of words', 'kha sin', '1.001193'],
    ['by initials', 'dkks', '1.001193'],
    ['with one slip', 'dang ky khai sihn', '1.001193'],
    ['with words around it', 'tôi muốn làm giấy khai sinh cho cháu', '1.001193'],
    ['by what people call it', 'giay doc than', '1.004873'],
    ['by another everyday word', 'sao y', '2.000815'],
    ['by the longer of two sayings', 'mat giay khai sinh', '9.000004'],
    ['by the short name', 'tro cap hang thang', '1.001776'],
    ['by a rare word', 'thuyền', '9.000007'],
  ])('finds it first %s', (_, words, code) => {
    expect(first(words)[0]).toBe(code)
  })

  it('puts the same tones first, however they are placed', () => {
    expect(first('hòa giải')[0]).toBe('9.000005')
    expect(first('hỏa')[0]).toBe('9.000006')
  })

  it('puts words that stand together before words that do not', () => {
    const found = first('khai sinh')
    expect(found.indexOf('9.000004')).toBeLessThan(found.indexOf('9.000008'))
  })

  it('puts a name that says no more than was asked first, whoever is in charge', () => {
    expect(first('thue dat')).toEqual(['9.000003', '9.000002', '9.000001'])
  })

  it('then puts its own procedures, the commune, and the shorter name first', () => {
    expect(first('trong cay')).toEqual(['9.000002', '9.000001'])
    expect(first('khai sinh').slice(0, 2)).toEqual(['1.001193', '9.000004'])
  })

  it('says what this kiosk can file, and lists a code once', () => {
    const twice = [...national, row('1.001193', 'Thủ tục đăng ký khai sinh', 'commune')]
    const hits = createSearch(pack, twice)('khai sinh')
    expect(hits.filter(({ code }) => code === '1.001193')).toEqual([
      {
        code: '1.001193',
        name: 'Thủ tục đăng ký khai sinh',
        field: 'Hộ tịch',
        level: 'commune',
        fileable: true,
      },
    ])
    expect(hits.find(({ code }) => code === '9.000004')?.fileable).toBe(false)
  })

  it('finds nothing for nothing', () => {
    for (const words of ['', '  ', '!?', 'xyzzy qwrt']) expect(first(words)).toEqual([])
  })

  it('gives no more than asked, best first', () => {
    const search = createSearch(pack, national)
    expect(search('cho thuê đất', 2)).toEqual(search('cho thuê đất').slice(0, 2))
    expect(search('cho thuê đất', 0)).toEqual([])
  })

  it('takes any text, and answers the same twice', () => {
    const search = createSearch(pack, national)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        expect(search(words)).toEqual(search(words))
      }),
      { numRuns: 40 },
    )
  })
})

describe('oneSlip', () => {
  it('is a letter more, less, other, or two swapped', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/)
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('x', 'q'), (text, seed, letter) => {
        const at = seed % text.length
        const swapped = Array.from(text)
        swapped.splice(at, 2, text[at + 1] ?? '', text[at] ?? '')
        const slips = [
          text.slice(0, at) + text.slice(at + 1),
          text.slice(0, at) + letter + text.slice(at),
          text.slice(0, at) + letter + text.slice(at + 1),
          swapped.join(''),
        ]
        for (const slip of slips) {
          expect(oneSlip(text, slip)).toBe(text !== slip)
          expect(oneSlip(slip, text)).toBe(text !== slip)
        }
      }),
    )
  })

  it('is not two letters', () => {
    for (const [a, b] of [
      ['khai', 'khoi g'],
      ['sinh', 'sanhh'],
      ['abcd', 'badc'],
      ['ab', 'abcd'],
    ]) {
      expect(oneSlip(a ?? '', b ?? '')).toBe(false)
    }
  })
})

const real = fileURLToPath(
  new URL('../../../shared/data/procedures/catalogue.jsonl', import.meta.url),
)
describe.skipIf(!existsSync(real))(
  'over the published catalogue (skipped where ../shared/data/procedures is absent)',
  () => {
    const cases = [
      ['khai sinh cho chau', '1.001193'],
      ['tinh trang hon nhan', '1.004873'],
      ['chung thuc ban sao', '2.000815'],
      ['tam tru', '1.004194'],
      ['tro cap xa hoi', '1.001776'],
      ['ket hon', '1.000894'],
      ['khai tu', '1.000656'],
      ['nhap ho khau cho con', '1.004222'],
      ['trich luc', '2.000635'],
      ['dang ky lai khai sinh', '1.004884'],
      ['ho kinh doanh', '1.001612'],
      ['mai tang', '1.001731'],
      ['con nuoi', '2.001263'],
    ]

    it('has the wanted procedure among the first three', async () => {
      const db = await emptyCatalogue()
      await importCatalogue(db, createReadStream(real), 5)
      const search = createSearch(pack, readCatalogue(db))
      const missed = cases.filter(
        ([words = '', wanted]) => !search(words, 3).some(({ code }) => code === wanted),
      )
      expect(missed).toEqual([])
    })
  },
)
