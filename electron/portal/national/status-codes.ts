/** Status of a dossier in the national synchronisation: code and official name. */
const NAMES = new Map<number, string>([
  [1, 'Mới đăng ký'],
  [2, 'Được tiếp nhận'],
  [3, 'Không được tiếp nhận'],
  [4, 'Đang xử lý'],
  [5, 'Yêu cầu bổ sung giấy tờ'],
  [6, 'Yêu cầu thực hiện nghĩa vụ tài chính'],
  [7, 'Công dân yêu cầu rút hồ sơ'],
  [8, 'Dừng xử lý'],
  [9, 'Đã xử lý xong'],
  [10, 'Đã trả kết quả'],
])

/** Codes that the adapter itself needs. */
export const NATIONAL_STATUS = { REGISTERED: 1, NOT_RECEIVED: 3, WITHDRAWN: 7, STOPPED: 8 } as const

/** What to call a status; local systems add codes of their own, which say at least "in work". */
export function nationalStatusText(code: number): string {
  return NAMES.get(code) ?? `Đang xử lý (mã ${code})`
}
