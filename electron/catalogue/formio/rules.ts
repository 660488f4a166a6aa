import { err, ok, unreachable, type Result } from '../../../shared/domain/result.ts'
import { checkRule, ruleSchema, type FieldInput, type Rule } from '../../../shared/forms/index.ts'
import type { Component } from './schema.ts'
import { choiceValue } from './text.ts'

/** A condition that has no counterpart here, and why. */
export interface Unmapped {
  readonly what: string
  readonly why: string
}

/** A field here for a key there. */
export interface Target {
  readonly key: string
  readonly kind: FieldInput['kind']
  /** A box to tick there, "yes" or "no" here. */
  readonly isTick: boolean
}
/** Null where there is no such field. */
export type TargetOf = (key: string) => Target | null

const SCRIPT = 'a script is never run'

const missing = (name: string) => `it looks at ${name}, which was not taken over before it`

const isFilled = (text: string | null | undefined): text is string =>
  text !== null && text !== undefined && text.trim() !== ''

/** When a component is shown: the rules that could be taken over, and what could not. */
export function conditionsOf(
  component: Component,
  targetOf: TargetOf,
): { rules: Rule[]; unmapped: Unmapped[] } {
  const { conditional, customConditional } = component
  const rules: Rule[] = []
  const unmapped: Unmapped[] = []
  const take = (what: string, taken: Result<Rule, string>) => {
    if (taken.ok) rules.push(taken.value)
    else unmapped.push({ what, why: taken.error })
  }
  if (isFilled(customConditional)) unmapped.push({ what: 'customConditional', why: SCRIPT })
  if (!conditional) return { rules, unmapped }
  const { show, when, eq, json, conditions, conjunction } = conditional
  if (isFilled(when)) take('conditional', simple(targetOf, when, eq ?? '', show))
  if (json !== undefined && json !== null && json !== '') {
    take('conditional.json', jsonLogic(json, targetOf))
  }
  if (conditions && conditions.length > 0) {
    const all = conditions.map((one) => compared(targetOf, one.component, one.operator, one.value))
    const bad = all.find((one) => !one.ok)
    if (bad && !bad.ok) unmapped.push({ what: 'conditional.conditions', why: bad.error })
    else {
      const parts = all.flatMap((one) => (one.ok ? [one.value] : []))
      const whole: Rule = { [conjunction === 'any' ? 'or' : 'and']: parts }
      rules.push(show ? whole : { '!': [whole] })
    }
  }
  return { rules, unmapped }
}

function simple(
  targetOf: TargetOf,
  when: string,
  eq: string | number | boolean,
  show: boolean,
): Result<Rule, string> {
  const same = compared(targetOf, when, 'isEqual', eq)
  return same.ok && !show ? ok({ '!': [same.value] }) : same
}

function compared(
  targetOf: TargetOf,
  component: string,
  operator: string,
  value: unknown,
): Result<Rule, string> {
  const target = targetOf(component)
  if (target === null) return err(missing(component))
  const variable: Rule = { var: target.key }
  if (operator === 'isEmpty') return ok({ '!': [variable] })
  if (operator === 'isNotEmpty') return ok({ '!': [{ '!': [variable] }] })
  const literal = literalOf(value, target)
  if (!literal.ok) return literal
  const equals: Rule = { '==': [variable, literal.value] }
  const holds: Rule = { in: [literal.value, variable] }
  const several = target.kind === 'choices'
  switch (operator) {
    case 'isEqual':
      return ok(several ? holds : equals)
    case 'isNotEqual':
      return ok({ '!': [several ? holds : equals] })
    case 'includes':
      return ok(isChosen(target) && !several ? equals : holds)
    case 'notIncludes':
      return ok({ '!': [isChosen(target) && !several ? equals : holds] })
    case 'lessThan':
      return than('<', variable, literal.value)
    case 'greaterThan':
      return than('>', variable, literal.value)
    case 'lessThanOrEqual':
      return than('<=', variable, literal.value)
    case 'greaterThanOrEqual':
      return than('>=', variable, literal.value)
    default:
      return err(`no comparison ${operator}`)
  }
}

const than = (operator: string, variable: Rule, limit: Rule): Result<Rule, string> =>
  typeof limit === 'number' ? ok({ [operator]: [variable, limit] }) : err('it compares no number')

const isChosen = ({ kind }: Target): boolean => kind === 'choice' || kind === 'choices'

/**
 * What an answer is compared with, as that answer stands here: a choice by its value here, a tick as
 * "yes" or "no", a number as a number (the builder writes it as text), and words as they are typed.
 */
function literalOf(value: unknown, { kind, isTick }: Target): Result<Rule, string> {
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value)
  const text = isPlain ? String(value) : null
  if (text === null) return err('it compares with no plain value')
  switch (kind) {
    case 'choice':
    case 'choices':
      if (!isTick) return ok(choiceValue(text))
      if (text === 'true' || text === 'false') return ok(text === 'true' ? 'yes' : 'no')
      return err(`a tick is never ${text}`)
    case 'number':
    case 'money': {
      const number = text.trim() === '' ? Number.NaN : Number(text)
      return Number.isFinite(number) ? ok(number) : err('it compares a number with words')
    }
    case 'name':
    case 'text':
    case 'phone':
    case 'personal-number':
      return ok(text.normalize('NFC'))
    case 'address':
    case 'card':
    case 'date':
    case 'more':
    case 'year':
      return err(`no comparison with a ${kind}`)
    default:
      return unreachable(kind)
  }
}

/** A rule of JsonLogic over `data.KEY` (or `row.KEY`) as a rule over fields; some builders write it as text. */
export function jsonLogic(json: unknown, targetOf: TargetOf): Result<Rule, string> {
  const parsed = ruleSchema.safeParse(typeof json === 'string' ? parsedText(json) : json)
  // Text alone, or true, would be a rule that always holds.
  if (!parsed.success || parsed.data === null || typeof parsed.data !== 'object') {
    return err('no JsonLogic')
  }
  const problems: string[] = []
  const targetIn = (rule: Rule): Target | null => {
    const name = variableIn(rule)
    return name === null ? null : targetOf(name.replace(/^(data|row)\./, ''))
  }
  const place = (rule: Rule): Rule => {
    if (rule === null || typeof rule !== 'object') return rule
    if (isRules(rule)) return rule.map(place)
    const name = variableIn(rule)
    if (name !== null) {
      const target = targetIn(rule)
      if (target === null) problems.push(missing(name))
      return { var: target?.key ?? name }
    }
    return Object.fromEntries(
      Object.entries(rule).map(([operator, args]): [string, Rule] => {
        const plain = PLAIN[operator] ?? operator
        const [target = null] = COMPARES.has(plain) && isRules(args) ? args.flatMap(targetsIn) : []
        return [plain, target === null ? place(args) : compared(args, target)]
      }),
    )
  }
  const targetsIn = (rule: Rule): Target[] => {
    const target = targetIn(rule)
    return target === null ? [] : [target]
  }
  /** The arguments of a comparison with a field; what is no rule among them is such an answer. */
  const compared = (rule: Rule, target: Target): Rule => {
    if (isRules(rule)) return rule.map((part) => compared(part, target))
    if (rule === null || typeof rule === 'object') return place(rule)
    const literal = literalOf(rule, target)
    if (!literal.ok) problems.push(literal.error)
    return literal.ok ? literal.value : rule
  }
  const placed = place(parsed.data)
  const [problem] = problems
  if (problem !== undefined) return err(problem)
  const checked = checkRule(placed)
  return checked.ok ? ok(placed) : err(`outside of the rules here: ${checked.error.code}`)
}

/** A strict comparison is the only one here. */
const PLAIN: Readonly<Partial<Record<string, string>>> = { '===': '==', '!==': '!=' }
const COMPARES: ReadonlySet<string> = new Set(['==', '!=', 'in', '<', '<=', '>', '>='])

const isRules = (rule: Rule): rule is readonly Rule[] => Array.isArray(rule)

/** The name in `{ "var": name }`; null for any other rule. */
function variableIn(rule: Rule): string | null {
  if (rule === null || typeof rule !== 'object' || isRules(rule)) return null
  const args = rule['var']
  const name = args !== undefined && isRules(args) ? args[0] : args
  return typeof name === 'string' ? name : null
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What a component does beside being shown: all of it scripts, or rules that have no place here. */
export function behaviourOf(component: Component): Unmapped[] {
  const { customDefaultValue, logic, nextPage, validate } = component
  return [
    ...(isGiven(customDefaultValue)
      ? [
          {
            what: 'customDefaultValue',
            why: typeof customDefaultValue === 'string' ? SCRIPT : 'every box begins empty',
          },
        ]
      : []),
    ...(isGiven(nextPage)
      ? [{ what: 'nextPage', why: 'the pages of a wizard stand in their order here' }]
      : []),
    ...(isFilled(validate?.custom) ? [{ what: 'validate.custom', why: SCRIPT }] : []),
    ...(logic ?? []).map(({ name }) => ({
      what: `logic${isFilled(name) ? ` (${name})` : ''}`,
      why: 'triggers and actions have no place in a form here',
    })),
  ]
}

const isGiven = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.trim() !== ''
    : typeof value === 'object' && value !== null && Object.keys(value).length > 0
