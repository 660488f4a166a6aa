import { unreachable } from '../../shared/domain/result.ts'
import type { Procedure } from '../../shared/forms/index.ts'

/** "3 ngày làm việc", as it stands on the receipt. */
export function limitWords(limit: Procedure['limit']): string {
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
      return unreachable(limit.unit)
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
