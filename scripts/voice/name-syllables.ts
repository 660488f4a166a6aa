/**
 * Syllables of which names of persons are made: family, middle and given names of the Kinh, and some
 * of their neighbours. A name whose syllable is not here is spelled.
 */
export const nameSyllables: readonly string[] = `
  adrơng an anh ayun ba bdap biên biển buôn byă bá bách bình bích bùi bường
  bạch bảo bảy bắc bằng bửu cao chanh chau chi chinh chiến chung chuyên chánh
  châu chí chín chính chăm chương chấn cung công cúc cơ cương cường cảm
  cảnh cần cẩm cẩn danh dinh diễm diệp diệu doanh dung duy duyên duyệt dân
  dũng dư dương dạ dần dự gia giang giao giàu giáp giỏi gái gương gấm hai
  hiên hiến hiếu hiền hiển hiện hiệp hiệu hlong hoa hoan hoài hoàn hoàng
  hoành hoán hoạch hoạt hoằng huy huyên huyền huân huấn huệ huỳnh hà hàm
  hành hào hân hòa hùng hđơk hưng hương hường hạ hạnh hạo hải hảo
  hậu hằng học hồ hồng hội hợp hứa hữu kbuôr ken kha khang khanh khen
  khiêm khiết khoa khoan khuê khá khánh khêm khôi khương khả khải khắc khởi
  kim kiên kiếm kiếu kiều kiểu kiệt knul kpă krông ksor kính kỳ kỷ la lam
  lan lanh linh liêm liên liễu liệt loan long luyến luân luận luật ly lài lành
  lâm lãm lãng lê lên lý lĩnh lũy lưu lương lưỡng lạc lập lễ lệ lệnh
  lịch lộ lộc lợi lụa lực lựu mai mi minh miên mlô muội my mây mão mùa
  mùi mơ mươl mười mạnh mẫn mẫu mận mậu mến mừng mỹ nam nay neang nga
  nghi nghiêm nghiệp nghĩa nghị ngoan ngoạn nguyên nguyễn nguyệt ngân ngô
  ngọ ngọc ngữ nhan nhi nhiên nho nhu nhung nhuận nhàn nhân nhã như nhượng
  nhạn nhẫn nhật nhị nhựa nhựt ni ninh niê niên nàng nông năm nương nết
  nở nữ oai oanh phan phi phin phiên phol phong phát phùng phú phúc phương
  phước phượng phạm phấn phẩm phận phục phụng quan quang quy quyên quyến
  quyết quyền quách quân quý quảng quế quốc quới quỳnh rcom rin rith rmah
  rơ rươl rạng rốt sa san sang sao sary sen sene sim sinh siu siêng son song soul
  soạn sung sà sáng sáu sâm sóc sót sóth sĩ sơn sương sắc sớm sửu sự
  sỹ thanh thi thiên thiều thiện thiệp thoa thoại thu thuyên thuyết thuyền
  thuấn thuận thuộc thy thành thái thân thép thêm thêu thìn thông thùy thúy
  thăng thơ thơm thư thương thước thường thưởng thạch thạnh thạo thả
  thảo thẩm thẩn thập thật thắm thắng thế thị thịnh thố thống thới
  thời thụ thụy thủy thứ thừa tiên tiến tiếp tiệp toàn toán toại
  toản trang tranh trinh triết triều triệu trung truyền trà trác tráng trâm
  trân trình trí trúc trương trường trạch trạng trầm trần trị trịnh
  trọng trợ trực tum tuy tuyên tuyến tuyết tuyền tuyển tuân tuấn tuất
  tuệ tài tám tâm tân tây tình tín tính tòng tô tùng tú tý tăng tư tường
  tưởng tạ tạo tấn tất tằm tặng tỉnh tịch tịnh tỏ tới từ từng
  tự tựu tỵ uy uyên uyển vi vinh viên viết viễn viện việt vui vy vàng vân
  võ võng văn vĩ vĩnh vũ vương vượng vạn vấn vệ vọng vỹ xinh xoan xu
  xuyên xuyến xuân xuất xứng y yên yến ái ánh ân âu êban êñuôl ích út ý
  đan đinh điền điểu điệp đoan đoàn đà đàm đào đình đôn đông đăng
  đường đượm đại đạm đạo đạt đằng đặng đẹp định đồng đỗ
  độ đức ơn ưng ứng
`
  .trim()
  .split(/\s+/)
