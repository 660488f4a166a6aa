import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { checkRule, ruleSchema, type Rule } from '../../../shared/forms/index.ts'
import type { Component } from './schema.ts'

/** A condition that has no counterpart here, and why. */
export interface Unmapped {
  readonly what: string
  readonly why: string
}

/** A field here for a key there. */
export interface Target {
  readonly key: string
  /** True where its answer is a list of choices. */
  readonly several: boolean
}
/** Null where there is no such field. */
export type TargetOf = (key: string) => Target | null

const SCRIPT = 'a script is never run'

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
  if (target === null) return err(`it looks at ${component}, which was not taken over`)
  const variable: Rule = { var: target.key }
  const literal = literalOf(value)
  const same: Rule = target.several ? { in: [literal, variable] } : { '==': [variable, literal] }
  switch (operator) {
    case 'isEqual':
    case 'includes':
      return ok(same)
    case 'isNotEqual':
    case 'notIncludes':
      return ok({ '!': [same] })
    case 'isEmpty':
      return ok({ '!': [variable] })
    case 'isNotEmpty':
      return ok({ '!': [{ '!': [variable] }] })
    case 'lessThan':
      return ok({ '<': [variable, Number(value)] })
    case 'greaterThan':
      return ok({ '>': [variable, Number(value)] })
    case 'lessThanOrEqual':
      return ok({ '<=': [variable, Number(value)] })
    case 'greaterThanOrEqual':
      return ok({ '>=': [variable, Number(value)] })
    default:
      return err(`no comparison ${operator}`)
  }
}

/** Ticks come as true and false; here they are answers like others. */
function literalOf(value: unknown): Rule {
  if (value === true || value === 'true') return 'yes'
  if (value === false || value === 'false') return 'no'
  return typeof value === 'number' ? value : typeof value === 'string' ? choiceValue(value) : null
}

/** A rule of JsonLogic over `data.KEY` (or `row.KEY`) as a rule over fields. */
export function jsonLogic(json: unknown, targetOf: TargetOf): Result<Rule, string> {
  const parsed = ruleSchema.safeParse(json)
  if (!parsed.success) return err('no JsonLogic')
  let missing: string | null = null
  const place = (rule: Rule): Rule => {
    if (rule === null || typeof rule !== 'object') return rule
    if (isRules(rule)) return rule.map(place)
    return Object.fromEntries(
      Object.entries(rule).map(([operator, args]): [string, Rule] => {
        const [name] = isRules(args) ? args : [args]
        if (operator !== 'var' || typeof name !== 'string') return comparison(operator, place(args))
        const target = targetOf(name.replace(/^(data|row)\./, ''))
        if (target === null) missing ??= name
        return [operator, target?.key ?? name]
      }),
    )
  }
  const placed = place(parsed.data)
  if (missing !== null) return err(`it looks at ${String(missing)}, which was not taken over`)
  const checked = checkRule(placed)
  return checked.ok ? ok(placed) : err(`outside of the rules here: ${checked.error.code}`)
}

const isRules = (rule: Rule): rule is readonly Rule[] => Array.isArray(rule)

/** A strict comparison is the only one here, and what a choice is compared with is its value here. */
function comparison(operator: string, args: Rule): [string, Rule] {
  const name = operator === '===' ? '==' : operator === '!==' ? '!=' : operator
  if (!['==', '!=', 'in'].includes(name) || !isRules(args)) return [name, args]
  const literal = (rule: Rule): Rule => {
    if (isRules(rule)) return rule.map(literal)
    return typeof rule === 'string' || typeof rule === 'boolean' ? literalOf(rule) : rule
  }
  return [name, args.map(literal)]
}

/** What a component does beside being shown: all of it scripts, or rules that have no place here. */
export function behaviourOf(component: Component): Unmapped[] {
  const { customDefaultValue, logic, validate } = component
  return [
    ...(typeof customDefaultValue === 'string' && isFilled(customDefaultValue)
      ? [{ what: 'customDefaultValue', why: SCRIPT }]
      : []),
    ...(isFilled(validate?.custom) ? [{ what: 'validate.custom', why: SCRIPT }] : []),
    ...(logic ?? []).map(({ name }) => ({
      what: `logic${isFilled(name) ? ` (${name})` : ''}`,
      why: 'triggers and actions have no place in a form here',
    })),
  ]
}

/** A value as a choice here: letters, digits and hyphens. */
export function choiceValue(value: string): string {
  const slug = value
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/giu, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? 'x' : slug
}
