/**
 * Every word that comes out on paper. The receipt follows Mẫu 01 of Thông tư 03/2025/TT-VPCP (the
 * layout of Thông tư 01/2018/TT-VPCP); its headings are the form's own, in the form's capitals.
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
  counter: (counter: string) => `Quầy ${counter}`,
  clock: (hour: number, minute: number) =>
    minute === 0 ? `${hour} giờ` : `${hour} giờ ${String(minute).padStart(2, '0')}`,
  /** Sunday first, as `Date.getUTCDay` counts. */
  weekdays: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  longDay: (weekday: string, day: number, month: number, year: number) =>
    `${weekday}, ${day} tháng ${month} năm ${year}`,
  receipt: {
    centre: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
    number: 'Số: ............/TTPVHCC',
    state: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    motto: 'Độc lập - Tự do - Hạnh phúc',
    placeAndDay: (place: string, day: string, month: string, year: number) =>
      `${place}, ngày ${day} tháng ${month} năm ${year}`,
    title: 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    dossierCode: 'Mã hồ sơ:',
    copy: '(Liên: Giao khách hàng)',
    receivedBy: 'Bộ phận tiếp nhận và trả kết quả:',
    applicant: 'Tiếp nhận hồ sơ của:',
    address: 'Địa chỉ:',
    phone: 'Số điện thoại:',
    request: 'Nội dung yêu cầu giải quyết:',
    components: '1. Thành phần hồ sơ nộp gồm:',
    noComponents: 'Không có giấy tờ nộp kèm.',
    sets: '2. Số lượng hồ sơ:',
    oneSet: '01 bộ',
    limit: '3. Thời gian giải quyết hồ sơ theo quy định là:',
    receivedAt: '4. Thời gian nhận hồ sơ:',
    dueAt: '5. Thời gian trả kết quả:',
    noDue: 'Cơ quan sẽ báo.',
    resultPlace: '6. Đăng ký nhận kết quả tại:',
    register: 'Vào Sổ theo dõi hồ sơ, Quyển số: ............ Số thứ tự: ............',
    moment: (hour: string, minute: string, day: string, month: string, year: number) =>
      `${hour} giờ ${minute} phút, ngày ${day} tháng ${month} năm ${year}`,
    signApplicant: 'NGƯỜI NỘP HỒ SƠ',
    signOfficer: 'NGƯỜI TIẾP NHẬN HỒ SƠ',
    signHint: '(Ký và ghi rõ họ tên)',
    page: (page: number, count: number) => `Trang ${page}/${count}`,
  },
} as const
