/**
 * The words on paper, but for those of the official forms, which a commune can change
 * (`resources/papers/official-texts.json`).
 */
export const printMessages = {
  reprint: 'BẢN IN LẠI',
  slip: {
    title: 'PHIẾU GHI NHẬN TẠM',
    notice: 'Đã nhận tại máy, CHƯA gửi tới cơ quan',
    referenceLabel: 'Mã hồ sơ ở máy này',
    referenceHint: 'Đọc từng cặp cho cán bộ nghe',
    procedure: 'Thủ tục',
    personalNumber: 'Số thẻ',
    receivedAt: 'Nhận lúc',
    kiosk: 'Máy',
    due: 'Trả kết quả',
    nextTitle: 'Tiếp theo',
    waitForCall: (number: string, counter: string) => `Chờ gọi số ${number} ở ${counter}.`,
    handIn: (paper: string) => `Mang theo ${paper} nộp ở quầy.`,
    sentByItself: 'Có mạng là máy tự gửi, không phải làm lại.',
    thenReceipt: 'Gửi xong mới có giấy tiếp nhận và ngày hẹn trả.',
    ask: 'Muốn hỏi về hồ sơ, đưa mã này vào máy.',
    notAReceipt: 'Phiếu này không thay giấy tiếp nhận hồ sơ.',
  },
  ticket: {
    title: 'Số thứ tự',
    waitForCall: 'Tới lượt sẽ có tiếng gọi số này.',
    kiosk: (kioskId: string) => `Máy ${kioskId}`,
  },
  counterNote: {
    title: 'PHIẾU SANG QUẦY',
    notice: 'CHƯA nộp hồ sơ. Cán bộ ở quầy làm tiếp.',
    procedure: 'Thủ tục',
    at: 'In lúc',
    answered: 'Đã trả lời tại máy',
    nothing: 'Chưa có câu nào.',
    give: 'Đưa phiếu này và thẻ căn cước cho cán bộ ở quầy.',
    destroy: 'Trên phiếu có thông tin riêng, xong việc thì hủy.',
  },
  counter: (counter: string) => `Quầy ${counter}`,
  clock: (hour: number, minute: number) =>
    minute === 0 ? `${hour} giờ` : `${hour} giờ ${String(minute).padStart(2, '0')}`,
  /** Sunday first, as `Date.getUTCDay` counts. */
  weekdays: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  longDay: (weekday: string, day: number, month: number, year: number) =>
    `${weekday}, ${day} tháng ${month} năm ${year}`,
  moment: (hour: string, minute: string, day: string, month: string, year: number) =>
    `${hour} giờ ${minute} phút, ngày ${day} tháng ${month} năm ${year}`,
  placeAndDay: (place: string, day: string, month: string, year: number) =>
    `${place}, ngày ${day} tháng ${month} năm ${year}`,
  page: (page: number, count: number) => `Trang ${page}/${count}`,
  due: {
    workingDays: (value: number) => `trong ${value} ngày làm việc`,
    days: (value: number) => `trong ${value} ngày`,
    inDay: 'trong ngày Cổng nhận hồ sơ',
    inDayUntil: (hour: string) =>
      `trong ngày Cổng nhận hồ sơ; Cổng nhận sau ${hour} thì ngày làm việc sau`,
    fromAcceptance: (limit: string) => `${limit}, tính từ khi Cổng nhận hồ sơ`,
    officer: 'cán bộ sẽ hẹn ngày',
    formalDay: (day: string, month: string, year: number) =>
      `ngày ${day} tháng ${month} năm ${year}`,
  },
  supplement: {
    lastDay: (day: string) => `Hạn cuối: ${day}.`,
    byOfficer:
      'Máy in theo yêu cầu trên cổng. Cán bộ ghi vào chỗ trống rồi ký, phiếu mới có giá trị.',
  },
  procedureSheet: {
    title: 'Chuẩn bị khi làm thủ tục',
    bring: 'Mang theo',
    bringNothing: 'Thẻ căn cước.',
    fee: 'Lệ phí',
    limit: 'Thời gian',
    result: 'Kết quả',
    place: 'Nơi làm',
    note: 'Giấy này để chuẩn bị, không phải giấy tiếp nhận hồ sơ.',
    scan: 'Đưa mã này vào máy để làm việc này.',
    code: (code: string) => `Mã thủ tục ${code}`,
  },
  testPage: {
    title: 'TỜ IN THỬ',
    kiosk: 'Máy',
    place: 'Nơi đặt',
    at: 'In lúc',
    ruler: 'Thước này dài 40 mm.',
    scan: 'Quét mã này để thử.',
    cut: 'Chữ phải đủ dấu, giấy phải đứt ở mép dưới.',
  },
} as const
