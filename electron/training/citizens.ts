/** Something that the presenter can hold under the scanner. */
export interface InventedCode {
  id: string
  /** Vietnamese, for the dock. */
  label: string
  /** What the scanner sends, without its terminator. */
  payload: string
}

/**
 * Nobody: every personal number ends in 000000. Years of birth instead of ages, which would go
 * out of date. Each card is hard in its own way.
 */
export const inventedCitizens: readonly InventedCode[] = [
  {
    id: 'father',
    label: 'Nguyễn Văn Ví Dụ, sinh 1990, thẻ CCCD 2022',
    payload:
      '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử, Huyện Thí Điểm, Bến Tre|01012022',
  },
  {
    id: 'grandmother',
    label: 'Trần Thị Mẫu, sinh 1956 (thẻ chỉ ghi năm), thẻ CCCD 2021',
    payload:
      '083156000000|320000000|Trần Thị Mẫu|1956|Nữ|Ấp Ví Dụ, Xã Thử, Huyện Thí Điểm, Bến Tre|15082021',
  },
  {
    id: 'farmer',
    label: "Điểu K'Mẫu, người S'tiêng, sinh 1985, thẻ CCCD 2021",
    payload:
      "070085000000|285000000|Điểu K'Mẫu|12071985|Nam|Thôn Mẫu, Xã Thử, Huyện Thí Điểm, Bình Phước|20062021",
  },
  {
    id: 'student',
    label: 'Lê Ngọc Ánh Thử, sinh 2003, thẻ Căn cước 2024',
    payload:
      '038303000000||Lê Ngọc Ánh Thử|20102003|Nữ|Khu phố Mẫu, Phường Thử, Thanh Hóa|10072024||||',
  },
  {
    id: 'weaver',
    label: 'Thạch Thị Sa Mẫu, người Khmer, sinh tháng 6/1978, thẻ CCCD 2023',
    payload:
      '094178000000|365000000|Thạch Thị Sa Mẫu|00061978|Nữ|Ấp Ví Dụ, Xã Thử, Huyện Thí Điểm, Sóc Trăng|09052023',
  },
]

/** Codes that people hold under the scanner by mistake, and two that no reader can use. */
export const inventedCodes: readonly InventedCode[] = [
  {
    id: 'vietqr',
    label: 'Mã VietQR chuyển tiền',
    payload:
      '00020101021238540010A00000072701240006970436011000000000000208QRIBFTTA5303704540480005802VN62160812H86001 K00076304FA09',
  },
  {
    id: 'health-insurance',
    label: 'Thẻ bảo hiểm y tế',
    payload: `DN4830000000000|${Buffer.from('Nguyễn Văn Ví Dụ').toString('hex')}|05/03/1990|1|${Buffer.from('Xã Thử').toString('hex')}|83 - 000|01/01/2026|-|01/01/2026|`,
  },
  {
    id: 'garbled',
    label: 'Thẻ trầy xước, đọc mất chữ',
    payload: '083090000000||Nguy\ufffdn V\ufffdn V\ufffd D|0503',
  },
  { id: 'unknown', label: 'Một mã QR lạ', payload: 'https://example.vn/khuyen-mai?so=12' },
]
