import { z } from 'zod'
import { err, ok, unreachable, type Result } from '../domain/result.ts'
import { fullYears, isoPartialDate } from '../domain/calendar.ts'
import type { FullDate } from '../domain/id-card.ts'
import {
  isAddress,
  isCard,
  isDate,
  isList as isListOfChoices,
  type Answers,
  type AnswerValue,
} from './answer-value.ts'

/**
 * A condition or a derived value in a closed subset of JsonLogic: `var`, `==`, `!=`, `!`, `and`,
 * `or`, `in`, `<`, `<=`, `>`, `>=`, `if`, `+`, `-`, and one operator of our own, `age` (full years
 * between a date and today). `{ "var": "today" }` is the day of the visit. Data, never code; the
 * engine interprets it.
 */
export type Rule =
  | string
  | number
  | boolean
  | null
  | readonly Rule[]
  | { readonly [operator: string]: Rule }

export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(ruleSchema),
    z.record(z.string(), ruleSchema),
  ]),
)

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

/** Least and most arguments of each operator. */
const arity = {
  var: [1, 1],
  '!': [1, 1],
  age: [1, 1],
  '==': [2, 2],
  '!=': [2, 2],
  in: [2, 2],
  '<': [2, 2],
  '<=': [2, 2],
  '>': [2, 2],
  '>=': [2, 2],
  '-': [2, 2],
  '+': [1, ruleLimits.MAX_NODES],
  and: [1, ruleLimits.MAX_NODES],
  or: [1, ruleLimits.MAX_NODES],
  if: [2, ruleLimits.MAX_NODES],
} as const

type Operator = keyof typeof arity
const isOperator = (name: string): name is Operator => Object.hasOwn(arity, name)

/** The variable that is no field: the day of the visit. */
export const TODAY = 'today'

/** What a rule looks at. */
export interface Scope {
  readonly values: Answers
  readonly today: FullDate
}

const isList = (rule: Rule): rule is readonly Rule[] => Array.isArray(rule)

type Call = { readonly operator: Operator; readonly args: readonly Rule[] }

/** Takes `{ operator: arguments }` apart; JsonLogic lets a single argument stand without brackets. */
function call(rule: { readonly [operator: string]: Rule }): Result<Call, RuleProblem> {
  const entry = Object.entries(rule)
  const [first] = entry
  if (!first || entry.length !== 1) return err({ code: 'not-one-operator' })
  const [name, given] = first
  if (!isOperator(name)) return err({ code: 'unknown-operator', operator: name })
  const args = isList(given) ? given : [given]
  const [least, most] = arity[name]
  if (args.length < least || args.length > most) {
    return err({ code: 'bad-arguments', operator: name })
  }
  if (name === 'var') {
    const [variable] = args
    if (typeof variable !== 'string') return err({ code: 'bad-arguments', operator: name })
    if (variable.split('.').some((part) => part in Object.prototype)) {
      return err({ code: 'unsafe-variable', name: variable })
    }
  }
  return ok({ operator: name, args })
}

/** Rules never change, and the same few are evaluated thousands of times: each is taken apart once. */
const takenApart = new WeakMap<object, Call>()

function knownCall(rule: { readonly [operator: string]: Rule }): Call {
  const before = takenApart.get(rule)
  if (before !== undefined) return before
  const taken = call(rule)
  if (!taken.ok) throw new Error(`rule refused: ${taken.error.code}`)
  takenApart.set(rule, taken.value)
  return taken.value
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

/** Whether a rule that `checkRule` has passed holds. */
export function holds(rule: Rule, scope: Scope): boolean {
  return truthy(evaluate(rule, scope))
}

/** The names of the fields that a rule reads. */
export const variablesOf = (rule: Rule): string[] => namesIn(rule).filter((name) => name !== TODAY)

/** Whether a rule says the same whatever was answered, and on any day. */
export const isConstant = (rule: Rule): boolean => namesIn(rule).length === 0

function namesIn(rule: Rule): string[] {
  if (rule === null || typeof rule !== 'object') return []
  if (isList(rule)) return rule.flatMap(namesIn)
  return Object.entries(rule).flatMap(([operator, args]) => {
    const [name] = isList(args) ? args : [args]
    return operator === 'var' && typeof name === 'string' ? [name] : namesIn(args)
  })
}

/**
 * What a rule that `checkRule` has passed comes to; a variable without an answer is null. Comparison
 * never converts: "1" is not 1, and `<` between a text and a number is false. Any other rule is a
 * bug and throws.
 */
export function evaluate(rule: Rule, scope: Scope): RuleValue {
  if (rule === null || typeof rule !== 'object') return rule
  if (isList(rule)) return rule.map((item) => evaluate(item, scope))
  const { operator, args } = knownCall(rule)
  const [first = null, second = null] = args
  switch (operator) {
    case 'var':
      return variable(first, scope)
    case '!':
      return !truthy(evaluate(first, scope))
    case 'and':
      return args.every((item) => truthy(evaluate(item, scope)))
    case 'or':
      return args.some((item) => truthy(evaluate(item, scope)))
    case 'if':
      return branch(args, scope)
    case 'age':
      return age(evaluate(first, scope), scope.today)
    case '+':
      return sum(args.map((item) => evaluate(item, scope)))
    case '-':
      return sum([evaluate(first, scope), negative(evaluate(second, scope))])
    case '==':
      return same(evaluate(first, scope), evaluate(second, scope))
    case '!=':
      return !same(evaluate(first, scope), evaluate(second, scope))
    case 'in':
      return contains(evaluate(second, scope), evaluate(first, scope))
    case '<':
      return order(evaluate(first, scope), evaluate(second, scope), (sign) => sign < 0)
    case '<=':
      return order(evaluate(first, scope), evaluate(second, scope), (sign) => sign <= 0)
    case '>':
      return order(evaluate(first, scope), evaluate(second, scope), (sign) => sign > 0)
    case '>=':
      return order(evaluate(first, scope), evaluate(second, scope), (sign) => sign >= 0)
    default:
      return unreachable(operator)
  }
}

/** `if, then, if, then, …, else`; null where nothing holds and there is no else. */
function branch(args: readonly Rule[], scope: Scope): RuleValue {
  for (let at = 0; at + 1 < args.length; at += 2) {
    if (truthy(evaluate(args[at] ?? null, scope))) return evaluate(args[at + 1] ?? null, scope)
  }
  return args.length % 2 === 1 ? evaluate(args.at(-1) ?? null, scope) : null
}

function variable(name: Rule, { values, today }: Scope): RuleValue {
  if (name === TODAY) return isoPartialDate(today)
  if (typeof name !== 'string' || !Object.hasOwn(values, name)) return null
  const value: AnswerValue | undefined = values[name]
  if (value === undefined) return null
  if (typeof value !== 'object' || isListOfChoices(value)) return value
  if (isDate(value)) return isoPartialDate(value)
  if (isAddress(value)) return value.text
  // A card is read through the fields that take their value from it.
  return isCard(value) ? true : unreachable(value)
}

/** Years that have passed for certain; of a year alone, one less than the calendar may show. */
function age(born: RuleValue, today: FullDate): RuleValue {
  const parts = typeof born === 'string' ? /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(born) : null
  if (!parts) return null
  const [, year, month, day] = parts
  return fullYears(
    {
      year: Number(year),
      ...(month === undefined ? {} : { month: Number(month) }),
      ...(day === undefined ? {} : { day: Number(day) }),
    },
    today,
  )
}

/** Null as soon as one part is no number: what is not known is not counted. */
function sum(parts: readonly RuleValue[]): RuleValue {
  let total = 0
  for (const part of parts) {
    if (typeof part !== 'number') return null
    total += part
  }
  return total
}

const negative = (value: RuleValue): RuleValue => (typeof value === 'number' ? -value : null)

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
