import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysInMonth } from '../../shared/domain/calendar.ts'
import { parseCode } from './card-qr.ts'
import { repairMojibake } from './mojibake.ts'
import { decodeScan } from './normalise.ts'

const word = fc.constantFrom(
  ...'Nguyễn Văn Ví Dụ Vũ Hà Điểu Thị Ánh Hường Quỳnh An Lê Ưng Ỷ Đỗ Ẩn Trần Ũng Bình Nhữ'.split(
    ' ',
  ),
)
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
const address = fc
  .array(fc.oneof(word, fc.constantFrom('Ấp 3', 'Tổ 12/5', 'Xã Thử', 'A|B', 'khu "Mẫu"')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.join(', '))

const fullDate = fc
  .record({ year: fc.integer({ min: 1900, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) })
  .chain(({ year, month }) =>
    fc.integer({ min: 1, max: daysInMonth(year, month) }).map((day) => ({ year, month, day })),
  )

const two = (part: number) => String(part).padStart(2, '0')
const format = (date: { year: number; month?: number; day?: number }) =>
  `${two(date.day ?? 0)}${two(date.month ?? 0)}${date.year}`

const person = fc
  .record({
    oldNumber: fc.constantFrom(null, '320000000'),
    name,
    born: fullDate,
    known: fc.constantFrom('year' as const, 'month' as const, 'day' as const),
    sex: fc.constantFrom('male' as const, 'female' as const),
    address,
    issued: fullDate,
    extra: fc.constantFrom([], ['', '', '', ''], ['Vũ', '', 'x', '']),
  })
  .map(({ born, known, sex, ...rest }) => {
    const digit = (Math.floor(born.year / 100) - 19) * 2 + (sex === 'female' ? 1 : 0)
    const birth =
      known === 'year'
        ? { year: born.year }
        : known === 'month'
          ? { year: born.year, month: born.month }
          : born
    return Object.assign(rest, { number: `083${digit}${two(born.year % 100)}000000`, birth, sex })
  })

const scanned = person.map((card) => ({
  card,
  payload: [
    card.number,
    card.oldNumber ?? '',
    card.name,
    format(card.birth),
    card.sex === 'male' ? 'Nam' : 'Nữ',
    card.address,
    format(card.issued),
    ...card.extra,
  ].join('|'),
}))

/** What byte 0x80..0xFF shows as in a code page: UTF-8 misread byte by byte. */
function misread(text: string, encoding: string): string {
  const decoder = new TextDecoder(encoding)
  return [...Buffer.from(text)].map((byte) => decoder.decode(Uint8Array.of(byte))).join('')
}

const same = (text: string) => text
const mutations: readonly (readonly [string, (payload: string) => string])[] = [
  ['as it is', same],
  ['NFD', (text) => text.normalize('NFD')],
  ['UTF-8 read as Latin-1', (text) => Buffer.from(text).toString('latin1')],
  ['UTF-8 read as CP1252', (text) => misread(text, 'windows-1252')],
  ['UTF-8 read as CP1258', (text) => misread(text, 'windows-1258')],
  ['NFD read as CP1258', (text) => misread(text.normalize('NFD'), 'windows-1258')],
  ['BOM', (text) => `\ufeff${text}`],
  ['BOM, all read as Latin-1', (text) => Buffer.from(`\ufeff${text}`).toString('latin1')],
  ['AIM prefix and CRLF', (text) => `]Q1${text}\r\n`],
]

describe('a card that was formatted and scanned', () => {
  it.each(mutations)('%s, gives the same card', (_, mutate) => {
    fc.assert(
      fc.property(scanned, ({ card, payload }) => {
        const fromText = parseCode(mutate(payload))
        expect(fromText).toMatchObject({ kind: 'id-card', card })
        expect(parseCode(decodeScan(Buffer.from(mutate(payload))))).toEqual(fromText)
      }),
    )
  })

  it('that came in CP1258 bytes is read as Vietnamese', () => {
    expect(decodeScan(Buffer.from('Nguy\xea\xden V\xe3n', 'latin1'))).toBe('Nguyễn Văn')
    expect(decodeScan(Buffer.from('\xd0i\xea\xd2u', 'latin1'))).toBe('Điểu')
  })
})

describe('repairMojibake', () => {
  it('mends "Nguyá»…n"', () => {
    expect(repairMojibake('Nguyá»…n')).toBe('Nguyễn')
  })

  it('leaves good Vietnamese alone', () => {
    fc.assert(
      fc.property(name, address, (a, b) => {
        expect(repairMojibake(`${a} ${b}`)).toBe(`${a} ${b}`)
      }),
    )
    for (const text of ['Xã An', 'ÂN', 'HÃ', 'Hoàng Hà', 'cà-phê', 'á', 'naïve']) {
      expect(repairMojibake(text)).toBe(text)
    }
  })

  it('refuses a repair without Vietnamese letters', () => {
    expect(repairMojibake('Ã¿')).toBe('Ã¿')
  })
})
