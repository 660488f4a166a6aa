import { describe, expect, it } from 'vitest'
import { checkProcedure } from './check.ts'
import type { Field } from './field.ts'
import type { Rule } from './rules.ts'
import { procedurePhrase, procedurePhrases } from './phrases.ts'
import { choiceField, procedureWith, textField } from './testing.ts'
import { questionProblems, wordingProblems } from './wording.ts'

const kind = choiceField('kind', ['a', 'b'])
const findings = (...fields: Field[]) => checkProcedure(procedureWith(fields))
const shown = (rule: Rule) => findings(kind, textField('next', { showIf: rule }))

describe('a procedure is sound', () => {
  it('when a rule looks at the day alone', () => {
    expect(shown({ '>=': [{ var: 'today' }, '2027-03-01'] })).toEqual([])
    expect(shown({ '>=': [{ var: ['today'] }, '2027-03-01'] })).toEqual([])
  })

  it('when its rules and copies look back and its questions can be asked', () => {
    expect(
      findings(
        kind,
        textField('next', { showIf: { in: [{ var: 'kind' }, ['a', 'b']] } }),
        textField('copy', {
          cases: [
            { when: { '==': [{ var: 'kind' }, 'a'] }, source: { from: 'field', key: 'next' } },
          ],
        }),
      ),
    ).toEqual([])
  })
})

/** A rule so deep. */
const nested = (depth: number): Rule => {
  let rule: Rule = { var: 'kind' }
  for (let level = 0; level < depth; level += 1) rule = { '!': [rule] }
  return rule
}

describe('a procedure is unsound', () => {
  const { question: _, ...silent } = textField('silent')

  it.each<[string, string[], string]>([
    ['a key stands twice', findings(kind, kind), 'field kind: key stands twice'],
    [
      'a key is a name of JavaScript',
      findings(textField('constructor')),
      'field constructor: unsafe key',
    ],
    [
      'a part of a key is a name of JavaScript',
      findings(textField('row.valueOf')),
      'field row.valueOf: unsafe key',
    ],
    [
      'a table needs more rows than it may have',
      checkProcedure({
        ...procedureWith([kind]),
        form: {
          ...procedureWith([kind]).form,
          tables: [{ key: 'rows', label: 'Bảng', least: 5, most: 2, columns: ['a'] }],
        },
      }),
      'table rows: it needs more rows than it may have',
    ],
    [
      'a rule says the same whatever was answered',
      shown(true),
      'field next: rule looks at nothing: it never changes',
    ],
    [
      'a rule compares what it brings itself',
      shown({ '==': ['a', 'b'] }),
      'field next: rule looks at nothing: it never changes',
    ],
    ['a rule has no end', shown(nested(20_000)), 'field next: rule refused: too-deep'],
    ['a question is missing', findings(silent), 'field silent: question missing'],
    [
      'a required box of the card has no question',
      findings({ ...silent, source: { from: 'card', path: 'oldNumber' } }),
      'field silent: question missing',
    ],
    [
      'a question is never asked',
      findings(kind, textField('x', { source: { from: 'field', key: 'kind' } })),
      'field x: question is never asked',
    ],
    [
      'what is offered must be there',
      findings(textField('x', { offered: true })),
      'field x: what is offered is never required',
    ],
    [
      'what follows from elsewhere is offered',
      findings(
        kind,
        textField('x', {
          required: false,
          offered: true,
          source: { from: 'field', key: 'kind' },
        }),
      ),
      'field x: offered, but nobody is asked',
    ],
    [
      'a rule is outside the subset',
      shown({ cat: ['a'] }),
      'field next: rule refused: unknown-operator',
    ],
    [
      'a rule reads itself',
      shown({ var: 'next' }),
      'field next: rule reads next, which is no earlier field',
    ],
    [
      'a rule compares with no choice',
      shown({ '==': [{ var: 'kind' }, 'c'] }),
      'field next: rule compares kind with c, which is no choice of it',
    ],
    [
      'a copy looks ahead',
      findings(
        textField('x', { cases: [{ when: true, source: { from: 'field', key: 'y' } }] }),
        textField('y'),
      ),
      'field x: copies y, which is no earlier field',
    ],
    [
      'a sentence has a part that is no field',
      findings({ ...silent, source: { from: 'composed', text: 'Tại {nowhere}.' } }),
      'field silent: is composed of nowhere, which is no earlier field',
    ],
    [
      'a default does not fit',
      findings({ ...silent, source: { from: 'default', value: ' hai  dấu cách ' } }),
      'field silent: default does not fit',
    ],
    [
      'the card does not fit the box',
      findings(textField('x', { source: { from: 'card', path: 'birth' } })),
      'field x: card birth does not fit',
    ],
    [
      'a drawing is unknown',
      findings(textField('x', { drawing: 'unicorn' })),
      'field x: unknown drawing unicorn',
    ],
    [
      'a choice stands twice',
      findings(choiceField('x', ['a', 'a'])),
      'field x: choice a stands twice',
    ],
    [
      'words are not an officer’s',
      findings(textField('x', { question: 'Vui lòng nhập tên?' })),
      'question.x: forbidden: Vui lòng'.toLowerCase(),
    ],
  ])('when %s', (_, found, expected) => {
    expect(found.map((line) => line.toLowerCase())).toContain(expected.toLowerCase())
  })
})

describe('wording', () => {
  it.each([
    ['HỌ VÀ TÊN là gì?', 'capitals'],
    ['BIDV hay NGÂN HÀNG khác?', 'capitals: NGÂN'],
    ['Tên gì? *', 'asterisk'],
    ['Xong rồi!', 'exclamation'],
    ['Quý khách chờ.', 'forbidden: quý khách'],
    ['Bạn tên gì?', 'forbidden: bạn'],
    ['Khoá lại', 'tone placement: oá'],
    ['Uỷ quyền', 'tone placement: Uỷ'],
    ['Ô  trống', 'stray spaces'],
    ['Tên'.normalize('NFD'), 'not NFC'],
  ])('%s is found out', (text, problem) => {
    expect(wordingProblems(text).join()).toContain(problem)
  })

  it.each([
    'Ông/bà có tờ CT01 chưa?',
    'Quý một, quỹ đất, hòa giải, hoàn thành',
    'Cô, dì, chú, bác',
    'Bạnh',
    'BIDV (Đầu tư và Phát triển)',
    'MB (Quân đội)',
  ])('%s is fine', (text) => {
    expect(wordingProblems(text)).toEqual([])
  })

  it('counts the words of a question', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'gì').join(' ')
    expect(questionProblems(words(12))).toEqual([])
    expect(questionProblems(words(13))).toEqual(['13 words'])
  })
})

describe('phrases', () => {
  it('have keys that depend on the place, not the words', () => {
    expect(procedurePhrase('1.004873', 'question.purpose.kind', 'Để làm gì?')).toEqual({
      key: 'procedure.1.004873.question.purpose.kind',
      text: 'Để làm gì?',
    })
  })

  it('cover choices, hints and units', () => {
    const number = textField('n', {
      input: { kind: 'number', min: 0, max: 2, unit: 'bản' },
      hint: 'Ít thôi.',
    })
    const found = procedurePhrases(procedureWith([kind, number])).map(({ key }) => key)
    expect(found).toEqual(
      expect.arrayContaining([
        'procedure.9.000001.choice.kind.a',
        'procedure.9.000001.question.n',
        'procedure.9.000001.hint.n',
        'procedure.9.000001.unit.n',
      ]),
    )
    expect(new Set(found).size).toBe(found.length)
  })
})
