import { describe, expect, it } from 'vitest'
import {
  addressOf,
  beginAddress,
  stepBack,
  stepOf,
  takePlace,
  type AddressWay,
} from './address-entry.ts'

const province = { code: '75', name: 'Thành phố Mẫu' }
const commune = { kind: 'commune', code: '25195', name: 'Xã Thử', province, former: null } as const

describe('an address', () => {
  it('is built from below upwards, with the code of its commune', () => {
    expect(addressOf(commune, ' Ấp 3 ')).toEqual({
      text: 'Ấp 3, Xã Thử, Thành phố Mẫu',
      commune: '25195',
    })
    expect(addressOf(commune, '').text).toBe('Xã Thử, Thành phố Mẫu')
  })

  it('goes from the province to the commune to what lies below it, and back the same way', () => {
    const begun = beginAddress(null)
    const picked = takePlace(begun, { kind: 'province', former: null, ...province })
    const below = takePlace(picked, commune)
    expect([begun, picked, below].map((way) => stepOf(way).at)).toEqual(['where', 'pick', 'detail'])
    expect(stepBack(below)).toEqual(picked)
    expect(stepBack(picked)).toEqual(begun)
    expect(stepBack(begun)).toBeNull()
  })

  it('that was given before stands there when the citizen comes back', () => {
    const kept: AddressWay = [{ at: 'kept', address: { text: 'Ấp Mẫu' } }]
    expect(beginAddress({ text: 'Ấp Mẫu' })).toEqual(kept)
    expect(beginAddress('Ấp Mẫu')).toEqual(kept)
  })
})
