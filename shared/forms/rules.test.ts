import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rule } from './definition.ts'
import { checkRule, evaluate, holds, ruleLimits, variablesOf } from './rules.ts'

const vars = {
  'purpose.kind': 'land',
  copies: 3,
  issued: { year: 2024, month: 6, day: 30 },
  born: { year: 1958 },
}
const value = (rule: Rule) => {
  const result = evaluate(rule, vars)
  return result.ok ? result.value : result.error
}

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
  ])('%j comes to %j', (rule, expected) => {
    expect(value(rule)).toEqual(expected)
  })

  it.each<[string, Rule, object]>([
    ['an operator beyond the subset', { '+': [1, 2] }, { code: 'unknown-operator', operator: '+' }],
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
    expect(evaluate(rule, {})).toEqual({ ok: false, error: problem })
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
    expect(holds({ var: 'answered' }, Object.create({ answered: 'yes' }))).toBe(false)
  })

  it('that the check passes always comes to a value; any other is named and never run', () => {
    const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<Rule>('a', 1, true, null),
        fc.record({ var: fc.constantFrom('purpose.kind', 'copies', 'x', '__proto__') }),
        fc
          .tuple(
            fc.constantFrom('==', '!=', '!', 'and', 'or', 'in', '<', '>=', 'map', 'var'),
            fc.array(tie('rule'), { maxLength: 3 }),
          )
          .map(([operator, args]) => ({ [operator]: args })),
        fc.array(tie('rule'), { maxLength: 3 }),
      ),
    }))
    fc.assert(
      fc.property(rule, (any) => {
        const checked = checkRule(any)
        const result = evaluate(any, vars)
        expect(result.ok).toBe(checked.ok)
        // Running a refused rule is a bug, and says so.
        const attempt = () => (checked.ok ? typeof holds(any, vars) : threw(() => holds(any, vars)))
        expect(attempt()).toBe(checked.ok ? 'boolean' : `rule refused: ${checked.error.code}`)
      }),
    )
  })
})

function threw(run: () => unknown): string {
  try {
    run()
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'something else'
  }
  return 'nothing'
}

describe('variablesOf', () => {
  it('names what a rule reads, not what it compares with', () => {
    const rule = { and: [{ '==': [{ var: 'a' }, 'b'] }, { in: [{ var: ['c'] }, ['d', 'e']] }] }
    expect(variablesOf(rule)).toEqual(['a', 'c'])
  })
})
