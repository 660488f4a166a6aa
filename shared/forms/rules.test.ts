import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRule, evaluate, holds, ruleLimits, variablesOf, type Rule } from './rules.ts'
import { today } from './testing.ts'

const values = {
  'purpose.kind': 'land',
  copies: 3,
  issued: { year: 2024, month: 6, day: 30 },
  born: { year: 1958 },
  child: { year: 2008, month: 11, day: 25 },
  kinds: ['land', 'loan'],
  place: { text: 'Xã Thử', commune: '25252' },
}
const scope = { values, today }
const value = (rule: Rule) => evaluate(rule, scope)

describe('a rule', () => {
  it.each<[Rule, unknown]>([
    [{ var: 'purpose.kind' }, 'land'],
    [{ var: ['copies'] }, 3],
    [{ var: 'nothing' }, null],
    [{ '==': [{ var: 'purpose.kind' }, 'land'] }, true],
    [{ '==': [{ var: 'copies' }, '3'] }, false],
    [{ '!=': [{ var: 'nothing' }, 'land'] }, true],
    [{ '!': { var: 'nothing' } }, true],
    [{ '!': [{ var: 'copies' }] }, false],
    [{ and: [true, { var: 'copies' }] }, true],
    [{ or: [false, { var: 'nothing' }] }, false],
    [{ in: [{ var: 'purpose.kind' }, ['loan', 'land']] }, true],
    [{ in: ['an', { var: 'purpose.kind' }] }, true],
    [{ in: ['an', { var: 'nothing' }] }, false],
    [{ '<': [{ var: 'copies' }, 4] }, true],
    [{ '<=': [3, { var: 'copies' }] }, true],
    [{ '>': [{ var: 'copies' }, 3] }, false],
    [{ '>=': [{ var: 'copies' }, 3] }, true],
    [{ '<': [{ var: 'nothing' }, 4] }, false],
    [{ '<': [{ var: 'issued' }, '2024-07-01'] }, true],
    [{ '<': [{ var: 'born' }, '1958-01'] }, true],
    [
      {
        '==': [
          [1, 'a'],
          [1, 'a'],
        ],
      },
      true,
    ],
    [{ or: [[]] }, false],
    [{ in: ['loan', { var: 'kinds' }] }, true],
    [{ var: 'place' }, 'Xã Thử'],
    [{ var: 'today' }, '2026-11-24'],
    [{ '<': [{ var: 'child' }, { var: 'today' }] }, true],
    [{ age: { var: 'child' } }, 17],
    [{ age: { var: 'born' } }, 67],
    [{ age: { var: 'nothing' } }, null],
    [{ '+': [{ var: 'copies' }, 2, 1] }, 6],
    [{ '+': [{ var: 'copies' }, { var: 'nothing' }] }, null],
    [{ '-': [{ var: 'copies' }, 1] }, 2],
    [{ if: [{ var: 'nothing' }, 'a', { '>': [{ var: 'copies' }, 2] }, 'b', 'c'] }, 'b'],
    [{ if: [{ var: 'nothing' }, 'a', 'c'] }, 'c'],
    [{ if: [{ var: 'nothing' }, 'a'] }, null],
  ])('%j comes to %j', (rule, expected) => {
    expect(value(rule)).toEqual(expected)
  })

  it.each<[string, Rule, object]>([
    [
      'an operator beyond the subset',
      { map: [1, 2] },
      { code: 'unknown-operator', operator: 'map' },
    ],
    [
      'a method call',
      { method: ['', 'constructor'] },
      { code: 'unknown-operator', operator: 'method' },
    ],
    ['two operators at once', { '==': [1, 1], '!': [1] }, { code: 'not-one-operator' }],
    ['an empty object', { and: [{}] }, { code: 'not-one-operator' }],
    ['one argument too few', { '==': [1] }, { code: 'bad-arguments', operator: '==' }],
    ['one argument too many', { '<': [1, 2, 3] }, { code: 'bad-arguments', operator: '<' }],
    ['a computed variable', { var: { var: 'a' } }, { code: 'bad-arguments', operator: 'var' }],
    ['__proto__', { var: '__proto__' }, { code: 'unsafe-variable', name: '__proto__' }],
    [
      'a hidden constructor',
      { '!': [{ var: 'a.constructor' }] },
      { code: 'unsafe-variable', name: 'a.constructor' },
    ],
    [
      'too many nodes',
      { or: Array.from({ length: ruleLimits.MAX_NODES }, () => 1) },
      { code: 'too-large' },
    ],
  ])('is refused with %s', (_, rule, problem) => {
    expect(checkRule(rule)).toEqual({ ok: false, error: problem })
  })

  it('is refused when it is nested too deep, and accepted at the bound', () => {
    const nested = (depth: number): Rule => (depth === 1 ? true : { '!': [nested(depth - 1)] })
    expect(checkRule(nested(ruleLimits.MAX_DEPTH))).toEqual({ ok: true, value: null })
    expect(checkRule(nested(ruleLimits.MAX_DEPTH + 1))).toEqual({
      ok: false,
      error: { code: 'too-deep' },
    })
  })

  it('never reaches the variables by way of a prototype', () => {
    expect(holds({ var: 'answered' }, { values: Object.create({ answered: 'yes' }), today })).toBe(
      false,
    )
  })

  it('that the check passes always comes to a value; any other is named and never run', () => {
    const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<Rule>('a', 1, true, null),
        fc.record({ var: fc.constantFrom('purpose.kind', 'copies', 'x', '__proto__') }),
        fc
          .tuple(
            fc.constantFrom(
              '==',
              '!=',
              '!',
              'and',
              'or',
              'in',
              '<',
              '>=',
              'map',
              'var',
              'if',
              '+',
              '-',
              'age',
            ),
            fc.array(tie('rule'), { maxLength: 3 }),
          )
          .map(([operator, args]) => ({ [operator]: args })),
        fc.array(tie('rule'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(rule, (any) => {
        const checked = checkRule(any)
        const came = checked.ok ? typeof holds(any, scope) : checked.error.code
        expect(came).toMatch(/^(boolean|unknown-operator|not-one|bad-arg|unsafe|too-)/)
      }),
    )
  })
})

describe('variablesOf', () => {
  it('names what a rule reads, not what it compares with', () => {
    const rule = { and: [{ '==': [{ var: 'a' }, 'b'] }, { in: [{ var: ['c'] }, ['d', 'e']] }] }
    expect(variablesOf(rule)).toEqual(['a', 'c'])
  })
})
