import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  count,
  date,
  dateWithAge,
  dateWithWeekday,
  hour,
  money,
  pairs,
  personalNumber,
  phoneNumber,
} from './format.ts'

describe('numbers as people say them', () => {
  it('groups a personal number 3-3-6 and a telephone number 4-3-3', () => {
    expect(personalNumber('083090000000')).toBe('083 090 000000')
    expect(phoneNumber('0912000000')).toBe('0912 000 000')
    expect(phoneNumber('0912')).toBe('0912')
    expect(personalNumber('')).toBe('')
  })
  it('writes money with dots and its unit', () => {
    expect(money(8000).text).toBe('8.000 đồng')
    expect(money(1250000).text).toBe('1.250.000 đồng')
    expect(count(999)).toBe('999')
  })
  it('reads a code in pairs', () => {
    expect(pairs('KM4TR7HC')).toBe('KM 4T R7 HC')
    expect(pairs('KM4')).toBe('KM 4')
  })
  it('says an hour of the day', () => {
    expect(hour('15:00').text).toBe('15 giờ')
    expect(hour('07:30').text).toBe('7 giờ 30')
  })
  it('never loses or adds a digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,14}$/), (digits) =>
        [personalNumber, phoneNumber, pairs].every(
          (format) => format(digits).replaceAll(' ', '') === digits,
        ),
      ),
    )
    fc.assert(fc.property(fc.nat(), (value) => count(value).replaceAll('.', '') === String(value)))
  })
})

describe('dates', () => {
  it('are said as far as they are known', () => {
    expect(date({ year: 1958, month: 9, day: 2 }).text).toBe('Ngày 2 tháng 9 năm 1958')
    expect(date({ year: 1958, month: 9 }).text).toBe('Tháng 9 năm 1958')
    expect(date({ year: 1958 }).text).toBe('Năm 1958')
  })
  it('carry the weekday to check by', () => {
    expect(dateWithWeekday({ year: 2026, month: 11, day: 16 }).text).toBe(
      'thứ Hai, 16 tháng 11, năm 2026',
    )
    expect(dateWithWeekday({ year: 2026, month: 11, day: 22 }).text).toBe(
      'Chủ nhật, 22 tháng 11, năm 2026',
    )
  })
})

describe('an age', () => {
  const born = (birth: Parameters<typeof dateWithAge>[0]) => dateWithAge(birth, '2026-11-24').text
  it('turns on the birthday', () => {
    expect(born({ year: 1958, month: 9, day: 2 })).toBe('Ngày 2 tháng 9 năm 1958, 68 tuổi')
    expect(born({ year: 1958, month: 11, day: 24 })).toMatch(/, 68 tuổi$/)
    expect(born({ year: 1958, month: 11, day: 25 })).toMatch(/, 67 tuổi$/)
  })
  it('is about, where the missing part decides it', () => {
    expect(born({ year: 1958 })).toBe('Năm 1958, chừng 68 tuổi')
    expect(born({ year: 1958, month: 11 })).toBe('Tháng 11 năm 1958, chừng 68 tuổi')
    expect(born({ year: 1958, month: 12 })).toBe('Tháng 12 năm 1958, 67 tuổi')
  })
  it('is not given to somebody who is not born yet', () => {
    expect(born({ year: 2027 })).toBe('Năm 2027')
  })
})
