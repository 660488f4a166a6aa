import type { LimitView } from '../../shared/contract/index.ts'
import { isSureLimit, type Limit } from '../../shared/domain/due-date.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { Procedure } from '../../shared/forms/index.ts'

/** A limit as it may be said: one that is not sure is none. */
export function limitView(limit: Limit): LimitView {
  if (!isSureLimit(limit)) return { unit: 'UNKNOWN' }
  switch (limit.unit) {
    case 'WORKING_DAY':
    case 'DAY':
      return { unit: limit.unit, value: limit.value }
    case 'IN_DAY':
      return { unit: 'IN_DAY', cutoff: limit.cutoff ?? null }
    case 'UNKNOWN':
      return { unit: 'UNKNOWN' }
  }
}

/** "3 ngày làm việc", as it stands on the receipt; what is not sure is not said. */
export function limitWords(said: Limit): string {
  const limit = limitView(said)
  switch (limit.unit) {
    case 'WORKING_DAY':
      return `${limit.value} ngày làm việc`
    case 'DAY':
      return `${limit.value} ngày`
    case 'IN_DAY':
      return limit.cutoff
        ? `trong ngày; nhận sau ${limit.cutoff} thì tính từ ngày làm việc sau`
        : 'trong ngày'
    case 'UNKNOWN':
      return 'theo thông báo của cơ quan giải quyết'
    default:
      return unreachable(limit)
  }
}

/** "8.000 đồng một trang"; what is not known is not guessed. */
export function feeWords(fee: Procedure['fee']): string {
  switch (fee.kind) {
    case 'free':
      return 'không thu'
    case 'fixed':
      return `${fee.amount.toLocaleString('vi-VN')} đồng ${fee.per}`
    case 'local':
      return 'theo mức của tỉnh, hỏi cán bộ ở quầy'
    case 'unknown':
      return 'hỏi cán bộ ở quầy'
    default:
      return unreachable(fee)
  }
}
