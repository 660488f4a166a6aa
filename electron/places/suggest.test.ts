import * as fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { PLACE_SUGGESTIONS_MAX, placeSuggestionSchema } from '../../shared/contract/index.ts'
import { createPlaces, openPlaces } from './index.ts'
import { shipped } from './testing.ts'

const places = createPlaces(shipped, { name: 'Xã Đăk Ơ', province: 'TP. Đồng Nai' })
const names = (words: string, province?: string) =>
  places
    .suggest({ words, ...(province === undefined ? {} : { province }) })
    .map((each) => (each.kind === 'province' ? each.name : `${each.name}, ${each.province.name}`))

describe('the list of provinces', () => {
  it('begins with the own one, then by the alphabet', () => {
    const listed = places.provinces().map(({ name }) => name)
    expect(listed).toHaveLength(34)
    expect(places.provinces().flatMap(({ own, name }) => (own ? [name] : []))).toEqual([
      'Thành phố Đồng Nai',
    ])
    expect(listed.slice(0, 4)).toEqual([
      'Thành phố Đồng Nai',
      'Tỉnh An Giang',
      'Thành phố Bắc Ninh',
      'Tỉnh Cà Mau',
    ])
  })

  it('stands without an own one where the profile names none', () => {
    const elsewhere = createPlaces(shipped, { name: 'Xã Mẫu', province: 'Tỉnh Thí Điểm' })
    expect(elsewhere.provinces()[0]).toEqual({
      code: '91',
      name: 'Tỉnh An Giang',
      own: false,
      commune: null,
    })
  })
})

describe('a suggestion', () => {
  it.each([
    ['without tones', 'dak o', 'Xã Đăk Ơ, Thành phố Đồng Nai'],
    ['in one word', 'dako', 'Xã Đăk Ơ, Thành phố Đồng Nai'],
    ['with a slip', 'xaun hoa', 'Xã Xuân Hòa, Thành phố Đồng Nai'],
    ['by a part of its name', 'gia map', 'Xã Bù Gia Mập, Thành phố Đồng Nai'],
    ['of the kind that was typed', 'phuong xuan hoa', 'Phường Xuân Hòa, Tỉnh Phú Thọ'],
    ['with its province', 'xuan hoa hcm', 'Phường Xuân Hòa, Thành phố Hồ Chí Minh'],
    ['by what a province is called', 'sai gon', 'Thành phố Hồ Chí Minh'],
    ['by an abbreviation', 'tp hcm', 'Thành phố Hồ Chí Minh'],
    ['by initials', 'HN', 'Thành phố Hà Nội'],
    ['by a whole old address', 'Đắk Ơ, Bù Gia Mập, Bình Phước', 'Xã Đăk Ơ, Thành phố Đồng Nai'],
  ])('comes first %s', (_, words, name) => {
    expect(names(words)[0]).toBe(name)
  })

  it('comes by an old name, which it tells', () => {
    const [found] = places.suggest({ words: 'phuong trung liet', province: '01' })
    expect(found).toMatchObject({
      name: 'Phường Đống Đa',
      former: 'Phường Trung Liệt, Quận Đống Đa, Thành phố Hà Nội',
    })
  })

  it('comes by commune and district of old, within the province', () => {
    expect(names('phuong 3 quan go vap', '79')).toEqual([
      'Phường Hạnh Thông, Thành phố Hồ Chí Minh',
    ])
  })

  it.each([
    ['phu son bu dang', 'Xã Thọ Sơn'],
    ['phu son huyen bu dang', 'Xã Thọ Sơn'],
    ['phường 3 gò vấp', 'Phường Hạnh Thông'],
  ])('comes by commune and district of old without the comma between: %s', (words, wanted) => {
    expect(places.suggest({ words })[0]?.name).toBe(wanted)
  })

  it('comes for what an old district has become, where only that was typed', () => {
    const found = places.suggest({ words: 'hon quan', province: '75' })
    expect(found.length).toBeGreaterThan(2)
    expect(
      found.every(({ former }) => former?.endsWith('Huyện Hớn Quản, Tỉnh Bình Phước') === true),
    ).toBe(true)
  })

  it('is for each commune of a province where nothing was typed, the own one first', () => {
    expect(names('', '75').slice(0, 2)).toEqual([
      'Xã Đăk Ơ, Thành phố Đồng Nai',
      'Phường An Lộc, Thành phố Đồng Nai',
    ])
  })

  it('is never from another province than the one that was asked for', () => {
    expect(
      places
        .suggest({ words: 'tan', province: '01' })
        .every((each) => each.kind === 'commune' && each.province.code === '01'),
    ).toBe(true)
  })

  it('does not come for what is no place', () => {
    expect(names('qwrtp zxcv')).toEqual([])
  })

  it('never throws, comes once each, and at most twenty at a time', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 200 }), fc.constantFrom('tân', 'p 1', '  ', '1', 'xã')),
        fc.constantFrom(undefined, '75', '99'),
        (words, province) => {
          const all = places.suggest({ words, ...(province === undefined ? {} : { province }) })
          expect(all.length).toBeLessThanOrEqual(PLACE_SUGGESTIONS_MAX)
          expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
          expect(all.every((each) => placeSuggestionSchema.safeParse(each).success)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the lists', () => {
  const dir = fileURLToPath(new URL('../../resources/places/', import.meta.url))
  const home = { name: 'Xã Đăk Ơ', province: 'TP. Đồng Nai' }
  const never = { after: () => () => {} }

  it('are read when somebody asks before they were', async () => {
    const open = openPlaces(dir, home, never, () => {})
    const [found] = await open.suggest({ words: 'dak o' })
    expect(found).toMatchObject({ code: '25225' })
    expect(await open.provinces()).toHaveLength(34)
  })

  it('give no suggestion where they cannot be read, and say so without a word of what was typed', async () => {
    const logged: unknown[] = []
    const open = openPlaces(`${dir}none`, home, never, (...line) => logged.push(line))
    expect(await open.suggest({ words: 'dak o' })).toEqual([])
    expect(await open.provinces()).toEqual([])
    expect(logged).toEqual([['places-unreadable', { reason: 'Error' }]])
  })
})
