const acts = [
  'Cấp mới giấy phép',
  'Cấp lại giấy phép',
  'Gia hạn giấy phép',
  'Thu hồi giấy phép',
  'Đăng ký',
  'Đăng ký lại',
  'Thay đổi nội dung đăng ký',
  'Xác nhận',
  'Thẩm định hồ sơ',
  'Phê duyệt phương án',
  'Công bố',
  'Chấp thuận chủ trương',
  'Thông báo',
  'Xóa đăng ký',
  'Giải quyết hỗ trợ',
  'Trợ cấp',
  'Kiểm tra định kỳ',
  'Chứng thực',
]
const objects = [
  'bến đò ngang',
  'nghề nuôi ong lấy mật',
  'vườn ươm cây giống',
  'nhóm trẻ độc lập',
  'lớp học buổi tối',
  'tàu cá ven bờ',
  'xưởng mộc gia đình',
  'quầy thuốc cổ truyền',
  'giếng khoan nông hộ',
  'biển hiệu cửa hàng',
  'cơ sở giết mổ nhỏ lẻ',
  'thư viện cộng đồng',
  'đội văn nghệ quần chúng',
  'phòng tập thể dục',
  'trạm phát thanh xã',
  'điểm bán lẻ phân bón',
  'chợ phiên vùng cao',
  'nhà nghỉ bình dân',
  'xe thồ chở hàng',
  'lễ hội mùa xuân',
  'di tích chưa xếp hạng',
]
const cases = [
  'lần đầu',
  'khi bị mất hoặc hư hỏng',
  'khi đổi chủ',
  'cho hộ nghèo',
  'cho người cao tuổi',
  'ở vùng biên giới',
  'ở khu vực ngập lũ',
  'có yếu tố nước ngoài',
  'theo hình thức trực tuyến',
  'trong thời gian thử nghiệm',
  'do tổ chức thực hiện',
  'do cá nhân thực hiện',
  'thuộc thẩm quyền cấp xã',
  'thuộc thẩm quyền cấp tỉnh',
  'đối với công trình tạm',
]

/** 18 × 21 × 15 invented names: as many as the national list has, and about as long. */
export function inventedNames(): string[] {
  return acts.flatMap((act) =>
    objects.flatMap((object) =>
      cases.map((when) => `Thủ tục ${act.toLowerCase()} ${object} ${when}`),
    ),
  )
}
