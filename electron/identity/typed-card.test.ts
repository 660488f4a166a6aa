import { describe, expect, it } from 'vitest'
import { parseTypedCode } from './card-qr.ts'

/** What a keyboard scanner leaves of a card: letters outside ASCII are gone. */
const typedFather =
  '083090000000||Nguyn Vn V D|05031990|Nam|p Mu, X Th, Huyn Th im, Bn Tre|01012022'
const typedWeaver = '094178000000|365000000|Thch Th Sa Mu|00061978|N|p V D, X Th, Sc Trng|09052023'

describe('a card from a scanner that types', () => {
  it('keeps number and dates; name and address are what is left of them, and unsure', () => {
    expect(parseTypedCode(typedFather)).toEqual({
      kind: 'id-card',
      card: {
        number: '083090000000',
        oldNumber: null,
        name: 'Nguyn Vn V D',
        birth: { year: 1990, month: 3, day: 5 },
        sex: 'male',
        address: 'p Mu, X Th, Huyn Th im, Bn Tre',
        issued: { year: 2022, month: 1, day: 1 },
        extra: [],
        unsure: ['name', 'address'],
        warnings: [],
      },
    })
  })

  it.each(['N', 'Nu', 'N?', 'N\ufffd', 'Nữ', 'NU', 'Nw'])('knows a woman by %s', (word) => {
    expect(parseTypedCode(typedWeaver.replace('|N|', `|${word}|`))).toMatchObject({
      card: { sex: 'female', birth: { year: 1978, month: 6 } },
    })
  })

  it('takes a name of which nothing was left', () => {
    expect(parseTypedCode(typedFather.replace('Nguyn Vn V D', ''))).toMatchObject({
      card: { name: '' },
    })
  })

  it('shows no replacement characters, marks or controls that took the place of letters', () => {
    const damaged = typedFather.replace('Nguyn', 'Nguy\ufffd?n').replace('p Mu', '\ufffdp\u0007 Mu')
    expect(parseTypedCode(damaged)).toMatchObject({
      card: { name: 'Nguyn Vn V D', address: expect.stringMatching(/^p Mu/) },
    })
  })

  it.each([
    ['a letter in the number', typedFather.replace('083', 'O83')],
    ['no birth', typedFather.replace('05031990', '')],
    ['cut off inside the date of issue', typedFather.slice(0, -1)],
    ['two scans run into one', `${typedFather}${typedFather}`],
  ])('is refused with %s', (_, text) => {
    expect(parseTypedCode(text)).toEqual({ kind: 'garbled' })
  })

  it('leaves codes that are pure ASCII as they are', () => {
    expect(parseTypedCode('MCK:T:KM4:20261121:A027')).toEqual({
      kind: 'ticket',
      ticket: 'KM4:20261121:A027',
    })
    expect(parseTypedCode('https://example.vn')).toEqual({ kind: 'unknown' })
  })
})
