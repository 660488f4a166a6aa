import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers, AnswerValue } from './answer-value.ts'
import { boxes, isDeclared } from './boxes.ts'
import {
  buildForm,
  checkEntry,
  components,
  nextQuestion,
  progress,
  questions,
  resolveValues,
} from './engine.ts'
import type { Field } from './field.ts'
import { nothingKnown } from './known.ts'
import { card, choiceField, known, procedureWith, textField, today } from './testing.ts'
import { valueText } from './value-text.ts'

const fixed = (key: string, value: string) => {
  const { question: _, ...silent } = textField(key, { source: { from: 'default', value } })
  return silent
}
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
    fixed('country', 'Việt Nam'),
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
const nobody = nothingKnown(today)
const keys = (fields: { key: string }[]) => fields.map(({ key }) => key)
const self: Answers = { for: 'self', place: 'here' }

describe('what is asked', () => {
  it('is what neither card, default nor another box can say', () => {
    expect(keys(questions(procedure, known, self))).toEqual(['for', 'note', 'place'])
    expect(keys(questions(procedure, known, { for: 'other' }))).toEqual([
      'for',
      'subject.name',
      'relation',
      'note',
      'place',
    ])
  })

  it('includes required boxes that the card leaves empty, and no optional ones', () => {
    expect(keys(questions(procedure, nobody, self))).toEqual([
      'requester.name',
      'for',
      'note',
      'place',
    ])
  })

  it('goes on to the first question neither answered nor skipped', () => {
    const key = (answers: Answers, skipped: string[] = []) =>
      nextQuestion(procedure, known, answers, skipped)?.key ?? null
    expect(key({})).toBe('for')
    expect(key({ for: 'self' })).toBe('note')
    expect(key({ for: 'self' }, ['note'])).toBe('place')
    expect(key(self, ['note'])).toBe(null)
  })
})

describe('a name in parts', () => {
  const { question: _, ...silent } = textField('middle', { required: false })
  const parted = procedureWith([
    textField('name', { input: name }),
    textField('family', {
      input: name,
      source: { from: 'name-part', of: 'name', part: 'family' },
      required: false,
    }),
    textField('given', {
      input: name,
      source: { from: 'name-part', of: 'name', part: 'given', without: ['family'] },
      required: false,
    }),
    { ...silent, source: { from: 'name-rest', of: 'name', without: ['family', 'given'] } },
  ])
  const values = (answers: Answers) => resolveValues(parted, known, answers)
  const [, family = textField('none'), given = textField('none')] = parted.form.fields
  const take = (field: Field, answers: Answers, entry: string) =>
    checkEntry(parted, known, answers, field, entry)

  it('is guessed, asks nothing, and may be changed on the check page', () => {
    const guessed = { name: 'Lê Thị Ví Dụ', family: 'Lê', given: 'Dụ', middle: 'Thị Ví' }
    expect(values({ name: 'Lê Thị Ví Dụ' })).toEqual(guessed)
    expect(keys(questions(parted, known, {}))).toEqual(['name'])
    const boxOf = boxes(parted, known, { name: 'Lê Thị Ví Dụ' }).find(
      ({ field }) => field.key === 'given',
    )
    expect(boxOf).toMatchObject({ asked: false, changeable: true, answered: false })
  })

  it('is what the citizen says, and the rest follows', () => {
    const name = 'Y Blin Niê'
    expect(values({ name, family: 'Niê', given: 'Y Blin' })).toEqual({
      name,
      family: 'Niê',
      given: 'Y Blin',
    })
  })

  it('falls with the name that it was part of', () => {
    expect(values({ name: 'Trần Ví', family: 'Niê' })).toMatchObject({ family: 'Trần' })
  })

  it('is guessed from what the other part leaves, where one alone is corrected', () => {
    const name = 'Y Bhăm Niê'
    expect(values({ name, family: 'Niê' })).toEqual({
      name,
      family: 'Niê',
      given: 'Bhăm',
      middle: 'Y',
    })
    expect(values({ name, given: 'Bhăm' })).toEqual({
      name,
      family: 'Y',
      given: 'Bhăm',
      middle: 'Niê',
    })
    expect(values({ name, family: name })).toEqual({ name, family: name })
  })

  it('gives way to a family name that takes its words', () => {
    const name = 'Y Bhăm Niê'
    expect(values({ name, family: 'Y Bhăm', given: 'Bhăm' })).toMatchObject({ given: 'Niê' })
  })

  it('takes nothing that is not in the name, or is only a piece of a word', () => {
    const absent = { ok: false, error: { code: 'not-in-name' } }
    expect(take(family, { name: 'Trần Ví' }, 'Niê')).toEqual(absent)
    expect(take(given, { name: 'Y-Moan Niê' }, 'Moan')).toEqual(absent)
    expect(take(given, { name: 'Y-Moan Niê' }, 'Y-Moan')).toMatchObject({ ok: false })
    expect(take(family, { name: 'Trần Ví' }, 'Trần Ví')).toMatchObject({ ok: true })
  })

  it('takes no word that stands as the family name already', () => {
    const name = 'Y Bhăm Niê'
    const taken = { ok: false, error: { code: 'is-family-name' } }
    expect(take(given, { name }, 'Y Bhăm')).toEqual(taken)
    expect(take(given, { name, family: 'Niê' }, 'Y Bhăm')).toMatchObject({ ok: true })
    expect(take(given, { name, family: 'Niê' }, 'Niê')).toEqual(taken)
  })

  it('puts each word of the name into one box, or refuses by name, whatever is corrected', () => {
    const words = fc.constantFrom('Y', 'Y-Moan', 'Moan', 'Bhăm', 'Niê', 'Tôn', 'Nữ')
    const text = (maxLength: number) =>
      fc.array(words, { minLength: 1, maxLength }).map((all) => all.join(' '))
    const correction = fc.tuple(fc.constantFrom(family, given), text(3))
    fc.assert(
      fc.property(text(4), fc.array(correction, { maxLength: 4 }), (name, corrections) => {
        const answers: Record<string, AnswerValue> = { name }
        for (const [field, entry] of corrections) {
          const taken = take(field, answers, entry)
          if (taken.ok) answers[field.key] = taken.value
          expect(['not-in-name', 'is-family-name', entry]).toContain(
            taken.ok ? values(answers)[field.key] : taken.error.code,
          )
        }
        const all = values(answers)
        const inBoxes = ['family', 'middle', 'given'].flatMap((key) => {
          const part = all[key]
          return typeof part === 'string' ? part.split(' ') : []
        })
        expect(inBoxes.toSorted()).toEqual(name.split(' ').toSorted())
      }),
    )
  })
})

describe('a default', () => {
  const here = { '==': [{ var: 'at' }, 'here'] }
  const clinic = (fixed?: true) =>
    procedureWith([
      choiceField('at', ['here', 'elsewhere']),
      textField('clinic', {
        cases: [
          { when: here, source: { from: 'default', value: 'Trạm này', ...(fixed && { fixed }) } },
        ],
      }),
    ])
  const stale = { at: 'here', clinic: 'Bệnh viện thử' }

  it('with a question may be changed', () => {
    expect(resolveValues(clinic(), known, stale)).toEqual(stale)
  })

  it('that is fixed stands over what was answered before it applied', () => {
    expect(resolveValues(clinic(true), known, stale)).toEqual({ at: 'here', clinic: 'Trạm này' })
    expect(boxes(clinic(true), known, stale)[1]).toMatchObject({ changeable: false })
    expect(buildForm(clinic(true), known, stale)).toMatchObject({
      value: { clinic: 'Trạm này' },
    })
    expect(resolveValues(clinic(true), known, { ...stale, at: 'elsewhere' })).toMatchObject({
      clinic: 'Bệnh viện thử',
    })
  })
})

describe('an answer that another one has made wrong', () => {
  const stay = procedureWith([
    textField('from'),
    textField('until', {
      checks: [
        { wrongIf: { '<': [{ var: 'until' }, { var: 'from' }] }, say: 'Phải sau ngày đầu.' },
      ],
    }),
    textField('note'),
  ])

  it('is open again, before whatever follows', () => {
    const next = (answers: Answers) => nextQuestion(stay, known, answers, [])?.key
    expect(next({ from: '2026', until: '2027' })).toBe('note')
    expect(next({ from: '2028', until: '2027' })).toBe('until')
    expect(next({ from: '2028', until: '2027', note: 'x' })).toBe('until')
  })
})

describe('what is offered', () => {
  const offering = procedureWith([
    textField('name'),
    textField('paper', { required: false, offered: true }),
  ])
  const stands = (answers: Answers) =>
    boxes(offering, known, answers).find(({ field }) => field.key === 'paper')

  it('is not asked, and holds nobody up', () => {
    expect(questions(offering, known, {}).map(({ key }) => key)).toEqual(['name'])
    expect(stands({})).toMatchObject({ asked: false, offered: true, value: null })
    expect(nextQuestion(offering, known, { name: 'An' }, [])).toBeNull()
  })

  it('is filed once the citizen adds it, and is no gain of the card', () => {
    const answers = { name: 'An', paper: 'Số 5' }
    expect(buildForm(offering, known, answers)).toEqual({ ok: true, value: answers })
    expect(progress(offering, known, answers).known).toBe(0)
  })
})

describe('the card of another person', () => {
  const person = { key: 'mother', name: 'người mẹ' }
  const form = procedureWith([
    textField('mother.card', { input: { kind: 'card', person: 'mother' }, required: false }),
    textField('mother.name', {
      source: [
        { from: 'earlier', key: 'mother.name' },
        { from: 'card', path: 'name', of: 'mother' },
      ],
      input: name,
    }),
  ])
  const withMother = { ...form, form: { ...form.form, people: [person] } }
  const keys = (earlier: Answers) =>
    questions(withMother, { ...known, earlier }, {}).map(({ key }) => key)

  it('is asked for only while an earlier filing has not said what it would say', () => {
    expect(keys({})).toEqual(['mother.card', 'mother.name'])
    expect(keys({ 'mother.name': 'Lý Thị Mẫu' })).toEqual([])
  })
})

describe('the values', () => {
  it('come from the card, a copy, a default, a sentence and the citizen', () => {
    expect(resolveValues(procedure, known, self)).toEqual({
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
    expect(resolveValues(procedure, known, answers).relation).toBe('mẹ')
    const hidden = { ...answers, for: 'self' }
    expect(Object.keys(resolveValues(procedure, known, hidden))).not.toContain('relation')
    expect(resolveValues(procedure, known, hidden)).not.toHaveProperty('relation')
    expect(resolveValues(procedure, known, { ...hidden, for: 'other' }).relation).toBe('mẹ')
  })

  it('of the card cannot be overruled by an answer', () => {
    expect(resolveValues(procedure, known, { 'requester.name': 'Kẻ Khác' })['requester.name']).toBe(
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
    expect(progress(procedure, known, {})).toEqual({ known: 4, total: 8, asked: 3 })
    expect(progress(procedure, known, { for: 'other' })).toEqual({ known: 3, total: 9, asked: 5 })
  })
})

describe('the papers', () => {
  it('are those whose condition holds', () => {
    expect(components(procedure, { values: { for: 'self' }, today })).toEqual([])
    expect(
      components(procedure, { values: { for: 'other' }, today }).map(({ code }) => code),
    ).toEqual(['proxy'])
  })
})

describe('the finished form', () => {
  it('holds tidied answers, and copies of the tidied ones', () => {
    const built = buildForm(procedure, nobody, {
      'requester.name': '  Lê   Mẫu ',
      for: 'self',
      place: 'here',
    })
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

  it('holds the helping questions, and no helping field that follows from the rest', () => {
    const helped = procedureWith([
      { ...choiceField('for', ['self', 'other']), box: false },
      {
        ...fixed('for.self', ''),
        source: {
          from: 'computed',
          rule: { if: [{ '==': [{ var: 'for' }, 'self'] }, 'yes', 'no'] },
        },
        box: false,
      },
      { ...fixed('country', 'Việt Nam'), box: false },
      textField('relation', { showIf: { '==': [{ var: 'for.self' }, 'no'] } }),
    ])
    const form = { for: 'other', relation: 'Con' }
    expect(buildForm(helped, known, form)).toEqual({ ok: true, value: form })
    const declared = boxes(helped, known, form).filter(isDeclared)
    expect(declared.map(({ field }) => field.key)).toEqual(['for', 'relation'])
  })

  it('names every box that is missing or wrong', () => {
    expect(buildForm(procedure, known, { for: 'other', 'subject.name': 'Lê 2' })).toEqual({
      ok: false,
      error: [
        { field: 'subject.name', problem: { code: 'letters-only' } },
        { field: 'relation', problem: { code: 'required' } },
        { field: 'place', problem: { code: 'required' } },
      ],
    })
  })

  it('asks for what a tidied choice opens', () => {
    const built = buildForm(procedure, known, {
      for: ' other ',
      'subject.name': 'Lê',
      place: 'here',
    })
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
        const from = withCard ? known : nobody
        const built = buildForm(procedure, from, answers)
        const values = built.ok ? built.value : {}
        const refused = built.ok ? [] : built.error.map(({ field }) => field)

        // A refusal names a box that the citizen can mend, or what came with a form from elsewhere.
        expect(refused.length > 0).toBe(!built.ok)
        const mendable = new Set([
          'requester.name',
          'requester.old',
          'for',
          'subject.name',
          'relation',
          'note',
          'place',
        ])
        expect(refused.filter((field) => !mendable.has(field))).toEqual([])

        const shown = keys(boxes(procedure, from, values).map(({ field }) => field))
        expect(Object.keys(values).filter((sent) => !shown.includes(sent))).toEqual([])
        const empty = boxes(procedure, from, values).filter(
          ({ field, value }) => field.required && value === null,
        )
        expect(built.ok ? empty : []).toEqual([])
        // What was built is itself a valid set of answers, and builds the same form.
        expect(built.ok ? buildForm(procedure, from, values) : built).toEqual(built)
      }),
    )
  })
})
