import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../shared/domain/vietnamese.ts'
import { readAddress } from './read-address.ts'
import { shipped, shippedFormer, shippedUnits } from './testing.ts'

const commune = (code: string) => shipped.communesByCode.get(code)?.name ?? code

/** What was read, in one line. */
function read(address: string): string {
  const reading = readAddress(shipped, address)
  const then = 'former' in reading && reading.former ? ' (old)' : ''
  switch (reading.state) {
    case 'found':
      return `${reading.address.detail} | ${commune(reading.address.commune)}${then}`
    case 'several':
      return `${reading.detail} | ${reading.communes.map(({ name }) => name).join(' or ')}${then}`
    case 'province':
      return `${reading.rest} | ${reading.province.name}`
    case 'unknown':
      return 'unknown'
  }
}

describe('an address of today', () => {
  it.each([
    ['as a card has it', 'Thôn 3, Xã Đăk Ơ, Thành phố Đồng Nai', 'Thôn 3 | Xã Đăk Ơ'],
    ['in small letters', 'thôn 3, xã đăk ơ, thành phố đồng nai', 'thôn 3 | Xã Đăk Ơ'],
    ['in capitals', 'THÔN 3, XÃ ĐẮK Ơ, TỈNH ĐỒNG NAI', 'THÔN 3 | Xã Đăk Ơ'],
    ['without tones', 'thon 3, xa dak o, dong nai', 'thon 3 | Xã Đăk Ơ'],
    ['without commas', 'thon 3 xa dak o tinh dong nai', 'thon 3 | Xã Đăk Ơ'],
    ['without kinds', 'Thôn 3, Đăk Ơ, Đồng Nai', 'Thôn 3 | Xã Đăk Ơ'],
    ['in decomposed letters', 'Xã Đăk Ơ, Đồng Nai'.normalize('NFD'), ' | Xã Đăk Ơ'],
    ['with the country', 'xã Bù Gia Mập, Đồng Nai, Việt Nam', ' | Xã Bù Gia Mập'],
    ['with TP.', 'phường Xuân Hòa, TP. Hồ Chí Minh', ' | Phường Xuân Hòa'],
    ['with T.P', 'phường Xuân Hòa, T.P Hồ Chí Minh', ' | Phường Xuân Hòa'],
    ['with Tp', 'P. Xuân Hoà, Tp Hồ Chí Minh', ' | Phường Xuân Hòa'],
    ['with TPHCM', 'P.Xuân Hòa, TPHCM', ' | Phường Xuân Hòa'],
    ['with Sài Gòn', 'phường Xuân Hòa, Sài Gòn', ' | Phường Xuân Hòa'],
    ['under the old name of the province', 'Xã Đăk Ơ, tỉnh Bình Phước', ' | Xã Đăk Ơ (old)'],
    [
      'of before the commune became a phường',
      'Xã Long Thành, tỉnh Đồng Nai',
      ' | Phường Long Thành',
    ],
    ['with another apostrophe', 'Xã Cư M’gar, Đắk Lắk', " | Xã Cư M'gar"],
    ['whose name has i for y', 'Xã Mỹ Quý, Đồng Tháp', ' | Xã Mỹ Quí'],
    ['whose tones tell two communes apart', 'Xã Thạnh An, TP HCM', ' | Xã Thạnh An'],
    ['whose name is a district of old', 'Gò Vấp, Hồ Chí Minh', ' | Phường Gò Vấp'],
    ['of an island', 'Đặc khu Lý Sơn, Quảng Ngãi', ' | Đặc khu Lý Sơn'],
  ])('is read %s', (_, address, meaning) => {
    expect(read(address)).toBe(meaning)
  })

  it('of which tones would be needed asks about each', () => {
    expect(read('xa loc thanh, dong nai')).toBe(' | Xã Lộc Thạnh or Xã Lộc Thành')
    expect(read('xa thanh an, tp hcm')).toBe(' | Xã Thanh An or Xã Thạnh An')
  })

  it('is read as it was written, for every commune of the list', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shippedUnits.communes),
        fc.constantFrom('', 'Thôn 3', 'Số 12/4, đường Lê Lợi, tổ 5', 'Buôn Cư Ê, hẻm 7'),
        ({ code, name, province }, detail) => {
          const written = [detail, name, shipped.provinces.get(province)?.name]
            .filter(Boolean)
            .join(', ')
          const address = { province, commune: code, detail }
          expect(readAddress(shipped, written)).toEqual({ state: 'found', address, former: null })
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('keeps its commune among those asked about, without tones and commas', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shippedUnits.communes), ({ code, name, province }) => {
        const whole = `${name} ${shipped.provinces.get(province)?.name ?? ''}`
        const reading = readAddress(shipped, fold(`to 5 ${whole}`))
        const found = reading.state === 'several' ? reading.communes.map((each) => each.code) : []
        const codes = reading.state === 'found' ? [reading.address.commune] : found
        expect(codes).toContain(code)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('an address of before 1/7/2025', () => {
  it.each([
    ['Thôn 3, Xã Đắk Ơ, Huyện Bù Gia Mập, Bình Phước', 'Thôn 3 | Xã Đăk Ơ (old)'],
    ['Thôn 3, Đắk Ơ, Bù Gia Mập, Bình Phước', 'Thôn 3 | Xã Đăk Ơ (old)'],
    ['thon 3 xa dak o huyen bu gia map tinh binh phuoc', 'thon 3 | Xã Đăk Ơ (old)'],
    ['KP 2, TT. Cờ Đỏ, H. Cờ Đỏ, TP Cần Thơ', 'KP 2 | Xã Cờ Đỏ (old)'],
    ['Số 5, P3, Gò Vấp, TPHCM', 'Số 5 | Phường Hạnh Thông (old)'],
    ['Số 5, phường 03, Q.Gò Vấp, TPHCM', 'Số 5 | Phường Hạnh Thông (old)'],
    ['P. 1, TP. Đà Lạt, Lâm Đồng', ' | Phường Xuân Hương - Đà Lạt (old)'],
    ['Tổ 1, Tân Phú, TX Đồng Xoài, Bình Phước', 'Tổ 1 | Phường Bình Phước (old)'],
    ['Khu 2, Huyện Côn Đảo, Bà Rịa - Vũng Tàu', 'Khu 2 | Đặc khu Côn Đảo (old)'],
  ])('leads to the commune of today: %s', (address, meaning) => {
    expect(read(address)).toBe(meaning)
  })

  it('is told by its old name', () => {
    const reading = readAddress(shipped, 'thon 3 dak o bu gia map binh phuoc')
    expect(reading).toMatchObject({ former: 'Xã Đak Ơ, Huyện Bù Gia Mập, Tỉnh Bình Phước' })
  })

  it.each([
    [
      'that was split',
      'Số 5, P.13, Q. Gò Vấp, TP HCM',
      'Số 5 | Phường An Hội Đông or Phường An Hội Tây (old)',
    ],
    [
      'whose district is left out',
      'Ấp 2, Xã An Hòa, Hải Phòng',
      'Ấp 2 | Phường An Phong or Xã Vĩnh Hòa (old)',
    ],
  ])('asks about each part of one %s', (_, address, meaning) => {
    expect(read(address)).toBe(meaning)
  })

  it.each([
    [
      'Xã Không Có, Huyện Bù Gia Mập, Bình Phước',
      'Xã Không Có, Huyện Bù Gia Mập | Thành phố Đồng Nai',
    ],
    ['Xã Phú Mỹ, Quỳ Hợp, Nghệ An', 'Xã Phú Mỹ, Quỳ Hợp | Tỉnh Nghệ An'],
    ['123, Trà Vinh', '123 | Tỉnh Vĩnh Long'],
  ])('stays a province where the commune is not known: %s', (address, meaning) => {
    expect(read(address)).toBe(meaning)
  })

  it('keeps what each commune became among those asked about', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shippedFormer.communes), (old) => {
        const parts = ['Thôn 3', old.name, old.district, old.province].filter((part) => part !== '')
        const reading = readAddress(shipped, parts.join(', '))
        const found = reading.state === 'several' ? reading.communes.map(({ code }) => code) : []
        const codes = reading.state === 'found' ? [reading.address.commune] : found
        expect(codes).toEqual(expect.arrayContaining([...old.became]))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('anything else', () => {
  it.each(['', ' ', ',', 'Việt Nam', 'Berlin, Germany', 'Đã chết', '123', 'xã', 'tỉnh'])(
    'is not taken for an address: %j',
    (text) => {
      expect(readAddress(shipped, text)).toEqual({ state: 'unknown' })
    },
  )

  it('never throws, and finds only what is on the list', () => {
    const word = fc.constantFrom(
      'xã',
      'P.',
      'TP',
      'huyện',
      ',',
      ' - ',
      'Gò Vấp',
      'Đồng Nai',
      '3',
      'T.P',
      'Hà Nội',
      'x',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(word).map((all) => all.join(' ')),
        ),
        (text) => {
          const reading = readAddress(shipped, text)
          if (reading.state !== 'found') return
          const { province, commune: code } = reading.address
          expect(shipped.communesByCode.get(code)?.province).toBe(province)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
