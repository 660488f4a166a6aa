import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { highlight } from './highlight.ts'

describe('words that were asked for', () => {
  it('are cut out whatever their marks', () => {
    expect(highlight('Đăng ký khai sinh', 'khai sinh cho chau')).toEqual(['Đăng ký ', 'khai sinh'])
    expect(highlight('Khai sinh và thẻ bảo hiểm', 'KHAI SINH')).toEqual([
      '',
      'Khai sinh',
      ' và thẻ bảo hiểm',
    ])
    expect(highlight('Đăng ký thường trú', 'dang')).toEqual(['', 'Đăng', ' ký thường trú'])
  })
  it('leave a name without them whole', () => {
    expect(highlight('Trợ cấp', 'khai sinh')).toEqual(['Trợ cấp'])
  })
  it('never change the name', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('khai', 'sinh', 'Đăng', 'ký', ' ', '  '), { maxLength: 8 }),
        fc.constantFrom('khai', 'dang sinh', '', 'ky k'),
        (name, asked) => highlight(name.join(''), asked).join('') === name.join(''),
      ),
    )
  })
})
