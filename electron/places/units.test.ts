import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { shipped, shippedFormer, shippedUnits } from './testing.ts'
import { decodeFormer, decodeUnits } from './units.ts'

const { provinces, communes } = shippedUnits
const ofKind = (kind: string) => communes.filter(({ name }) => name.startsWith(`${kind} `)).length

describe('the shipped list of units', () => {
  it('has 34 provinces and 3,321 communes, each code once', () => {
    expect(new Set(provinces.map(({ code }) => code)).size).toBe(34)
    expect(new Set(communes.map(({ code }) => code)).size).toBe(3321)
    expect([ofKind('Xã'), ofKind('Phường'), ofKind('Đặc khu')]).toEqual([2599, 709, 13])
  })

  it('has Đồng Nai, Quảng Ninh and Bắc Ninh as cities, as they are since 2026', () => {
    const cities = provinces.filter(({ name }) => name.startsWith('Thành phố '))
    expect(cities.map(({ code }) => code)).toEqual([
      '01',
      '22',
      '24',
      '31',
      '46',
      '48',
      '75',
      '79',
      '92',
    ])
  })

  it('names no two communes of a province alike', () => {
    expect(new Set(communes.map(({ name, province }) => province + name)).size).toBe(3321)
  })

  it('knows for every commune of before 1/7/2025 what it became', () => {
    expect(shippedFormer.provinces.size).toBe(63)
    expect(shippedFormer.communes.length).toBeGreaterThan(10_000)
    const codes = new Set(communes.map(({ code }) => code))
    const became = shippedFormer.communes.flatMap((each) => each.became)
    expect(became.filter((code) => !codes.has(code))).toEqual([])
    expect(new Set(became)).toEqual(codes)
  })

  it('keeps an old province together in one of today', () => {
    const strays = shippedFormer.communes.filter(({ province, became }) =>
      became.some(
        (code) =>
          shipped.communesByCode.get(code)?.province !== shippedFormer.provinces.get(province),
      ),
    )
    expect(strays).toEqual([])
  })

  it('is written in composed letters, without a stray space or sign', () => {
    const names = [
      ...provinces,
      ...communes,
      ...shippedFormer.communes,
      ...shippedFormer.communes.map(({ district }) => ({ name: district })),
    ].map(({ name }) => name)
    const odd = names.filter(
      (name) => name !== name.normalize('NFC') || !/^(?:[\p{L}\p{N}.'-]+(?: |$))*$/u.test(name),
    )
    expect(odd).toEqual([])
  })

  it.each([
    ['units.txt', 120_000],
    ['former.txt', 700_000],
  ])('%s has less than %i bytes', (name, bytes) => {
    const { size } = statSync(new URL(`../../resources/places/${name}`, import.meta.url))
    expect(size).toBeLessThan(bytes)
  })
})

describe('a list that does not decode', () => {
  it.each(['123 Xã Mẫu', '00004 Phường Ba Đình', '01'])('is named by its line: %s', (line) => {
    expect(() => decodeUnits(line)).toThrow('units.txt, line 1')
  })

  it.each(['Xã Mẫu 00004', '= Tỉnh Mẫu'])('is named by its line: %s', (line) => {
    expect(() => decodeFormer(line)).toThrow('former.txt, line 1')
  })
})
