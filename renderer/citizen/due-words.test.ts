import { expect, it } from 'vitest'
import type { DueView } from '../../shared/contract/index.ts'
import { dueWords } from './due-words.ts'

const day = { year: 2026, month: 11, day: 25 }
const threeDays = { unit: 'WORKING_DAY', value: 3 } as const
const inDay = { unit: 'IN_DAY', cutoff: '15:00' } as const
const counts = 'from-acceptance'

it.each<[DueView, string]>([
  [{ state: 'day', day, before: '17:00' }, 'Trả kết quả trước 17 giờ thứ Tư, 25/11/2026.'],
  [{ state: 'day', day, before: '16:30' }, 'Trả kết quả trước 16 giờ 30 thứ Tư, 25/11/2026.'],
  [{ state: 'day', day, before: null }, 'Trả kết quả trong thứ Tư, 25/11/2026.'],
  [
    { state: 'limit', limit: threeDays, counts },
    'Trả kết quả trong 3 ngày làm việc, tính từ khi Cổng nhận hồ sơ.',
  ],
  [
    { state: 'limit', limit: threeDays, counts: 'since-acceptance' },
    'Trả kết quả trong 3 ngày làm việc.',
  ],
  [
    { state: 'limit', limit: { unit: 'DAY', value: 15 }, counts },
    'Trả kết quả trong 15 ngày, tính từ khi Cổng nhận hồ sơ.',
  ],
  [{ state: 'limit', limit: inDay, counts }, 'Trả kết quả trong ngày, nếu Cổng nhận trước 15 giờ.'],
  [{ state: 'limit', limit: inDay, counts: 'since-acceptance' }, 'Trả kết quả trong ngày.'],
  [{ state: 'officer' }, 'Cán bộ sẽ hẹn ngày trả kết quả.'],
])('%o is said: %s', (due, said) => {
  expect(dueWords(due).text).toBe(said)
})
