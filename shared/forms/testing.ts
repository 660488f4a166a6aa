import type { FullDate, IdCard } from '../domain/id-card.ts'
import type { Procedure } from './definition.ts'
import type { Field } from './field.ts'
import type { Known } from './known.ts'

/** For tests: an invented citizen. */
export const card: IdCard = {
  number: '083190000000',
  oldNumber: null,
  name: 'Nguyễn Thị Ví Dụ',
  birth: { year: 1990, month: 3, day: 5 },
  sex: 'female',
  address: 'Ấp Mẫu, Xã Thử',
  issued: { year: 2022, month: 1, day: 1 },
  extra: [],
  warnings: [],
}

/** For tests: the day on which they play. */
export const today: FullDate = { year: 2026, month: 11, day: 24 }

/** For tests: what is known of them when they have held their card under the scanner. */
export const known: Known = { card, chip: null, earlier: {}, today }

const source = { mark: 'memory', text: 'Nguồn thử' } as const

/** For tests: a sound procedure around the given fields. */
export function procedureWith(
  fields: Field[],
  components: Procedure['components'] = [],
): Procedure {
  return {
    code: '9.000001',
    name: 'Thủ tục thử',
    shortName: 'Việc thử',
    field: 'Thử',
    group: 'civil-status',
    drawing: 'file',
    level: 'full',
    ends: 'filed',
    persons: 'one',
    next: 'Mời ông/bà chờ gọi số.',
    limit: { value: 1, unit: 'WORKING_DAY', source },
    fee: { kind: 'free', source },
    result: 'Giấy thử',
    components,
    form: {
      name: 'Tờ khai thử',
      version: '1',
      validFrom: '2026-01-01',
      source,
      people: [],
      tables: [],
      stops: [],
      fields,
      declaration: 'Tôi cam đoan điều khai là đúng.',
    },
    source,
  }
}

/** For tests: a required short text that is asked. */
export function textField(key: string, more: Partial<Field> = {}): Field {
  return {
    key,
    label: 'Ô thử',
    source: { from: 'asked' },
    input: { kind: 'text', maxLength: 40 },
    question: 'Câu hỏi thử?',
    required: true,
    ...more,
  }
}

/** For tests: a choice between two or more values, each its own label. */
export function choiceField(key: string, values: string[], more: Partial<Field> = {}): Field {
  const input = {
    kind: 'choice' as const,
    choices: values.map((value) => ({ value, label: `Ô ${value}` })),
  }
  return textField(key, { input, ...more })
}
