import type { WatchSource } from '../capture/use-capture.ts'

/**
 * A camera for training: draws an invented sheet on a tray and gives it as a camera would. What
 * lies there is the presenter's to choose; after a page is loaded again it is the good sheet.
 */
export const samples = ['good', 'aside', 'dark', 'blurred', 'glare', 'empty'] as const
export type Sample = (typeof samples)[number]

let lying: Sample = 'good'

/** Puts another sheet under the camera. */
export function lay(sample: Sample): void {
  lying = sample
}

const SIZE = { width: 1920, height: 1440 } as const
const DRAW_EVERY_MS = 100

const lines = [
  'Họ tên mẹ: Lý Thị Ví Dụ',
  'Nơi ở: ấp Mẫu, xã Thử, tỉnh Thí Điểm',
  'Đã sinh con lúc 8 giờ 15 phút, ngày 15/08/2026',
  'Tại: Trạm y tế xã Thử',
  'Giới tính của con: nữ, cân nặng 3.200 gam',
  'Dự định đặt tên con là: Lê Thị Mẫu',
  'Số định danh của mẹ: 083192000000',
]

export const watchSampleCamera: WatchSource = (tell) => {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE.width
  canvas.height = SIZE.height
  const context = canvas.getContext('2d')
  if (context === null) {
    tell({ state: 'missing' })
    return () => {}
  }
  const draw = () => drawTray(context, lying)
  draw()
  const timer = setInterval(draw, DRAW_EVERY_MS)
  const stream = canvas.captureStream()
  tell({ state: 'live', stream })
  return () => {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
  }
}

function drawTray(context: CanvasRenderingContext2D, sample: Sample): void {
  context.resetTransform()
  context.filter = 'none'
  context.fillStyle = '#3d434c'
  context.fillRect(0, 0, SIZE.width, SIZE.height)
  if (sample === 'empty') return
  if (sample === 'blurred') context.filter = 'blur(9px)'
  const aside = sample === 'aside' ? 620 : 0
  context.setTransform(0.998, 0.05, -0.05, 0.998, 520 + aside, 60)
  drawSheet(context)
  context.resetTransform()
  context.filter = 'none'
  if (sample === 'dark') {
    context.fillStyle = 'rgb(0 0 0 / 78%)'
    context.fillRect(0, 0, SIZE.width, SIZE.height)
  }
  if (sample === 'glare') {
    const lamp = context.createRadialGradient(960, 700, 40, 960, 700, 220)
    lamp.addColorStop(0, 'rgb(255 255 255 / 100%)')
    lamp.addColorStop(0.6, 'rgb(255 255 255 / 100%)')
    lamp.addColorStop(1, 'rgb(255 255 255 / 0%)')
    context.fillStyle = lamp
    context.fillRect(0, 0, SIZE.width, SIZE.height)
  }
}

function drawSheet(context: CanvasRenderingContext2D): void {
  context.fillStyle = '#e9e6de'
  context.fillRect(0, 0, 920, 1300)
  context.fillStyle = '#262b35'
  context.font = '600 26px "Be Vietnam Pro", sans-serif'
  context.fillText('TRẠM Y TẾ XÃ THỬ', 90, 110)
  context.font = '700 52px "Be Vietnam Pro", sans-serif'
  context.fillText('GIẤY CHỨNG SINH', 230, 230)
  context.font = '400 33px "Be Vietnam Pro", sans-serif'
  for (const [index, line] of lines.entries()) context.fillText(line, 90, 350 + index * 88)
  context.font = '400 28px "Be Vietnam Pro", sans-serif'
  context.fillText('Người đỡ đẻ', 610, 1060)
  context.fillText('(mẫu để tập huấn)', 570, 1220)
  context.strokeStyle = '#9c4a52'
  context.lineWidth = 5
  context.beginPath()
  context.arc(690, 1130, 78, 0, Math.PI * 2)
  context.stroke()
}
