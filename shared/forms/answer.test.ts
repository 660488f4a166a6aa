import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAnswer } from './answer.ts'
import { answerValueSchema, type AnswerValue } from './answer-value.ts'
import type { Field } from './field.ts'
import { card, choiceField, textField, today } from './testing.ts'

const inputs = {
  choice: {
    kind: 'choice',
    choices: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
  },
  name: { kind: 'name', maxLength: 20 },
  text: { kind: 'text', maxLength: 20 },
  phone: { kind: 'phone' },
  personal: { kind: 'personal-number' },
  number: { kind: 'number', min: 1, max: 20 },
  born: { kind: 'date', partial: true, range: 'past' },
  day: { kind: 'date', partial: false, range: 'past' },
  coming: { kind: 'date', partial: false, range: 'future' },
  money: { kind: 'money', min: 0, max: 50_000_000 },
  year: { kind: 'year', range: 'past' },
  kinds: {
    kind: 'choices',
    none: 'none',
    choices: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
      { value: 'none', label: 'Không' },
    ],
  },
  place: { kind: 'address', old: false, detail: true },
  more: { kind: 'more', table: 'members', row: 2 },
  card: { kind: 'card', person: 'other' },
} satisfies Record<string, Field['input']>

const check = (input: keyof typeof inputs, value: AnswerValue) =>
  checkAnswer(textField('x', { input: inputs[input] }), value, today)

describe('an answer is taken', () => {
  it.each<[keyof typeof inputs, AnswerValue, AnswerValue]>([
    ['money', '1.200.000', 1_200_000],
    ['money', 0, 0],
    ['year', '1958', { year: 1958 }],
    ['year', { year: 1958, month: 2 }, { year: 1958 }],
    ['kinds', ['b', 'a'], ['a', 'b']],
    ['kinds', ['none'], ['none']],
    ['place', ' Thôn 3,  xã Thử ', { text: 'Thôn 3, xã Thử' }],
    ['place', { text: 'Xã Thử', commune: '25252' }, { text: 'Xã Thử', commune: '25252' }],
    ['more', 'yes', 'yes'],
    ['card', card, card],
    ['choice', 'a', 'a'],
    ['name', '  Lê   Mẫu Đơn ', 'Lê Mẫu Đơn'],
    ['name', 'Điểu K’Mẫu', 'Điểu K’Mẫu'],
    ['name', "H'Hen Niê", "H'Hen Niê"],
    ['name', 'Y-Moan Ŏng ŏ̆', 'Y-Moan Ŏng ŏ̆'],
    ['name', 'Nguyễn'.normalize('NFD'), 'Nguyễn'],
    ['text', 'a \u200b b', 'a b'],
    ['text', 'Số 5,\u00a0Ấp\u200b Mẫu\n', 'Số 5, Ấp Mẫu'],
    ['phone', '0900 000 000', '0900000000'],
    ['phone', '0900.000-000', '0900000000'],
    ['phone', '+84 900 000 000', '0900000000'],
    ['personal', '083 190 000000', '083190000000'],
    ['number', 20, 20],
    ['number', ' 3 ', 3],
    ['born', { year: 1958 }, { year: 1958 }],
    ['born', { year: 1958, month: 9 }, { year: 1958, month: 9 }],
    ['day', { year: 2024, month: 2, day: 29 }, { year: 2024, month: 2, day: 29 }],
    ['day', today, today],
    ['coming', today, today],
  ])('%s: %j as %j', (input, value, kept) => {
    expect(check(input, value)).toEqual({ ok: true, value: kept })
  })
})

describe('an answer is refused by name', () => {
  it.each<[keyof typeof inputs, AnswerValue, object]>([
    ['text', ' \u200b ', { code: 'required' }],
    ['text', 5, { code: 'required' }],
    ['choice', 'c', { code: 'not-a-choice' }],
    ['choice', 'constructor', { code: 'not-a-choice' }],
    ['name', 'Lê Thị 2', { code: 'letters-only' }],
    ['name', "'-'", { code: 'letters-only' }],
    ['name', 'A'.repeat(21), { code: 'too-long', max: 20 }],
    ['text', 'a'.repeat(21), { code: 'too-long', max: 20 }],
    ['phone', '090000000', { code: 'not-a-phone' }],
    ['phone', '1900000000', { code: 'not-a-phone' }],
    ['phone', '+85 900000000', { code: 'not-a-phone' }],
    ['personal', '08319000000', { code: 'not-a-personal-number' }],
    ['personal', 83_190_000_000, { code: 'not-a-personal-number' }],
    ['number', 0, { code: 'number-range', min: 1, max: 20 }],
    ['number', 21, { code: 'number-range', min: 1, max: 20 }],
    ['number', 1.5, { code: 'number-range', min: 1, max: 20 }],
    ['number', 'ba', { code: 'number-range', min: 1, max: 20 }],
    ['day', '24/11/2026', { code: 'date-incomplete' }],
    ['day', { year: 2026 }, { code: 'date-incomplete' }],
    ['born', { year: 2026, day: 3 }, { code: 'date-incomplete' }],
    ['day', { year: 2026, month: 11, day: 31 }, { code: 'date-impossible' }],
    ['day', { year: 2023, month: 2, day: 29 }, { code: 'date-impossible' }],
    ['day', { year: 2026, month: 11, day: 25 }, { code: 'date-future' }],
    ['born', { year: 2027 }, { code: 'date-future' }],
    ['coming', { year: 2026, month: 11, day: 23 }, { code: 'date-past' }],
    ['money', 50_000_001, { code: 'number-range', min: 0, max: 50_000_000 }],
    ['money', '1,5', { code: 'number-range', min: 0, max: 50_000_000 }],
    ['year', '58', { code: 'date-incomplete' }],
    ['year', '2027', { code: 'date-future' }],
    ['year', '0058', { code: 'date-impossible' }],
    ['kinds', [], { code: 'required' }],
    ['kinds', 'a', { code: 'not-a-choice' }],
    ['kinds', ['x'], { code: 'not-a-choice' }],
    ['kinds', ['a', 'none'], { code: 'choices-clash' }],
    ['kinds', ['a', 'a'], { code: 'choices-clash' }],
    ['place', { text: ' ' }, { code: 'required' }],
    ['place', 'x'.repeat(301), { code: 'too-long', max: 300 }],
    ['more', 'maybe', { code: 'not-a-choice' }],
    ['card', '083190000000', { code: 'not-a-card' }],
  ])('%s: %j', (input, value, problem) => {
    expect(check(input, value)).toEqual({ ok: false, error: problem })
  })
})

describe('checkAnswer', () => {
  const anyValue = fc.oneof(
    fc.constant(card),
    fc.array(fc.constantFrom('a', 'b', 'none', 'x'), { maxLength: 4 }),
    fc.record({ text: fc.string() }),
    fc.nat(3000).map(String),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.double(),
    fc.record(
      {
        year: fc.integer({ min: 1800, max: 2200 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 31 }),
      },
      { requiredKeys: ['year'] },
    ),
  )
  const anyField = fc.oneof(
    fc.constantFrom(...Object.values(inputs)).map((input) => textField('x', { input })),
    fc.constant(choiceField('x', ['a', 'b'])),
  )

  it('never throws, and what it takes it takes again unchanged', () => {
    fc.assert(
      fc.property(anyField, anyValue, (field, value) => {
        const first = checkAnswer(field, value, today)
        if (!first.ok) return
        expect(answerValueSchema.safeParse(first.value).success).toBe(true)
        expect(checkAnswer(field, first.value, today)).toEqual(first)
      }),
    )
  })
})
