import { describe, expect, it } from 'vitest'
import { parseCode } from './card-qr.ts'

/** Seven fields of an invented person, with some replaced. */
function payload(change: Record<number, string> = {}, extra = ''): string {
  const fields = [
    '083090000000',
    '320000000',
    'Nguyễn Văn Ví Dụ',
    '05031990',
    'Nam',
    'Ấp Mẫu, Xã Thử',
    '01012022',
  ]
  return fields.map((field, i) => change[i] ?? field).join('|') + extra
}

function card(text: string) {
  const code = parseCode(text)
  if (code.kind !== 'id-card') throw new Error(`read as ${code.kind}`)
  return code.card
}

describe('an ID card', () => {
  it('of seven fields is read whole', () => {
    expect(parseCode(payload({ 1: '' }))).toEqual({
      kind: 'id-card',
      card: {
        number: '083090000000',
        oldNumber: null,
        name: 'Nguyễn Văn Ví Dụ',
        birth: { year: 1990, month: 3, day: 5 },
        sex: 'male',
        address: 'Ấp Mẫu, Xã Thử',
        issued: { year: 2022, month: 1, day: 1 },
        extra: [],
        warnings: [],
      },
    })
  })

  it('of eleven fields keeps the last four raw', () => {
    expect(card(payload({}, '||||')).extra).toEqual(['', '', '', ''])
    expect(card(payload({}, '| a|B||c')).extra).toEqual([' a', 'B', '', 'c'])
  })

  it('keeps the old number, and one of twelve digits with a warning', () => {
    expect(card(payload()).oldNumber).toBe('320000000')
    expect(card(payload({ 1: '083090000000' }))).toMatchObject({
      oldNumber: '083090000000',
      warnings: ['old-number-twelve-digits'],
    })
  })

  it('may have a separator inside the address, with and without extra fields', () => {
    expect(card(payload({ 5: 'Ấp 1|2, Xã Thử' })).address).toBe('Ấp 1|2, Xã Thử')
    expect(card(payload({ 5: 'Ấp|Mẫu|Xã Thử' }, '||||'))).toMatchObject({
      address: 'Ấp|Mẫu|Xã Thử',
      extra: ['', '', '', ''],
    })
    expect(card(payload({ 5: 'Số 99999999|Xã Thử' })).address).toBe('Số 99999999|Xã Thử')
  })

  it.each([
    ['00001990', { year: 1990 }],
    ['00031990', { year: 1990, month: 3 }],
    ['05001990', { year: 1990 }],
    ['031990', { year: 1990, month: 3 }],
    ['001990', { year: 1990 }],
    ['1990', { year: 1990 }],
    ['29021992', { year: 1992, month: 2, day: 29 }],
  ])('born %s has exactly the known parts', (born, birth) => {
    expect(card(payload({ 0: `0830${born.slice(-2)}000000`, 3: born }))).toMatchObject({
      birth,
      warnings: [],
    })
  })

  it.each(['Nam', 'NAM', 'nam', ' Nam '])('of sex %j is a man', (sex) => {
    expect(card(payload({ 4: sex })).sex).toBe('male')
  })

  it.each(['Nữ', 'NỮ', 'nữ', 'Nu', 'Nư', 'Nữ'.normalize('NFD')])('of sex %j is a woman', (sex) => {
    expect(card(payload({ 0: '083190000000', 4: sex }))).toMatchObject({
      sex: 'female',
      warnings: [],
    })
  })

  it.each([
    ['BOM', '\ufeff', ''],
    ['misread BOM', 'ï»¿', ''],
    ['AIM prefix ]Q1', ']Q1', ''],
    ['AIM prefix ]Q3', ']Q3', ''],
    ['BOM and AIM prefix', '\ufeff]Q1', ''],
    ['CR', '', '\r'],
    ['CRLF', '', '\r\n'],
    ['tab', '', '\t'],
    ['NUL', '\0', '\0\0'],
    ['quotes', '"', '"'],
    ['single quotes', "'", "'\r\n"],
    ['quotes round an AIM prefix', '"]Q1', '"'],
    ['STX and ETX', '\u0002', '\u0003'],
  ])('wrapped in %s is the same card', (_, head, tail) => {
    expect(parseCode(head + payload() + tail)).toEqual(parseCode(payload()))
  })

  it('keeps a name with an apostrophe and a hyphen as given', () => {
    expect(card(payload({ 2: "ĐIỂU K'MẪU" })).name).toBe("ĐIỂU K'MẪU")
    expect(card(payload({ 2: 'H-Mẫu Niê' })).name).toBe('H-Mẫu Niê')
  })
})

describe('a doubt about a card is a warning for the officer, not a refusal', () => {
  it.each([
    ['birth-year-differs', { 3: '05031991' }],
    ['sex-differs', { 4: 'Nữ' }],
    ['province-unknown', { 0: '097090000000' }],
    ['address-missing', { 5: '' }],
  ])('%s', (warning, change) => {
    expect(card(payload(change)).warnings).toEqual([warning])
  })

  it('issued before birth', () => {
    expect(card(payload({ 6: '01011989' })).warnings).toEqual(['issued-before-birth'])
  })

  it('a birth abroad is none', () => {
    expect(card(payload({ 0: '118090000000' })).warnings).toEqual([])
  })

  it('dates in the future, as far as the day is known', () => {
    const warnings = (text: string, today?: { year: number; month: number; day: number }) => {
      const code = parseCode(text, today)
      return code.kind === 'id-card' ? code.card.warnings : code.kind
    }
    const today = { year: 2021, month: 12, day: 31 }
    expect(warnings(payload(), today)).toEqual(['issued-in-future'])
    expect(warnings(payload(), { year: 2022, month: 1, day: 1 })).toEqual([])
    expect(warnings(payload(), { year: 1989, month: 1, day: 1 })).toEqual([
      'birth-in-future',
      'issued-in-future',
    ])
    expect(warnings(payload())).toEqual([])
  })
})

describe('other codes', () => {
  const hex = Buffer.from('Nguyễn Văn Ví Dụ').toString('hex')
  const ref = '0190a0b0-0000-7000-8000-000000000000'
  it.each([
    [
      '00020101021238540010A00000072701240006970436011000000000000208QRIBFTTA5303704540480005802VN62160812H86001 K00076304FA09',
      { kind: 'vietqr', damaged: false },
    ],
    ['00020101021238540010A00000072701', { kind: 'vietqr', damaged: true }],
    ['000201123456', { kind: 'unknown' }],
    [`DN4830000000000|${hex}|05/03/1990|1|`, { kind: 'health-insurance' }],
    [`8300000000|${hex.toUpperCase()}|05/03/1990|1|$`, { kind: 'health-insurance' }],
    [`083090000000|${hex}|05/03/1990|1|`, { kind: 'health-insurance' }],
    ['000.00.12.H10-230101-0001', { kind: 'dossier-code', code: '000.00.12.H10-230101-0001' }],
    ['G09.20-20260101-0000000\r\n', { kind: 'dossier-code', code: 'G09.20-20260101-0000000' }],
    ['H29.137-250101-0000', { kind: 'dossier-code', code: 'H29.137-250101-0000' }],
    [`]Q1MCK:S:${ref.toUpperCase()}`, { kind: 'slip', clientRef: ref }],
    [`MCK:S:${ref}\r`, { kind: 'slip', clientRef: ref }],
    ['MCK:T:A012', { kind: 'ticket', ticket: 'A012' }],
    ['MCK:S:not-a-reference', { kind: 'unknown' }],
    ['MCK:T:', { kind: 'unknown' }],
    ['MCK:P:1.001193', { kind: 'procedure', code: '1.001193' }],
    ['1.001193\r\n', { kind: 'procedure', code: '1.001193' }],
    ['MCK:P:1193', { kind: 'unknown' }],
    ['1001193', { kind: 'unknown' }],
    ['https://example.vn/', { kind: 'unknown' }],
    ['8300000000|not hex|05/03/1990', { kind: 'unknown' }],
  ])('%s', (text, code) => {
    expect(parseCode(text)).toEqual(code)
  })
})
