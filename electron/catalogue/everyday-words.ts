/**
 * How people call a procedure that only the national catalogue knows; what they call one that has a
 * definition stands there, in its `words`. Written with tones; typed without them, in another order
 * or with a slip they are found all the same.
 */
export interface EverydayWords {
  readonly shortName: string
  readonly say: readonly string[]
}

/** What people ask a commune for, by code; its officers do it at a counter. */
export const atCounters: Readonly<Record<string, EverydayWords>> = {
  '1.011606': {
    shortName: 'Xét hộ nghèo, hộ cận nghèo hằng năm',
    say: ['bình xét hộ nghèo cuối năm', 'rà soát hộ nghèo', 'hộ nghèo định kỳ'],
  },
  '1.011608': {
    shortName: 'Công nhận thoát nghèo',
    say: ['thoát nghèo', 'ra khỏi hộ nghèo', 'xin thôi hộ nghèo', 'hộ thoát cận nghèo'],
  },
  '1.011609': {
    shortName: 'Công nhận hộ có mức sống trung bình',
    say: ['hộ mức sống trung bình', 'hộ nông nghiệp mức sống trung bình'],
  },
  '1.014027': {
    shortName: 'Trợ cấp hưu trí xã hội',
    say: [
      'tiền người già',
      'tiền cao tuổi',
      'lương người già',
      'trợ cấp người cao tuổi',
      'trợ cấp tuổi già',
      'trợ cấp 75 tuổi',
      'trợ cấp 80 tuổi',
      'người già không có lương hưu',
    ],
  },
  '1.014028': {
    shortName: 'Mai táng phí cho người hưởng hưu trí xã hội',
    say: ['mai táng người cao tuổi', 'mai táng phí người già', 'mai táng hưu trí xã hội'],
  },
  '2.000286': {
    shortName: 'Vào cơ sở trợ giúp xã hội',
    say: [
      'vào trung tâm bảo trợ',
      'vào viện dưỡng lão',
      'vào trại dưỡng lão',
      'trại trẻ mồ côi',
      'nhà tình thương',
      'đưa người già neo đơn vào trung tâm',
    ],
  },
  '1.004772': {
    shortName: 'Khai sinh cho người đã có giấy tờ',
    say: [
      'người lớn chưa có khai sinh',
      'lớn tuổi chưa có giấy khai sinh',
      'chưa từng làm khai sinh',
      'có căn cước mà không có khai sinh',
    ],
  },
  '1.004746': {
    shortName: 'Đăng ký lại kết hôn',
    say: ['mất giấy kết hôn', 'làm lại giấy kết hôn', 'cấp lại giấy kết hôn', 'mất hôn thú'],
  },
  '1.005461': {
    shortName: 'Đăng ký lại khai tử',
    say: ['mất giấy khai tử', 'làm lại giấy khai tử', 'mất giấy chứng tử'],
  },
  '2.002516': {
    shortName: 'Xác nhận thông tin hộ tịch',
    say: ['giấy xác nhận hộ tịch', 'xác nhận đã đăng ký hộ tịch'],
  },
  '2.000806': {
    shortName: 'Kết hôn với người nước ngoài',
    say: [
      'lấy chồng ngoại quốc',
      'cưới vợ người Lào',
      'lấy người Campuchia',
      'lấy người Trung Quốc',
      'lấy chồng nước ngoài',
      'lấy vợ nước ngoài',
      'lấy chồng Hàn Quốc',
      'lấy chồng Đài Loan',
      'cưới người nước ngoài',
      'lấy chồng Tây',
      'kết hôn với Việt kiều',
    ],
  },
  '2.000528': {
    shortName: 'Khai sinh có cha hoặc mẹ là người nước ngoài',
    say: ['khai sinh cho con có cha nước ngoài', 'con lai', 'khai sinh con sinh ở nước ngoài'],
  },
  '2.000554': {
    shortName: 'Ghi sổ việc ly hôn ở nước ngoài',
    say: ['ghi chú ly hôn', 'ly hôn ở nước ngoài'],
  },
  '2.002189': {
    shortName: 'Ghi sổ việc kết hôn ở nước ngoài',
    say: ['ghi chú kết hôn', 'đã kết hôn ở nước ngoài'],
  },
  '2.001023': {
    shortName: 'Khai sinh và thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi',
    say: ['liên thông khai sinh bảo hiểm y tế', 'khai sinh và bảo hiểm cho trẻ'],
  },
  '2.000908': {
    shortName: 'Bản sao từ sổ gốc',
    say: ['cấp bản sao sổ gốc', 'trích sổ gốc'],
  },
  '2.000942': {
    shortName: 'Bản sao hợp đồng đã chứng thực',
    say: ['bản sao giao dịch đã chứng thực', 'xin lại hợp đồng đã chứng thực'],
  },
  '2.000913': {
    shortName: 'Sửa đổi, hủy bỏ giao dịch đã chứng thực',
    say: ['hủy hợp đồng đã chứng thực', 'sửa hợp đồng đã chứng thực'],
  },
  '2.000927': {
    shortName: 'Sửa lỗi trong giao dịch đã chứng thực',
    say: ['sai sót trong hợp đồng', 'sửa lỗi hợp đồng chứng thực'],
  },
  '2.001035': {
    shortName: 'Chứng thực hợp đồng, giao dịch nhà đất, xe',
    say: [
      'chứng thực hợp đồng',
      'chứng thực mua bán nhà đất',
      'chứng thực mua bán xe',
      'công chứng hợp đồng mua bán đất',
      'hợp đồng tặng cho đất',
      'cho con đất',
      'công chứng mua bán',
      'hợp đồng ủy quyền',
      'hợp đồng thuê nhà',
      'thế chấp đất vay ngân hàng',
      'mua bán xe máy',
    ],
  },
  '2.001159': {
    shortName: 'Thông báo lưu trú',
    say: ['khách ngủ lại', 'khách ở qua đêm', 'báo lưu trú nhà nghỉ', 'người thân đến chơi ở lại'],
  },
  '1.010028': {
    shortName: 'Xóa đăng ký tạm trú',
    say: ['xóa tạm trú', 'cắt tạm trú', 'hết ở trọ', 'chuyển chỗ trọ'],
  },
  '1.010040': {
    shortName: 'Khai báo cư trú khi chưa đủ điều kiện đăng ký',
    say: ['không có chỗ ở đăng ký thường trú', 'chưa có nơi đăng ký hộ khẩu'],
  },
  '1.014061': {
    shortName: 'Cấp thẻ căn cước (từ đủ 14 tuổi)',
    say: [
      'làm căn cước',
      'làm thẻ căn cước',
      'căn cước công dân',
      'căn cước gắn chíp',
      'chứng minh nhân dân',
      'làm căn cước lần đầu',
    ],
  },
  '1.014062': {
    shortName: 'Cấp thẻ căn cước cho trẻ dưới 14 tuổi',
    say: ['căn cước cho trẻ em', 'căn cước cho bé', 'căn cước cho con nhỏ', 'căn cước trẻ em'],
  },
  '1.014063': {
    shortName: 'Cấp đổi thẻ căn cước',
    say: ['đổi căn cước', 'căn cước hết hạn', 'đổi chứng minh sang căn cước', 'căn cước bị sai'],
  },
  '1.014064': {
    shortName: 'Cấp lại thẻ căn cước',
    say: ['mất căn cước', 'làm lại căn cước', 'mất chứng minh nhân dân', 'căn cước bị hỏng'],
  },
  '1.014066': {
    shortName: 'Điều chỉnh thông tin dân cư',
    say: ['sửa thông tin trên căn cước', 'sai thông tin dân cư', 'cập nhật số điện thoại dân cư'],
  },
  '3.000228': {
    shortName: 'Cấp tài khoản định danh điện tử mức 2',
    say: ['VNeID', 'định danh mức 2', 'định danh điện tử', 'kích hoạt VNeID', 'tài khoản VNeID'],
  },
  '1.012566': {
    shortName: 'Xác nhận số chứng minh nhân dân cũ',
    say: ['xác nhận số chứng minh cũ', 'chứng minh 9 số', 'xác nhận cmnd và căn cước là một người'],
  },
  '1.010386': {
    shortName: 'Trình báo mất hộ chiếu',
    say: ['mất hộ chiếu', 'mất passport', 'báo mất hộ chiếu'],
  },
  '1.001266': {
    shortName: 'Chấm dứt hộ kinh doanh',
    say: [
      'ngừng hẳn kinh doanh',
      'không bán nữa',
      'dẹp tiệm',
      'dẹp quán',
      'đóng cửa quán',
      'nghỉ kinh doanh',
      'nghỉ bán',
      'giải thể hộ kinh doanh',
      'trả giấy phép kinh doanh',
      'đóng hộ kinh doanh',
    ],
  },
  '1.001570': {
    shortName: 'Tạm ngừng hộ kinh doanh',
    say: ['tạm nghỉ bán', 'tạm ngừng kinh doanh', 'tạm đóng cửa quán'],
  },
  '2.000575': {
    shortName: 'Cấp lại giấy đăng ký hộ kinh doanh',
    say: ['mất giấy phép kinh doanh', 'cấp lại giấy phép kinh doanh', 'làm lại giấy kinh doanh'],
  },
  '1.013133': {
    shortName: 'Đăng ký nghĩa vụ quân sự',
    say: ['đi nghĩa vụ', 'khám nghĩa vụ', 'đi bộ đội', 'đăng ký nghĩa vụ lần đầu', 'nhập ngũ'],
  },
  '1.013138': {
    shortName: 'Đăng ký nghĩa vụ quân sự tạm vắng',
    say: ['tạm vắng nghĩa vụ quân sự'],
  },
  '1.012812': {
    shortName: 'Hòa giải tranh chấp đất đai',
    say: [
      'tranh chấp đất',
      'hòa giải đất đai',
      'tranh chấp ranh đất hàng xóm',
      'bị lấn đất',
      'kiện đất',
    ],
  },
  '1.010801': {
    shortName: 'Trợ cấp thân nhân liệt sĩ',
    say: ['trợ cấp liệt sĩ', 'chế độ liệt sĩ', 'tiền tuất liệt sĩ'],
  },
  '1.010824': {
    shortName: 'Trợ cấp khi người có công từ trần',
    say: ['người có công mất', 'thương binh mất', 'mai táng phí người có công'],
  },
  '1.013274': {
    shortName: 'Sử dụng tạm lòng đường, vỉa hè',
    say: ['mượn vỉa hè', 'thuê vỉa hè', 'dựng rạp đám cưới', 'dựng rạp lòng đường', 'để xe vỉa hè'],
  },
  '3.000527': {
    shortName: 'Cai nghiện ma túy tự nguyện',
    say: ['đi cai nghiện', 'cai nghiện cho con', 'cai ma túy'],
  },
  '1.013225': {
    shortName: 'Giấy phép xây dựng mới',
    say: [
      'xin phép xây nhà',
      'giấy phép xây dựng nhà ở',
      'xây nhà',
      'cất nhà',
      'làm nhà',
      'làm nhà mới',
    ],
  },
  '1.013229': {
    shortName: 'Giấy phép sửa chữa, cải tạo nhà',
    say: ['sửa nhà', 'xin phép sửa nhà', 'cải tạo nhà', 'cơi nới nhà', 'nâng tầng'],
  },
}

/** What people ask a commune for in vain; they hear where it is done. */
export const elsewhere: Readonly<Record<string, EverydayWords>> = {
  '3.000333': {
    shortName: 'Cấp phiếu lý lịch tư pháp',
    say: ['lý lịch tư pháp', 'phiếu lý lịch tư pháp', 'giấy không tiền án', 'xác nhận tiền án'],
  },
  '1.001456': {
    shortName: 'Cấp hộ chiếu',
    say: ['làm hộ chiếu', 'làm passport', 'đổi hộ chiếu', 'gia hạn hộ chiếu'],
  },
  '3.000347': {
    shortName: 'Đổi giấy phép lái xe',
    say: ['đổi bằng lái xe', 'bằng lái hết hạn', 'gia hạn bằng lái'],
  },
  '3.000348': {
    shortName: 'Cấp lại giấy phép lái xe',
    say: ['mất bằng lái xe', 'làm lại bằng lái'],
  },
  '1.013067': {
    shortName: 'Đăng ký xe lần đầu',
    say: ['đăng ký xe máy', 'làm biển số xe', 'cà vẹt xe', 'đăng ký xe mới mua'],
  },
  '1.013076': {
    shortName: 'Đăng ký sang tên xe',
    say: ['sang tên xe', 'sang tên xe máy', 'đổi chủ xe', 'mua xe cũ'],
  },
  '1.013978': {
    shortName: 'Cấp sổ đỏ lần đầu',
    say: [
      'làm sổ đỏ',
      'làm sổ hồng',
      'xin cấp sổ đỏ',
      'sổ đỏ lần đầu',
      'giấy tờ đất',
      'làm bìa đỏ',
    ],
  },
  '1.012783': {
    shortName: 'Cấp đổi sổ đỏ',
    say: ['đổi sổ đỏ', 'sổ đỏ bị rách', 'đổi sổ hồng'],
  },
  '1.012787': {
    shortName: 'Sang tên sổ đỏ',
    say: ['sang tên sổ đỏ', 'sang tên nhà đất', 'sang tên đất', 'chuyển nhượng đất'],
  },
  '1.012784': {
    shortName: 'Tách thửa, hợp thửa đất',
    say: ['tách sổ đỏ', 'tách thửa', 'chia đất tách sổ', 'gộp thửa'],
  },
  '1.014748': {
    shortName: 'Hưởng trợ cấp thất nghiệp',
    say: ['tiền thất nghiệp', 'bảo hiểm thất nghiệp', 'trợ cấp thất nghiệp', 'mất việc làm'],
  },
}
