import { describe, expect, it } from 'vitest'
import { boxes } from './boxes.ts'
import type { Field } from './field.ts'
import { buildForm, checkEntry, limitFor, resolveValues, stopFor } from './engine.ts'
import { card, choiceField, known, procedureWith, textField, today } from './testing.ts'

/** What a form says of answers beside each other: checks, stops, sources that change with them. */

const from: Field = textField('from', {
  input: { kind: 'date', partial: false, range: 'any' },
})
const until: Field = textField('until', {
  input: { kind: 'date', partial: false, range: 'any' },
  checks: [
    { wrongIf: { '<': [{ var: 'until' }, { var: 'from' }] }, say: 'Ngày sau phải muộn hơn.' },
  ],
})
const day = (day: number) => ({ year: 2026, month: 12, day })

describe('a check of the form', () => {
  const procedure = procedureWith([from, until])
  const problem = { code: 'check', phrase: { text: 'Ngày sau phải muộn hơn.' } }

  it('refuses an entry that is wrong beside the others, in the form’s own words', () => {
    const enter = (entry: number) =>
      checkEntry(procedure, known, { from: day(5) }, until, day(entry))
    expect(enter(4)).toMatchObject({ ok: false, error: problem })
    expect(enter(6)).toEqual({ ok: true, value: day(6) })
  })

  it('looks again when the other answer was changed', () => {
    const built = buildForm(procedure, known, { from: day(9), until: day(6) })
    expect(built).toMatchObject({ ok: false, error: [{ field: 'until', problem }] })
  })
})

describe('a stop', () => {
  const born = textField('born', { input: { kind: 'date', partial: true, range: 'past' } })
  const procedure = procedureWith([born])
  procedure.form.stops.push({
    key: 'too-young',
    when: { '<': [{ age: { var: 'born' } }, 18] },
    title: 'Chưa đủ tuổi',
    text: 'Mời ông/bà ra quầy.',
    source: { mark: 'memory', text: 'Nguồn thử' },
  })

  it('stands only once its answer is there', () => {
    expect(stopFor(procedure, known, {})).toBe(null)
    expect(stopFor(procedure, known, { born: { year: 2008, month: 11, day: 24 } })).toBe(null)
    expect(stopFor(procedure, known, { born: { year: 2008, month: 11, day: 25 } })?.key).toBe(
      'too-young',
    )
  })

  it('is never filed past', () => {
    expect(buildForm(procedure, known, { born: { year: 2015 } })).toEqual({
      ok: false,
      error: [{ field: 'too-young', problem: { code: 'stopped' } }],
    })
  })
})

describe('a second card', () => {
  const field = textField('other.card', {
    input: { kind: 'card', person: 'other' },
    required: false,
  })
  const procedure = procedureWith([field])

  it('is another person’s, or it is refused', () => {
    expect(checkEntry(procedure, known, {}, field, card)).toEqual({
      ok: false,
      error: { code: 'same-card' },
    })
    const other = { ...card, number: '083085000000' }
    expect(checkEntry(procedure, known, {}, field, other).ok).toBe(true)
  })

  it('may have been laid at a question that is not asked any more', () => {
    const mother = textField('mother.card', {
      input: { kind: 'card', person: 'mother' },
      showIf: { '==': [{ var: 'with' }, 'mother'] },
      required: false,
    })
    const whom = choiceField('with', ['mother', 'other'])
    const asked = procedureWith([whom, mother, field])
    const laid = { ...card, number: '083085000000' }
    const lay = (value: string) =>
      checkEntry(asked, known, { with: value, 'mother.card': laid }, field, laid)
    expect(lay('mother')).toEqual({ ok: false, error: { code: 'same-card' } })
    expect(lay('other').ok).toBe(true)

    // Asked again after all, it cannot stand for two people.
    const twice = { with: 'mother', 'mother.card': laid, 'other.card': laid }
    const standing = boxes(asked, known, twice).map(({ field: { key }, value }) => [key, value])
    expect(standing).toEqual([
      ['with', 'mother'],
      ['mother.card', laid],
      ['other.card', null],
    ])
  })

  it('is a card and nothing else', () => {
    expect(checkEntry(procedure, known, {}, field, 'thẻ')).toMatchObject({
      error: { code: 'not-a-card' },
    })
  })
})

describe('a value', () => {
  it('comes from the first source that has something to say', () => {
    const procedure = procedureWith([
      textField('name', {
        source: [{ from: 'earlier', key: 'deceased.name' }, { from: 'asked' }],
        input: { kind: 'name', maxLength: 50 },
      }),
    ])
    const after = { ...known, earlier: { 'deceased.name': 'Lê Mẫu' } }
    expect(resolveValues(procedure, after, {})).toEqual({ name: 'Lê Mẫu' })
    expect(resolveValues(procedure, known, { name: 'Trần Thử' })).toEqual({ name: 'Trần Thử' })
  })

  it('of the chip is the choice whose words it is, in any letters', () => {
    const people = choiceField('people', ['kinh', 'stieng'], {
      source: [{ from: 'chip', path: 'ethnicity' }, { from: 'asked' }],
      input: {
        kind: 'choice',
        choices: [
          { value: 'kinh', label: 'Kinh' },
          { value: 'stieng', label: 'Xtiêng' },
        ],
      },
    })
    const read = (ethnicity: string) =>
      resolveValues(procedureWith([people]), { ...known, chip: { ethnicity } }, {})['people']
    expect(read('XTIÊNG')).toBe('stieng')
    expect(read('Thái Đen')).toBe(undefined)
  })

  it('that is a default may be changed where there is a question', () => {
    const kind = choiceField('kind', ['here', 'there'], {
      source: { from: 'default', value: 'here' },
    })
    expect(resolveValues(procedureWith([kind]), known, {})).toEqual({ kind: 'here' })
    expect(resolveValues(procedureWith([kind]), known, { kind: 'there' })).toEqual({
      kind: 'there',
    })
  })

  it('may be computed, and is none where its parts are not known', () => {
    const { question: _, ...silent } = textField('sum', {
      source: { from: 'computed', rule: { '+': [{ var: 'a' }, 1] } },
      input: { kind: 'number', min: 0, max: 10 },
      required: false,
    })
    const a = textField('a', { input: { kind: 'number', min: 0, max: 9 } })
    const procedure = procedureWith([a, silent])
    expect(resolveValues(procedure, known, { a: 3 })).toEqual({ a: 3, sum: 4 })
    expect(resolveValues(procedure, known, {})).toEqual({})
  })
})

describe('the limit', () => {
  it('is that of the first case that fits', () => {
    const procedure = procedureWith([textField('a')])
    procedure.limit = {
      ...procedure.limit,
      cases: [
        {
          when: { '==': [{ var: 'a' }, 'xa'] },
          value: 5,
          unit: 'WORKING_DAY',
          source: { mark: 'confirmed', text: 'Nguồn thử' },
        },
      ],
    }
    expect(limitFor(procedure, { values: { a: 'xa' }, today }).value).toBe(5)
    expect(limitFor(procedure, { values: { a: 'gần' }, today }).value).toBe(1)
  })
})
