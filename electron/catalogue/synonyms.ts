/**
 * How people say it, and the words of the official names that it stands for. Found anywhere in
 * what was typed, with or without tones.
 */
export const synonyms: readonly { readonly say: readonly string[]; readonly means: string }[] = [
  {
    say: [
      'làm giấy cho bé',
      'làm giấy cho con',
      'làm giấy cho cháu',
      'giấy khai sinh',
      'giấy khai sanh',
      'khai sanh',
      'giấy sinh',
      'mới sinh',
      'sinh con',
      'sinh em bé',
      'đẻ con',
    ],
    means: 'đăng ký khai sinh',
  },
  {
    say: ['giấy độc thân', 'độc thân', 'chưa vợ', 'chưa chồng'],
    means: 'xác nhận tình trạng hôn nhân',
  },
  {
    say: ['cưới', 'làm đám cưới', 'lấy vợ', 'lấy chồng', 'hôn thú', 'giá thú'],
    means: 'đăng ký kết hôn',
  },
  {
    say: ['nhập hộ khẩu', 'nhập khẩu cho con', 'chuyển khẩu', 'hộ khẩu'],
    means: 'đăng ký thường trú',
  },
  { say: ['cắt khẩu', 'xóa khẩu', 'cắt hộ khẩu', 'xóa hộ khẩu'], means: 'xóa đăng ký thường trú' },
  { say: ['tách khẩu', 'tách hộ khẩu', 'ra riêng'], means: 'tách hộ' },
  { say: ['kt3', 'ở trọ', 'thuê trọ', 'nhà trọ', 'sổ tạm trú'], means: 'đăng ký tạm trú' },
  { say: ['ct07', 'giấy cư trú'], means: 'xác nhận thông tin cư trú' },
  {
    say: [
      'sao y',
      'sao y bản chính',
      'công chứng giấy tờ',
      'photo công chứng',
      'bản sao công chứng',
      'công chứng bằng',
    ],
    means: 'chứng thực bản sao từ bản chính',
  },
  { say: ['xác nhận chữ ký', 'ký giấy ủy quyền', 'sơ yếu lý lịch'], means: 'chứng thực chữ ký' },
  { say: ['làm di chúc', 'viết di chúc'], means: 'chứng thực di chúc' },
  {
    say: ['người chết', 'người mất', 'báo tử', 'chứng tử', 'giấy chứng tử', 'qua đời'],
    means: 'đăng ký khai tử',
  },
  {
    say: ['tiền ma chay', 'tiền mai táng', 'đám tang', 'ma chay'],
    means: 'hỗ trợ chi phí mai táng',
  },
  {
    say: [
      'tiền trợ cấp',
      'trợ cấp hàng tháng',
      'trợ cấp hằng tháng',
      'trợ cấp người già',
      'trợ cấp khuyết tật',
      'bảo trợ xã hội',
      'tiền bảo trợ',
    ],
    means: 'trợ cấp xã hội hàng tháng',
  },
  { say: ['tiền người già', 'tiền cao tuổi', 'trợ cấp tuổi già'], means: 'trợ cấp hưu trí xã hội' },
  { say: ['sổ nghèo', 'sổ hộ nghèo', 'xin hộ nghèo'], means: 'công nhận hộ nghèo' },
  { say: ['giấy tàn tật', 'tàn tật', 'khuyết tật'], means: 'cấp giấy xác nhận khuyết tật' },
  {
    say: ['mở quán', 'mở tiệm', 'buôn bán nhỏ', 'giấy phép kinh doanh'],
    means: 'đăng ký thành lập hộ kinh doanh',
  },
  {
    say: [
      'đổi tên',
      'sửa tên',
      'sai tên',
      'sửa giấy khai sinh',
      'sửa khai sinh',
      'giấy khai sinh sai',
      'sai tên trong giấy khai sinh',
    ],
    means: 'thay đổi cải chính hộ tịch',
  },
  {
    say: ['bản sao khai sinh', 'trích lục khai sinh', 'trích lục'],
    means: 'cấp bản sao trích lục hộ tịch',
  },
  {
    say: ['mất giấy khai sinh', 'làm lại khai sinh', 'làm lại giấy khai sinh'],
    means: 'đăng ký lại khai sinh',
  },
  {
    say: ['xin con nuôi', 'nhận con nuôi', 'con nuôi'],
    means: 'đăng ký việc nuôi con nuôi trong nước',
  },
  { say: ['nhận cha', 'nhận con ruột'], means: 'đăng ký nhận cha mẹ con' },
  { say: ['sổ đỏ', 'sổ hồng', 'giấy đỏ'], means: 'cấp giấy chứng nhận quyền sử dụng đất' },
  { say: ['đi vắng', 'đi làm xa'], means: 'khai báo tạm vắng' },
  { say: ['căn cước cho bé', 'làm căn cước', 'thẻ căn cước'], means: 'cấp thẻ căn cước' },
  { say: ['thương binh', 'liệt sĩ', 'gia đình có công'], means: 'người có công' },
]
