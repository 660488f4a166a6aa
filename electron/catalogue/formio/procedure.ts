import type { AuthoredProcedure } from '../../../shared/forms/index.ts'

export type AuthoredEntry = AuthoredProcedure['form']['fields'][number]
export type Paper = AuthoredProcedure['components'][number]

/** Nothing of what is taken over has been confirmed by anybody. */
export const IMPORTED = {
  mark: 'open',
  text: 'Nhập từ biểu mẫu Form.io, xã chưa xác nhận',
} as const

/** A procedure around what was taken over; its author says the rest. */
export function procedureOf(
  title: string,
  fields: readonly AuthoredEntry[],
  components: readonly Paper[],
  needsOfficer: boolean,
) {
  return {
    code: '0.000000',
    name: title,
    shortName: title,
    field: 'Chưa xếp',
    group: 'civil-status',
    drawing: 'file',
    level: 'partial',
    ends: 'counter',
    persons: 'one',
    ...(needsOfficer && { needsOfficer }),
    next: 'Ông/bà đưa phiếu cho cán bộ ở quầy.',
    limit: { value: 0, unit: 'UNKNOWN', source: IMPORTED },
    fee: { kind: 'unknown', source: IMPORTED },
    result: 'Kết quả theo cán bộ trả lời',
    components,
    form: {
      name: title,
      version: '1',
      validFrom: '2026-01-01',
      source: IMPORTED,
      people: [],
      stops: [],
      fields: fields.length > 0 ? fields : [NOTHING_ASKED],
      declaration: 'Tôi cam đoan những điều khai trên đây là đúng sự thật.',
    },
    source: IMPORTED,
  }
}

/** A form must ask something; one of which nothing could be taken over asks for a phone number. */
const NOTHING_ASKED: AuthoredEntry = {
  key: 'contactPhone',
  label: 'Số điện thoại',
  source: { from: 'asked' },
  input: { kind: 'phone' },
  question: 'Số điện thoại để xã gọi lại?',
  required: false,
  box: false,
}
