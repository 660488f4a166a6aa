import type { RecordingProblem } from '../../shared/speech/index.ts'

/**
 * The words of the recording studio, for technicians and local speakers. They are no messages of the
 * kiosk: no citizen meets them, so they need neither clip nor translation.
 */
export const words = {
  'studio.title': 'Thu tiếng',
  'studio.loading': 'Đang mở bộ tiếng',
  'studio.not-open': 'Không mở được bộ tiếng. Mở lại bằng địa chỉ mà lệnh kiosk đã in ra.',
  'studio.read': 'Đọc câu này',
  'studio.from': 'Tiếng Việt',
  'studio.hear-vietnamese': 'Nghe tiếng Việt',
  'studio.record': 'Ghi âm',
  'studio.stop': 'Dừng',
  'studio.hear': 'Nghe lại',
  'studio.keep': 'Giữ',
  'studio.stop-keep': 'Dừng và giữ',
  'studio.skip': 'Bỏ qua',
  'studio.back': 'Lùi lại',
  'studio.level': 'Độ to của micro',
  'studio.recorded': 'Câu này đã thu',
  'studio.open': 'Câu này chưa thu',
  'studio.progress': 'Cả bộ',
  'studio.journeys': 'Từng thủ tục',
  'studio.all-done': 'Đã thu hết mọi câu.',
  'studio.keys':
    'Phím: V nghe tiếng Việt, dấu cách ghi âm hoặc dừng, N nghe lại, Enter giữ (đang ghi thì dừng và giữ luôn), → bỏ qua, ← lùi lại',
  'studio.part.visit': 'Lượt nào cũng nghe',
  'studio.part.number': 'Số',
  'studio.part.procedure': 'Theo thủ tục',
  'studio.part.seldom': 'Ít khi nghe',
  'studio.no-microphone':
    'Không dùng được micro. Cắm micro, cho phép trang này dùng rồi bấm Ghi âm lại.',
  'studio.not-kept': 'Chưa lưu được. Xem cửa sổ lệnh còn chạy không rồi bấm Giữ lại.',
  'studio.problem.silent': 'Không nghe thấy gì. Xem micro đã cắm và bật chưa rồi thu lại.',
  'studio.problem.too-soft': 'Nhỏ quá. Ngồi gần micro hơn rồi thu lại.',
  'studio.problem.clipped': 'To quá, tiếng bị vỡ. Ngồi xa micro hơn rồi thu lại.',
  'studio.problem.too-short': 'Ngắn quá. Thu lại cả câu.',
  'studio.problem.too-long': 'Dài quá nửa phút. Thu lại ngắn hơn.',
} as const

export type StudioWord = keyof typeof words

export const say = (key: StudioWord): string => words[key]

export const problemWords = (problem: RecordingProblem): string =>
  words[`studio.problem.${problem}`]
