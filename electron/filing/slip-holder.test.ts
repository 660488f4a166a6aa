import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inventedCitizens } from '../training/citizens.ts'
import { askedForSchema, forSlipHolder } from './slip-holder.ts'

const request = { requestedAt: '2026-11-23T09:00:00+07:00', due: '2026-11-30', cut: false }
const shown = (item: string) => forSlipHolder({ ...request, items: [item] })

describe('what the holder of a slip may read of a request', () => {
  it.each([
    'Bản sao trích lục ly hôn',
    'Tờ khai viết lại cho rõ. Ký ở cuối trang',
    'Giấy xác nhận của UBND xã nơi ở cũ',
    'Bản sao thẻ Căn cước của mẹ',
    'CT01 có chữ ký chủ hộ',
    'Mẫu số 02, khai đủ mục 3',
    'Hợp đồng thuê nhà ký ngày 05/03/2026',
  ])('is "%s"', (item) => {
    expect(shown(item)).toMatchObject({ items: [item], more: false })
  })

  it.each([
    'Nguyễn Văn Ví Dụ nộp lại giấy khai sinh',
    'Giấy khai sinh của cháu Hoa',
    'GIẤY KHAI SINH NGUYỄN VĂN VÍ DỤ',
    'Bản sao thẻ số 083090000000',
    'Bản sao thẻ số 083 090 000 000',
    'Gọi lại số 0900.000.000',
    'Giấy khai sinh của con sinh ngày 05/03/1990',
    'Gửi lại tới ai-do@example.invalid',
    'Bản sao (Ví dụ: hộ chiếu)',
  ])('is not "%s": an officer says it', (item) => {
    expect(shown(item)).toMatchObject({ items: [], more: true })
  })

  it('is each paper once', () => {
    const items = ['Tờ khai', 'Tờ khai']
    expect(forSlipHolder({ ...request, items })).toMatchObject({ items: ['Tờ khai'], more: false })
  })

  it('keeps the day, and none that is no day of these times', () => {
    expect(shown('Tờ khai').due).toEqual({ year: 2026, month: 11, day: 30 })
    expect(forSlipHolder({ ...request, items: [], due: null }).due).toBeNull()
  })

  it('never holds a whole name or a number of a card, wherever they stand', () => {
    const word = fc.constantFrom('bản sao', 'giấy khai sinh', 'của', 'cháu', 'thẻ', 'số', 'Tờ khai')
    const person = fc.constantFrom(
      ...inventedCitizens.flatMap(({ payload }) => {
        const [number = '', , name = ''] = payload.split('|')
        return [number, name, name.toLocaleUpperCase('vi')]
      }),
    )
    fc.assert(
      fc.property(fc.array(word), person, fc.array(word), (before, who, after) => {
        const said = shown([...before, who, ...after].join(' '))
        askedForSchema.parse(said)
        expect(said.items).toEqual([])
      }),
    )
  })
})
