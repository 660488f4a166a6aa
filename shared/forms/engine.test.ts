import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers, AnswerValue } from './definition.ts'
import {
  boxes,
  buildForm,
  components,
  nextQuestion,
  progress,
  questions,
  resolveValues,
  valueText,
  visibleFields,
} from './engine.ts'
import { card, choiceField, procedureWith, textField, today } from './testing.ts'

const name = { kind: 'name', maxLength: 40 } as const
const forOther = { '==': [{ var: 'for' }, 'other'] }

/** Who it is for, their name and number, a paper that the card may lack, and a sentence. */
const procedure = procedureWith(
  [
    textField('requester.name', { source: { from: 'card', path: 'name' }, input: name }),
    textField('requester.old', { source: { from: 'card', path: 'oldNumber' }, required: false }),
    choiceField('for', ['self', 'other']),
    textField('subject.name', {
      input: name,
      cases: [
        {
          when: { '==': [{ var: 'for' }, 'self'] },
          source: { from: 'field', key: 'requester.name' },
        },
      ],
    }),
    textField('relation', { showIf: forOther }),
    textField('note', { required: false }),
    textField('country', { source: { from: 'default', value: 'Việt Nam' } }),
    choiceField('place', ['here', 'there']),
    textField('request', {
      source: { from: 'composed', text: 'Cấp cho {subject.name}, {place}.' },
      input: { kind: 'text', maxLength: 200 },
    }),
  ],
  [
    {
      code: 'proxy',
      name: 'Giấy ủy quyền',
      originals: 1,
      copies: 0,
      handling: 'hand-in',
      showIf: forOther,
      source: { mark: 'memory', text: 'Nguồn thử' },
    },
  ],
)
const keys = (fields: { key: string }[]) => fields.map(({ key }) => key)
const self: Answers = { for: 'self', place: 'here' }

describe('what is asked', () => {
  it('is what neither card, default nor another box can say', () => {
    expect(keys(questions(procedure, card, self))).toEqual(['for', 'note', 'place'])
    expect(keys(questions(procedure, card, { for: 'other' }))).toEqual([
      'for',
      'subject.name',
      'relation',
      'note',
      'place',
    ])
  })

  it('includes required boxes that the card leaves empty, and no optional ones', () => {
    expect(keys(questions(procedure, null, self))).toEqual([
      'requester.name',
      'for',
      'note',
      'place',
    ])
  })

  it('goes on to the first question neither answered nor skipped', () => {
    const key = (answers: Answers, skipped: string[] = []) =>
      nextQuestion(procedure, card, answers, skipped)?.key ?? null
    expect(key({})).toBe('for')
    expect(key({ for: 'self' })).toBe('note')
    expect(key({ for: 'self' }, ['note'])).toBe('place')
    expect(key(self, ['note'])).toBe(null)
  })
})

describe('the values', () => {
  it('come from the card, a copy, a default, a sentence and the citizen', () => {
    expect(resolveValues(procedure, card, self)).toEqual({
      'requester.name': 'Nguyễn Thị Ví Dụ',
      for: 'self',
      'subject.name': 'Nguyễn Thị Ví Dụ',
      country: 'Việt Nam',
      place: 'here',
      request: 'Cấp cho Nguyễn Thị Ví Dụ, Ô here.',
    })
  })

  it('of a hidden field are none, and come back when it is shown again', () => {
    const answers = { for: 'other', relation: 'mẹ', 'subject.name': 'Lê Mẫu', place: 'here' }
    expect(resolveValues(procedure, card, answers).relation).toBe('mẹ')
    const hidden = { ...answers, for: 'self' }
    expect(keys(visibleFields(procedure, card, hidden))).not.toContain('relation')
    expect(resolveValues(procedure, card, hidden)).not.toHaveProperty('relation')
    expect(resolveValues(procedure, card, { ...hidden, for: 'other' }).relation).toBe('mẹ')
  })

  it('of the card cannot be overruled by an answer', () => {
    expect(resolveValues(procedure, card, { 'requester.name': 'Kẻ Khác' })['requester.name']).toBe(
      card.name,
    )
  })

  it('in words are labels and written dates', () => {
    const field = procedure.form.fields.find(({ key }) => key === 'place')
    if (!field) throw new Error('no such field')
    expect(valueText(field, 'there')).toBe('Ô there')
    expect(valueText(field, { year: 1958, month: 9, day: 2 })).toBe('02/09/1958')
    expect(valueText(field, { year: 1958, month: 9 })).toBe('09/1958')
    expect(valueText(field, { year: 1958 })).toBe('1958')
    expect(valueText(field, 3)).toBe('3')
  })
})

describe('progress', () => {
  it('assumes the most frequent way until the citizen says otherwise', () => {
    expect(progress(procedure, card, {})).toEqual({ known: 4, total: 8, asked: 3 })
    expect(progress(procedure, card, { for: 'other' })).toEqual({ known: 3, total: 9, asked: 5 })
  })
})

describe('the papers', () => {
  it('are those whose condition holds', () => {
    expect(components(procedure, { for: 'self' })).toEqual([])
    expect(components(procedure, { for: 'other' }).map(({ code }) => code)).toEqual(['proxy'])
  })
})

describe('the finished form', () => {
  it('holds tidied answers, and copies of the tidied ones', () => {
    const built = buildForm(
      procedure,
      null,
      { 'requester.name': '  Lê   Mẫu ', for: 'self', place: 'here' },
      today,
    )
    expect(built).toEqual({
      ok: true,
      value: {
        'requester.name': 'Lê Mẫu',
        for: 'self',
        'subject.name': 'Lê Mẫu',
        country: 'Việt Nam',
        place: 'here',
        request: 'Cấp cho Lê Mẫu, Ô here.',
      },
    })
  })

  it('names every box that is missing or wrong', () => {
    expect(buildForm(procedure, card, { for: 'other', 'subject.name': 'Lê 2' }, today)).toEqual({
      ok: false,
      error: [
        { field: 'subject.name', problem: { code: 'letters-only' } },
        { field: 'relation', problem: { code: 'required' } },
        { field: 'place', problem: { code: 'required' } },
      ],
    })
  })

  it('asks for what a tidied choice opens', () => {
    const built = buildForm(
      procedure,
      card,
      { for: ' other ', 'subject.name': 'Lê', place: 'here' },
      today,
    )
    expect(built).toEqual({
      ok: false,
      error: [{ field: 'relation', problem: { code: 'required' } }],
    })
  })

  const value: fc.Arbitrary<AnswerValue> = fc.oneof(
    fc.constantFrom('self', 'other', 'here', 'there', 'Lê Mẫu', '  ', '5'),
    fc.string(),
    fc.integer(),
    fc.record({ year: fc.integer({ min: 1900, max: 2100 }) }),
  )
  const key = fc.constantFrom(...keys(procedure.form.fields), 'constructor', 'unknown')

  it('is valid or refused by name after any answers in any order, and holds nothing hidden', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value)), fc.boolean(), (given, withCard) => {
        const answers = Object.fromEntries(given)
        const from = withCard ? card : null
        const built = buildForm(procedure, from, answers, today)
        const values = built.ok ? built.value : {}
        const refused = built.ok ? [] : built.error.map(({ field }) => field)

        // A refusal names a box, and always one that the citizen can mend.
        expect(refused.length > 0).toBe(!built.ok)
        const mendable = new Set([
          'requester.name',
          'for',
          'subject.name',
          'relation',
          'note',
          'place',
        ])
        expect(refused.filter((field) => !mendable.has(field))).toEqual([])

        const shown = keys(visibleFields(procedure, from, values))
        expect(Object.keys(values).filter((sent) => !shown.includes(sent))).toEqual([])
        const empty = boxes(procedure, from, values).filter(
          ({ field, value }) => field.required && value === null,
        )
        expect(built.ok ? empty : []).toEqual([])
        // What was built is itself a valid set of answers, and builds the same form.
        expect(built.ok ? buildForm(procedure, from, values, today) : built).toEqual(built)
      }),
    )
  })
})
