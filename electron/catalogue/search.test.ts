import * as fc from 'fast-check'
import { createReadStream, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Procedure } from '../../shared/forms/index.ts'
import { searchesIn, searchLists, type SearchList } from '../../test/fixtures/searches.ts'
import { inventedNames } from '../../test/bench/invented-catalogue.ts'
import { atCounters } from './everyday-words.ts'
import {
  createSearch,
  importCatalogue,
  loadPack,
  readCatalogue,
  type NationalRow,
} from './index.ts'
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
  type: 'STANDARD',
})
const national = [
  row('9.000001', 'Cho thuê đất trồng cây lâu năm'),
  row('9.000002', 'Cho thuê đất trồng cây lâu năm', 'commune'),
  row('9.000003', 'Thủ tục cho thuê đất'),
  row('1.004884', 'Đăng ký lại khai sinh', 'commune'),
  row('9.000005', 'Hoà giải ở cơ sở', 'commune'),
  row('9.000006', 'Hỏa hoạn và giải cứu', 'commune'),
  row('9.000007', 'Đăng ký phà, thuyền', 'commune'),
  row('9.000008', 'Khai thác cảng biển; thăm dò việc sinh sản', 'commune'),
]
/** A kiosk that files five procedures, and sends people to a counter for the others. */
const FIVE = new Set(['1.001193', '1.004873', '2.000815', '1.004194', '1.001776'])
const five = (rows = national) => {
  const search = createSearch(pack, rows)
  return (words: string, limit?: number) => search(words, FIVE, limit)
}
const first = (words: string) => five()(words).map(({ code }) => code)

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
    ['by the longer of two sayings', 'mat giay khai sinh', '1.004884'],
    ['by the short name', 'tro cap hang thang', '1.001776'],
    ['with what Telex left over', 'ddangw kys khai sinhh', '1.001193'],
    ['with what VNI left over', 'd9ang8 ky1 khai sinh', '1.001193'],
    ['as it sounds', 'tạm chú', '1.004194'],
    ['by a dialect word', 'giấy khai sanh', '1.001193'],
    ['with the words run together', 'dangkykhaisinh', '1.001193'],
    ['with the words in another order', 'sinh khai ky dang', '1.001193'],
    ['by initials beside a word', 'giay xntthn', '1.004873'],
    ['by a short form among many words', 'xntthn di xuat khau lao dong', '1.004873'],
    ['with how long ago it was', 'mạ tui mất hôm rồi', '1.000656'],
    ['by the name of an infirmity', 'con tôi bị bại não', '1.001699'],
    ['by its code', '1.001193', '1.001193'],
    ['by its code without the dot', 'ma so 1001193', '1.001193'],
    ['beside words that nobody knows', 'zyx giay doc than qwv', '1.004873'],
    ['by a rare word', 'thuyền', '9.000007'],
  ])('finds it first %s', (_, words, code) => {
    expect(first(words)[0]).toBe(code)
  })

  it('asks less evidence for what it files itself', () => {
    const search = createSearch(pack, national)
    expect(search('chỉnh lại ngày sinh', FIVE)).toEqual([])
    expect(search('chỉnh lại ngày sinh', new Set(['1.004859']))[0]?.code).toBe('1.004859')
  })

  it('puts the same tones first, however they are placed', () => {
    expect(first('hòa giải')[0]).toBe('9.000005')
    expect(first('hỏa')[0]).toBe('9.000006')
  })

  it('does not take words that stand apart in a long name for what was asked', () => {
    const found = first('khai sinh')
    expect(found).toContain('1.004884')
    expect(found).not.toContain('9.000008')
  })

  it('does not take one word of two, in a saying of several, for what was asked', () => {
    expect(first('mua iphone')).toEqual([])
  })

  it('puts a name that says no more than was asked first, whoever is in charge', () => {
    expect(first('thue dat')).toEqual(['9.000003', '9.000002', '9.000001'])
  })

  it('then puts its own procedures, the commune, and the shorter name first', () => {
    expect(first('trong cay')).toEqual(['9.000002', '9.000001'])
    expect(first('khai sinh')[0]).toBe('1.001193')
  })

  it('says what this kiosk can file, and lists a code once', () => {
    const twice = [...national, row('1.001193', 'Thủ tục đăng ký khai sinh', 'commune')]
    const hits = five(twice)('khai sinh')
    expect(hits.filter(({ code }) => code === '1.001193')).toEqual([
      {
        code: '1.001193',
        name: 'Thủ tục đăng ký khai sinh',
        shortName: 'Đăng ký khai sinh',
        field: 'Hộ tịch',
        level: 'commune',
        fileable: true,
      },
    ])
    expect(hits.find(({ code }) => code === '1.004884')?.fileable).toBe(false)
    const none = createSearch(pack, twice)('khai sinh', new Set())
    expect(none.filter(({ fileable }) => fileable)).toEqual([])
  })

  it('knows what people call a procedure that this kiosk does not file', () => {
    const rows = [...national, row('1.000894', 'Thủ tục đăng ký kết hôn')]
    const hits = five(rows)('lay vo').filter(({ code }) => code === '1.000894')
    expect(hits).toMatchObject([
      { shortName: 'Đăng ký kết hôn', level: 'commune', fileable: false },
    ])
  })

  it("knows what people call a procedure whose row is the catalogue's alone", () => {
    const rows = [...national, row('1.004746', 'Thủ tục đăng ký lại kết hôn')]
    const [hit] = five(rows)('mat hon thu')
    expect(hit).toMatchObject({
      code: '1.004746',
      shortName: 'Đăng ký lại kết hôn',
      level: 'commune',
      fileable: false,
    })
  })

  it("puts what is between agencies, or of one province, after what is everybody's", () => {
    const name = 'Cho thuê đất trồng cây lâu năm'
    const rows = [
      { ...row('9.100001', name, 'commune'), type: 'STANDARD_INTERNAL' },
      { ...row('9.100002', name, 'commune'), type: 'SPECIFIC' },
      row('9.100003', name, 'commune'),
    ]
    const found = five(rows)('trong cay').map(({ code }) => code)
    expect(found).toEqual(['9.100003', '9.100002', '9.100001'])
  })

  it('finds all codes that begin as typed', () => {
    expect(first('9.0000')).toContain('9.000008')
    expect(first('8.0000')).toEqual([])
  })

  it('finds nothing for nothing', () => {
    for (const words of ['', '  ', '!?', 'xyzzy qwrt']) expect(first(words)).toEqual([])
  })

  it('gives no more than asked, best first', () => {
    const search = five()
    expect(search('cho thuê đất', 2)).toEqual(search('cho thuê đất').slice(0, 2))
    expect(search('cho thuê đất', 0)).toEqual([])
  })

  it('takes any text, and answers the same twice', () => {
    const search = five()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (words) => {
        expect(search(words)).toEqual(search(words))
      }),
      { numRuns: 40 },
    )
  })
})

type Search = ReturnType<typeof five>

/** What has no definition is known by its everyday words alone: the catalogue is not here. */
const inventedRows = () => [
  ...Object.entries(atCounters).map(([code, { shortName }]) => row(code, shortName)),
  ...inventedNames().map((name, at) => row(`9.1${String(at).padStart(5, '0')}`, name)),
]

/** The queries whose procedure is not among the first three, and how many were asked. */
async function missesOf(search: Search, list: SearchList, known: (code: string) => boolean) {
  const asked = (await searchesIn(list)).filter(({ codes }) => codes.some(known))
  const missed = asked.filter(
    ({ query, codes }) => !search(query, 3).some(({ code }) => codes.includes(code)),
  )
  return { asked: asked.length, missed: missed.map(({ query }) => query) }
}

/** Of a hundred queries, five may be missed. */
const MAX_MISSED = 0.05
/** Of a hundred that mean nothing here, twenty-five may be answered: invented names weigh words otherwise than real ones. */
const MAX_ANSWERED = 0.25

it('has nothing for what no commune does', async () => {
  const lists = await Promise.all(searchLists.map(searchesIn))
  const strange = lists.flat().filter(({ codes }) => codes.length === 0)
  expect(strange.length).toBeGreaterThan(50)
  const search = five(inventedRows())
  const answered = strange.filter(({ query }) => search(query).length > 0)
  expect(answered.slice(Math.floor(strange.length * MAX_ANSWERED))).toEqual([])
})

describe.each(searchLists)('over the queries of %s', (list) => {
  it('has the wanted procedure among the first three, among thousands of others', async () => {
    const known = new Set([...pack.map(({ code }) => code), ...Object.keys(atCounters)])
    const { asked, missed } = await missesOf(five(inventedRows()), list, (code) => known.has(code))
    expect(asked).toBeGreaterThan(30)
    expect(missed.slice(Math.floor(asked * MAX_MISSED))).toEqual([])
  })
})

const real = fileURLToPath(
  new URL('../../../shared/data/procedures/catalogue.jsonl', import.meta.url),
)
describe.skipIf(!existsSync(real))(
  'over the published catalogue (skipped where ../shared/data/procedures is absent)',
  () => {
    it.each(searchLists)('has what is wanted in %s among the first three', async (list) => {
      const db = await emptyCatalogue()
      await importCatalogue(db, createReadStream(real), 5)
      const { asked, missed } = await missesOf(five(readCatalogue(db)), list, () => true)
      expect(asked).toBeGreaterThan(30)
      expect(missed.slice(Math.floor(asked * MAX_MISSED))).toEqual([])
    })
  },
)
