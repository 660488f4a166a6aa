import { describe, expect, test } from 'vitest'
import { holder } from '../../../test/fixtures/chip.ts'
import { zoneKey, zoneOf } from '../../training/card/index.ts'
import { keyFromCan, keyFromMrz, keysFromQr } from './access-keys.ts'

const born = { year: 1990, month: 3, day: 5 }
const expiries = (issued: { year: number; month: number; day: number }, birth = born) =>
  keysFromQr({ number: '083090000000', birth, issued }).flatMap((key) =>
    key.kind === 'mrz' ? [key.expiry] : [],
  )

describe('the zone of a card of which only the QR code is known', () => {
  test('has the last nine digits of the number and the day of birth', () => {
    const [key] = keysFromQr({
      number: '083090000000',
      birth: born,
      issued: { year: 2022, month: 1, day: 1 },
    })
    expect(key).toMatchObject({ kind: 'mrz', documentNumber: '090000000', birth: '900305' })
  })

  test('ends on the 25th, 40th or 60th birthday after the issue', () => {
    expect(expiries({ year: 2012, month: 1, day: 1 })[0]).toBe('150305')
    expect(expiries({ year: 2022, month: 1, day: 1 })[0]).toBe('300305')
    expect(expiries({ year: 2040, month: 1, day: 1 })[0]).toBe('500305')
  })

  test('ends on the one after that where it was issued within two years before, the other next', () => {
    expect(expiries({ year: 2028, month: 3, day: 4 })[0]).toBe('300305')
    expect(expiries({ year: 2028, month: 3, day: 5 })).toEqual(['500305', '300305', '991231'])
    expect(expiries({ year: 2048, month: 6, day: 1 })).toEqual(['991231', '500305'])
  })

  test('never ends after sixty', () => {
    expect(expiries({ year: 2021, month: 8, day: 15 }, { year: 1956, month: 8, day: 2 })).toEqual([
      '991231',
    ])
  })

  test('of a child ends on the fourteenth birthday first', () => {
    expect(expiries({ year: 2025, month: 1, day: 1 }, { year: 2018, month: 5, day: 1 })[0]).toBe(
      '320501',
    )
  })

  test('is not known where the day of birth is not', () => {
    const card = { number: '083156000000', issued: { year: 2021, month: 8, day: 15 } }
    const usual = [{ kind: 'can', can: '000000' }]
    expect(keysFromQr({ ...card, birth: { year: 1956 } })).toEqual(usual)
    expect(keysFromQr({ ...card, birth: { year: 1956, month: 3 } })).toEqual(usual)
  })
})

test('the last six digits of the number are tried as its CAN when no zone has fitted', () => {
  const keys = keysFromQr({
    number: '083090000000',
    birth: born,
    issued: { year: 2022, month: 1, day: 1 },
  })
  expect(keys.map(({ kind }) => kind)).toEqual(['mrz', 'mrz', 'mrz', 'can'])
  expect(keys.at(-1)).toEqual({ kind: 'can', can: '000000' })
})

test('a CAN is six digits', () => {
  expect(keyFromCan(' 123 456 ')).toEqual({ kind: 'can', can: '123456' })
  expect(keyFromCan('12345')).toBeNull()
  expect(keyFromCan('１２３４５６')).toBeNull()
})

test('the three lines of a zone are a key, unless a check digit does not fit', () => {
  expect(keyFromMrz(zoneOf(holder))).toEqual({ kind: 'mrz', ...zoneKey(holder) })
  expect(keyFromMrz(zoneOf(holder).replace('900305', '900306'))).toBe('check-digit')
  expect(keyFromMrz('IDVNM')).toBe('not-td1')
})
