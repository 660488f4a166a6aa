import { err, ok, unreachable, type Result } from '../domain/result.ts'
import type { PartialDate } from '../domain/id-card.ts'
import type { Answers, AnswerValue, Rule } from './definition.ts'

/** Bounds of one rule; a rule beyond them is refused when its procedure is loaded. */
export const ruleLimits = { MAX_DEPTH: 20, MAX_NODES: 500 } as const

/** Why a rule is refused. */
export type RuleProblem =
  | { readonly code: 'unknown-operator'; readonly operator: string }
  /** An operator stands alone in its object. */
  | { readonly code: 'not-one-operator' }
  | { readonly code: 'bad-arguments'; readonly operator: string }
  /** A name of JavaScript's own objects; never a field. */
  | { readonly code: 'unsafe-variable'; readonly name: string }
  | { readonly code: 'too-deep' }
  | { readonly code: 'too-large' }

/** What a rule comes to. A date comes as `yyyy`, `yyyy-mm` or `yyyy-mm-dd`, so that text order is date order. */
export type RuleValue = string | number | boolean | null | readonly RuleValue[]

type Operator = 'var' | '==' | '!=' | '!' | 'and' | 'or' | 'in' | '<' | '<=' | '>' | '>='

/** Least and most arguments of each operator. */
const arity: ReadonlyMap<string, { operator: Operator; least: number; most: number }> = new Map(
  (
    [
      ['var', 1, 1],
      ['!', 1, 1],
      ['==', 2, 2],
      ['!=', 2, 2],
      ['in', 2, 2],
      ['<', 2, 2],
      ['<=', 2, 2],
      ['>', 2, 2],
      ['>=', 2, 2],
      ['and', 1, ruleLimits.MAX_NODES],
      ['or', 1, ruleLimits.MAX_NODES],
    ] as const
  ).map(([operator, least, most]) => [operator, { operator, least, most }]),
)

const isList = (rule: Rule): rule is readonly Rule[] => Array.isArray(rule)

type Call = { readonly operator: Operator; readonly args: readonly Rule[] }

/** Takes `{ operator: arguments }` apart; JsonLogic lets a single argument stand without brackets. */
function call(rule: { readonly [operator: string]: Rule }): Result<Call, RuleProblem> {
  const entry = Object.entries(rule)
  const [first] = entry
  if (!first || entry.length !== 1) return err({ code: 'not-one-operator' })
  const [name, given] = first
  const known = arity.get(name)
  if (!known) return err({ code: 'unknown-operator', operator: name })
  const args = isList(given) ? given : [given]
  if (args.length < known.least || args.length > known.most) {
    return err({ code: 'bad-arguments', operator: name })
  }
  if (known.operator === 'var') {
    const [variable] = args
    if (typeof variable !== 'string') return err({ code: 'bad-arguments', operator: name })
    if (variable.split('.').some((part) => part in Object.prototype)) {
      return err({ code: 'unsafe-variable', name: variable })
    }
  }
  return ok({ operator: known.operator, args })
}

/** Whether a rule may be used at all: known operators, safe variables, bounded size. */
export function checkRule(rule: Rule): Result<null, RuleProblem> {
  let nodes = 0
  const walk = (node: Rule, depth: number): RuleProblem | null => {
    nodes += 1
    if (nodes > ruleLimits.MAX_NODES) return { code: 'too-large' }
    if (depth > ruleLimits.MAX_DEPTH) return { code: 'too-deep' }
    if (node === null || typeof node !== 'object') return null
    let children: readonly Rule[]
    if (isList(node)) children = node
    else {
      const taken = call(node)
      if (!taken.ok) return taken.error
      children = taken.value.args
    }
    for (const child of children) {
      const problem = walk(child, depth + 1)
      if (problem) return problem
    }
    return null
  }
  const problem = walk(rule, 1)
  return problem ? err(problem) : ok(null)
}

/**
 * What a rule comes to with the given answers; a variable without an answer is null. Comparison
 * never converts: "1" is not 1, and `<` between a text and a number is false.
 */
export function evaluate(rule: Rule, vars: Answers): Result<RuleValue, RuleProblem> {
  const checked = checkRule(rule)
  return checked.ok ? ok(run(rule, vars)) : checked
}

/** Whether a rule that `checkRule` has passed holds; for any other rule this is a bug and throws. */
export function holds(rule: Rule, vars: Answers): boolean {
  const result = evaluate(rule, vars)
  if (!result.ok) throw new Error(`rule refused: ${result.error.code}`)
  return truthy(result.value)
}

/** The names of the variables that a rule reads. */
export function variablesOf(rule: Rule): string[] {
  if (rule === null || typeof rule !== 'object') return []
  if (isList(rule)) return rule.flatMap(variablesOf)
  return Object.entries(rule).flatMap(([operator, args]) => {
    const [name] = isList(args) ? args : [args]
    return operator === 'var' && typeof name === 'string' ? [name] : variablesOf(args)
  })
}

function run(rule: Rule, vars: Answers): RuleValue {
  if (rule === null || typeof rule !== 'object') return rule
  if (isList(rule)) return rule.map((item) => run(item, vars))
  const taken = call(rule)
  if (!taken.ok) throw new Error(`rule refused: ${taken.error.code}`)
  const { operator, args } = taken.value
  const [first = null, second = null] = args
  switch (operator) {
    case 'var':
      return variable(first, vars)
    case '!':
      return !truthy(run(first, vars))
    case 'and':
      return args.every((item) => truthy(run(item, vars)))
    case 'or':
      return args.some((item) => truthy(run(item, vars)))
    case '==':
      return same(run(first, vars), run(second, vars))
    case '!=':
      return !same(run(first, vars), run(second, vars))
    case 'in':
      return contains(run(second, vars), run(first, vars))
    case '<':
      return order(run(first, vars), run(second, vars), (sign) => sign < 0)
    case '<=':
      return order(run(first, vars), run(second, vars), (sign) => sign <= 0)
    case '>':
      return order(run(first, vars), run(second, vars), (sign) => sign > 0)
    case '>=':
      return order(run(first, vars), run(second, vars), (sign) => sign >= 0)
    default:
      return unreachable(operator)
  }
}

function variable(name: Rule, vars: Answers): RuleValue {
  if (typeof name !== 'string' || !Object.hasOwn(vars, name)) return null
  const value: AnswerValue | undefined = vars[name]
  if (value === undefined) return null
  return typeof value === 'object' ? isoText(value) : value
}

function isoText({ year, month, day }: PartialDate): string {
  return [
    String(year).padStart(4, '0'),
    ...[month, day]
      .filter((part) => part !== undefined)
      .map((part) => String(part).padStart(2, '0')),
  ].join('-')
}

/** An empty list is false, as in JsonLogic. */
function truthy(value: RuleValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

function same(a: RuleValue, b: RuleValue): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b
  return a.length === b.length && a.every((item, index) => same(item, b[index]))
}

function contains(all: RuleValue, one: RuleValue): boolean {
  if (Array.isArray(all)) return all.some((item) => same(item, one))
  return typeof all === 'string' && typeof one === 'string' && all.includes(one)
}

function order(a: RuleValue, b: RuleValue, fits: (sign: number) => boolean): boolean {
  if (typeof a === 'number' && typeof b === 'number') return fits(a - b)
  if (typeof a === 'string' && typeof b === 'string') return fits(a < b ? -1 : a > b ? 1 : 0)
  return false
}
