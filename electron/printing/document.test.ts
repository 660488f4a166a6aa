import { describe, expect, it } from 'vitest'
import { unreachable } from '../../shared/domain/result.ts'
import {
  type Document,
  inPairs,
  slipDocument,
  type SlipInput,
  ticketDocument,
  type TicketInput,
} from './document.ts'
import { counterNoteDocument } from './counter-note.ts'
import { procedureSheetDocument } from './sheets.ts'

const slip: SlipInput = {
  commune: 'Xã Thử',
  province: 'Tỉnh Mẫu',
  kioskId: 'K01',
  clientRef: '01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b',
  reference: 'KM4TR7HC',
  procedureName: 'Xác nhận tình trạng hôn nhân',
  handIn: [],
  due: { state: 'officer' },
  next: null,
  maskedNumber: '083*****0000',
  receivedAtMs: Date.UTC(2026, 10, 24, 3, 5),
  ticket: { number: 'A027', counter: '2' },
  reprint: false,
}
const ticket: TicketInput = {
  commune: 'Xã Thử',
  province: 'Tỉnh Mẫu',
  kioskId: 'K01',
  number: 'A027',
  counter: '2',
  issuedAtMs: Date.UTC(2026, 10, 23, 17, 0),
  reprint: false,
}

/** Everything that can be read on the paper. */
const wordsOf = (document: Document): string[] =>
  document.flatMap((block) => {
    switch (block.kind) {
      case 'pair':
      case 'field':
        return [block.label, block.value]
      case 'qr':
        return [...block.caption]
      case 'columns':
        return [...block.left, ...block.right].map(({ text }) => text)
      case 'rule':
      case 'gap':
      case 'ruler':
        return []
      case 'text':
      case 'heading':
      case 'step':
      case 'notice':
      case 'code':
        return [block.text]
      default:
        return unreachable(block)
    }
  })
const qrOf = (document: Document) =>
  document.flatMap((block) => (block.kind === 'qr' ? [block.payload] : []))

describe('the slip', () => {
  it('says what it is, that nothing is sent yet, and how to ask about it', () => {
    const words = wordsOf(slipDocument(slip))
    expect(words).toContain('PHIẾU GHI NHẬN TẠM')
    expect(words).toContain('Đã nhận tại máy, CHƯA gửi tới cơ quan')
    expect(words).toContain('KM 4T R7 HC')
    expect(words).toContain('10 giờ 05, thứ Ba, 24 tháng 11 năm 2026')
    expect(words).toContain('Chờ gọi số A027 ở quầy 2.')
    expect(words).toContain('083*****0000')
    expect(words).not.toContain('BẢN IN LẠI')
  })

  it.each<[SlipInput['due'], string]>([
    [
      { state: 'limit', limit: { unit: 'WORKING_DAY', value: 3 }, counts: 'from-acceptance' },
      'trong 3 ngày làm việc, tính từ khi Cổng nhận hồ sơ',
    ],
    [
      { state: 'limit', limit: { unit: 'DAY', value: 15 }, counts: 'from-acceptance' },
      'trong 15 ngày, tính từ khi Cổng nhận hồ sơ',
    ],
    [
      { state: 'limit', limit: { unit: 'IN_DAY', cutoff: '15:00' }, counts: 'from-acceptance' },
      'trong ngày Cổng nhận hồ sơ; Cổng nhận sau 15 giờ thì ngày làm việc sau',
    ],
    [
      { state: 'limit', limit: { unit: 'IN_DAY', cutoff: null }, counts: 'from-acceptance' },
      'trong ngày Cổng nhận hồ sơ',
    ],
    [{ state: 'officer' }, 'cán bộ sẽ hẹn ngày'],
  ])('says from when the time counts, and names no day: %o', (due, words) => {
    expect(wordsOf(slipDocument({ ...slip, due }))).toContain(words)
  })

  it('carries the client reference and nothing personal in its QR', () => {
    expect(qrOf(slipDocument(slip))).toEqual(['MCK:S:01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b'])
  })

  it('leaves out the number and the queue where there is none', () => {
    const words = wordsOf(slipDocument({ ...slip, maskedNumber: null, ticket: null }))
    expect(words.join('\n')).not.toMatch(/Số thẻ|\*|Chờ gọi/)
  })

  it.each(['083090000000', '083******000', ''])('refuses %j as a masked number', (maskedNumber) => {
    expect(() => slipDocument({ ...slip, maskedNumber })).toThrow('masked number only')
  })

  it('says what must still follow before the errand is done, where something must', () => {
    const next = 'Hai người cùng tới ký.'
    expect(wordsOf(slipDocument({ ...slip, next }))).toContain(next)
    const steps = slipDocument(slip).filter(({ kind }) => kind === 'step')
    expect(slipDocument({ ...slip, next }).filter(({ kind }) => kind === 'step')).toHaveLength(
      steps.length + 1,
    )
  })

  it('says so when it is printed again', () => {
    expect(wordsOf(slipDocument({ ...slip, reprint: true }))).toContain('BẢN IN LẠI')
  })
})

describe('the note for a counter', () => {
  const note = { ...ticket, procedureName: 'Khai tử', rows: [{ label: 'Nơi', value: 'Ở nhà' }] }

  it('has number and answers, and says that nothing is filed', () => {
    const words = wordsOf(counterNoteDocument(note))
    expect(words).toContain('A027')
    expect(words).toContain('Ở nhà')
    expect(words).toContain('CHƯA nộp hồ sơ. Cán bộ ở quầy làm tiếp.')
    expect(words).not.toContain('BẢN IN LẠI')
  })

  it('says so when it is printed again', () => {
    expect(wordsOf(counterNoteDocument({ ...note, reprint: true }))).toContain('BẢN IN LẠI')
  })
})

describe('the ticket', () => {
  it('shows the number, the counter and the hour, and no errand', () => {
    const words = wordsOf(ticketDocument(ticket))
    expect(words).toContain('A027')
    expect(words).toContain('Quầy 2')
    expect(words).toContain('0 giờ, thứ Ba, 24 tháng 11 năm 2026')
  })

  it('names a counter that has a name of its own as it is called', () => {
    expect(wordsOf(ticketDocument({ ...ticket, counter: 'Bàn hộ tịch' }))).toContain('Bàn hộ tịch')
  })

  it('carries kiosk, local day and number in its QR, whatever day it is in Greenwich', () => {
    expect(qrOf(ticketDocument(ticket))).toEqual(['MCK:T:K01:20261124:A027'])
  })

  it('says so when it is printed again', () => {
    expect(wordsOf(ticketDocument({ ...ticket, reprint: true }))).toContain('BẢN IN LẠI')
  })
})

it('reads a reference in pairs', () => {
  expect(inPairs('KM4TR7HC')).toBe('KM 4T R7 HC')
  expect(inPairs('KM 4T R7 HC')).toBe('KM 4T R7 HC')
  expect(inPairs('KM4TR7H')).toBe('KM 4T R7 H')
})

describe("a procedure's sheet", () => {
  it('carries the code of the procedure in its QR, which leads the kiosk to it', () => {
    const sheet = procedureSheetDocument({
      commune: 'Xã Mẫu',
      province: 'Tỉnh Thí Điểm',
      procedureCode: '1.001193',
      procedureName: 'Đăng ký khai sinh',
      components: [],
      fee: 'không mất tiền',
      limit: 'trong ngày',
      result: 'Giấy khai sinh',
      place: 'Quầy 2',
    })
    expect(qrOf(sheet)).toEqual(['MCK:P:1.001193'])
  })
})
