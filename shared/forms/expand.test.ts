import { describe, expect, it } from 'vitest'
import { authoredProcedureSchema, type FormLibrary } from './authored.ts'
import { checkProcedure } from './check.ts'
import { boxes } from './boxes.ts'
import { buildForm, nextQuestion } from './engine.ts'
import { expand } from './expand.ts'
import { procedurePhrases } from './phrases.ts'
import { card, known, procedureWith, textField } from './testing.ts'

const library: FormLibrary = {
  groups: {
    person: [
      {
        key: 'name',
        label: 'Họ tên <who>',
        source: { from: 'card', path: 'name' },
        input: { kind: 'name', maxLength: 50 },
        question: 'Tên của <who> là gì?',
        required: true,
      },
      {
        key: 'people',
        label: 'Dân tộc <who>',
        source: { from: 'asked' },
        input: { kind: 'listed', list: 'peoples' },
        question: '<Who> là dân tộc nào?',
        required: true,
      },
      {
        key: 'peopleOther',
        label: 'Dân tộc khác',
        source: { from: 'asked' },
        input: { kind: 'text', maxLength: 50 },
        question: 'Tên dân tộc ấy là gì?',
        required: true,
        showIf: { '==': [{ var: '.people' }, 'other'] },
      },
    ],
  },
  lists: {
    peoples: [
      { value: 'kinh', label: 'Kinh' },
      { value: 'other', label: 'Khác' },
    ],
  },
}

const who = {
  key: 'who',
  label: 'Cho ai',
  source: { from: 'asked' },
  input: {
    kind: 'choice',
    choices: [
      { value: 'self', label: 'Tôi' },
      { value: 'other', label: 'Người khác' },
    ],
  },
  question: 'Xin cho ai?',
  required: true,
}

const authored = (fields: unknown[], people: unknown[] = []) => {
  const { form, ...rest } = procedureWith([])
  return authoredProcedureSchema.parse({ ...rest, form: { ...form, people, fields } })
}
const written = (fields: unknown[], people: unknown[] = []) => {
  const expanded = expand(authored(fields, people), library)
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.error))
  return expanded.value
}

describe('a group', () => {
  const use = {
    use: 'person',
    as: 'mother',
    words: { who: 'người mẹ', Who: 'Người mẹ' },
    of: 'mother',
  }
  const mother = { key: 'mother', name: 'người mẹ' }

  it('becomes fields of one person, in words, keys, rules and cards', () => {
    const { form } = written([use], [mother])
    expect(form.fields).toMatchObject([
      {
        key: 'mother.name',
        label: 'Họ tên người mẹ',
        question: 'Tên của người mẹ là gì?',
        source: { from: 'card', path: 'name', of: 'mother' },
      },
      { key: 'mother.people', input: { kind: 'choice', choices: library.lists['peoples'] } },
      { key: 'mother.peopleOther', showIf: { '==': [{ var: 'mother.people' }, 'other'] } },
    ])
    expect(checkProcedure(written([use], [mother]))).toEqual([])
  })

  it('leaves fields out, changes parts of one, and shows all under one condition', () => {
    const shown = { '==': [{ var: 'who' }, 'other'] }
    const { form } = written(
      [
        who,
        {
          ...use,
          without: ['peopleOther'],
          with: { people: { required: false } },
          showIf: shown,
        },
      ],
      [mother],
    )
    expect(form.fields.slice(1)).toMatchObject([
      { key: 'mother.name', required: true, showIf: shown },
      { key: 'mother.people', required: false, showIf: shown },
    ])
  })

  it.each([
    [
      { ...use, use: 'nobody' },
      { code: 'unknown-group', name: 'nobody' },
    ],
    [
      { ...use, without: ['age'] },
      { code: 'unknown-field', name: 'person.age' },
    ],
    [
      { ...use, with: { name: { required: 'yes' } } },
      { code: 'bad-field', name: 'mother.name' },
    ],
  ])('%j is refused', (one, problem) => {
    expect(expand(authored([one]), library)).toEqual({ ok: false, error: [problem] })
  })

  it('whose list is unknown is refused', () => {
    const expanded = expand(authored([use]), { ...library, lists: {} })
    expect(expanded).toEqual({ ok: false, error: [{ code: 'unknown-list', name: 'peoples' }] })
  })
})

describe('a table', () => {
  const table = (least: number) => ({
    table: 'members',
    label: 'Thành viên',
    least,
    most: 3,
    more: { first: 'Có ai nữa không?', next: 'Còn ai nữa không?' },
    columns: [
      {
        key: 'name',
        label: 'Người thứ <n>',
        source: { from: 'asked' },
        input: { kind: 'name', maxLength: 50 },
        question: 'Người đó tên gì?',
        required: true,
      },
      {
        key: 'kin',
        label: 'Quan hệ',
        source: { from: 'asked' },
        input: { kind: 'text', maxLength: 50 },
        question: 'Người đó là ai?',
        required: true,
        showIf: { '!=': [{ var: '.name' }, 'Lê'] },
      },
    ],
  })

  it('asks whether there is a row, then its questions, and again, to the last row', () => {
    const procedure = written([table(0)])
    expect(checkProcedure(procedure)).toEqual([])
    const asked: string[] = []
    const answers: Record<string, string> = {}
    for (;;) {
      const next = nextQuestion(procedure, known, answers, [])
      if (next === null) break
      asked.push(next.key)
      answers[next.key] = next.input.kind === 'more' ? 'yes' : 'Mẫu'
    }
    expect(asked).toEqual(
      [1, 2, 3].flatMap((row) => [
        `members.more.${row}`,
        `members.${row}.name`,
        `members.${row}.kin`,
      ]),
    )
    expect(buildForm(procedure, known, answers).ok).toBe(true)
  })

  it('has its least rows without being asked', () => {
    const keys = boxes(written([table(2)]), known, {}).map(({ field }) => field.key)
    expect(keys).toEqual([
      'members.1.name',
      'members.1.kin',
      'members.2.name',
      'members.2.kin',
      'members.more.3',
    ])
  })

  it('says the same words in every row, and numbers its labels', () => {
    const procedure = written([table(1)])
    const [, , , second] = procedure.form.fields
    expect(second).toMatchObject({ key: 'members.2.name', label: 'Người thứ 2' })
    const keys = procedurePhrases(procedure).map(({ key }) => key)
    expect(keys.filter((key) => key.endsWith('question.members.name'))).toHaveLength(1)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('looks at its own row in its rules', () => {
    const procedure = written([table(2)])
    const answers = { 'members.1.name': 'Lê', 'members.2.name': 'Mẫu' }
    const keys = boxes(procedure, known, answers).map(({ field }) => field.key)
    expect(keys).not.toContain('members.1.kin')
    expect(keys).toContain('members.2.kin')
  })
})

describe('the card of another person', () => {
  const fields = [
    who,
    {
      key: 'subject.card',
      label: 'Thẻ của người được cấp',
      source: { from: 'asked' },
      input: { kind: 'card', person: 'subject' },
      question: 'Có thẻ của người đó ở đây không?',
      required: false,
      box: false,
    },
    {
      use: 'person',
      as: 'subject',
      of: 'subject',
      words: { who: 'người đó', Who: 'Người đó' },
      without: ['people', 'peopleOther'],
    },
  ]
  const people = [
    {
      key: 'subject',
      name: 'người được cấp',
      applicantIf: { '==': [{ var: 'who' }, 'self'] },
    },
  ]
  const procedure = written(fields, people)
  const other = { ...card, number: '083085000000', name: 'Trần Văn Ví Dụ' }
  const valueOf = (answers: Parameters<typeof boxes>[2]) =>
    boxes(procedure, known, answers).find(({ field }) => field.key === 'subject.name')

  it('is not asked for where the applicant is that person', () => {
    expect(checkProcedure(procedure)).toEqual([])
    expect(nextQuestion(procedure, known, { who: 'self' }, [])).toBe(null)
    expect(valueOf({ who: 'self' })?.value).toBe(card.name)
  })

  it('fills that person’s boxes, and does not go with the form', () => {
    const answers = { who: 'other', 'subject.card': other }
    expect(nextQuestion(procedure, known, answers, [])).toBe(null)
    const built = buildForm(procedure, known, answers)
    expect(built).toEqual({ ok: true, value: { who: 'other', 'subject.name': other.name } })
  })

  it('may be missing: then its boxes are asked', () => {
    const next = nextQuestion(procedure, known, { who: 'other' }, ['subject.card'])
    expect(next?.key).toBe('subject.name')
  })

  it('has no say in what a scanner was not sure of', () => {
    const unsure = { ...other, unsure: ['name' as const] }
    expect(valueOf({ who: 'other', 'subject.card': unsure })).toMatchObject({
      asked: true,
      value: null,
    })
  })
})

it('is refused where tables make more boxes than a form may have', () => {
  const column = textField('a')
  const table = (key: string) => ({
    table: key,
    label: 'Bảng',
    least: 0,
    most: 20,
    more: { next: 'Còn nữa không?' },
    columns: Array.from({ length: 60 }, (_, at) => ({ ...column, key: `a${at}` })),
  })
  const base = procedureWith([column])
  const form = { ...base.form, tables: undefined, fields: [table('one'), table('two')] }
  expect(expand(authoredProcedureSchema.parse({ ...base, form }), library)).toEqual({
    ok: false,
    error: [{ code: 'too-many-fields', name: '2440' }],
  })
})
