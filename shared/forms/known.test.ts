import { describe, expect, it } from 'vitest'
import type { AnswerValue } from './answer-value.ts'
import { resolveValues } from './engine.ts'
import type { FieldInput } from './field.ts'
import { known, procedureWith, textField } from './testing.ts'

describe('what an earlier filing says', () => {
  const choices = [
    { value: 'a', label: 'Ô a' },
    { value: 'b', label: 'Ô b' },
  ]
  const wholeDate = { kind: 'date', partial: false, range: 'past' } as const
  it.each<[string, FieldInput, AnswerValue, boolean]>([
    ['a choice of both forms', { kind: 'choice', choices }, 'a', true],
    ['a choice that this form has not', { kind: 'choice', choices }, 'c', false],
    ['choices of both forms', { kind: 'choices', choices }, ['a', 'b'], true],
    ['choices that this form has not', { kind: 'choices', choices }, ['a', 'c'], false],
    ['a number within the bounds', { kind: 'number', min: 1, max: 9 }, 9, true],
    ['a number beyond them', { kind: 'number', min: 1, max: 9 }, 10, false],
    ['a year for a year', { kind: 'year', range: 'any' }, { year: 1958 }, true],
    ['words for a year', { kind: 'year', range: 'any' }, 'năm nay', false],
    ['a place', { kind: 'address', old: true, detail: true }, { text: 'Ấp Mẫu' }, true],
    ['a date for a place', { kind: 'address', old: true, detail: true }, { year: 1958 }, false],
    ['words', { kind: 'text', maxLength: 40 }, 'Chữ', true],
    ['a year alone for a whole date', wholeDate, { year: 2020 }, false],
    ['a whole date for a whole date', wholeDate, { year: 2020, month: 2, day: 28 }, true],
    ['a day to come for one that has been', wholeDate, { year: 2027, month: 2, day: 28 }, false],
    ['more words than there is room for', { kind: 'text', maxLength: 5 }, 'Chữ dài', false],
    ['words for a personal number', { kind: 'personal-number' }, 'Chữ', false],
    ['a number for words', { kind: 'text', maxLength: 40 }, 7, false],
  ])('%s', (_name, input, value, taken) => {
    const field = textField('here', { input, source: { from: 'earlier', key: 'there' } })
    const values = resolveValues(
      procedureWith([field]),
      { ...known, earlier: { there: value } },
      {},
    )
    expect(values).toEqual(taken ? { here: value } : {})
  })
})
