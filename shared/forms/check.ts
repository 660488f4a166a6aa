import { checkAnswer } from './answer.ts'
import { unreachable } from '../domain/result.ts'
import type { Field, Procedure, Rule, ValueSource } from './definition.ts'
import { drawings } from './drawings.ts'
import { procedurePhrases } from './phrases.ts'
import { checkRule, variablesOf } from './rules.ts'
import { questionProblems, wordingProblems } from './wording.ts'

/** Any real day serves: a default is never a date. */
const anyDay = { year: 2026, month: 1, day: 1 }

/**
 * What the schema cannot see: keys, rules and copies that lead nowhere, questions that are
 * missing, words that an officer would not say. Each line names its place; empty means sound.
 */
export function checkProcedure(procedure: Procedure): string[] {
  const { fields } = procedure.form
  return [
    ...fields.flatMap((field, index) =>
      checkField(field, fields.slice(0, index)).map((line) => `field ${field.key}: ${line}`),
    ),
    ...procedure.components.flatMap(({ code, showIf, drawing }) =>
      [...checkCondition(showIf, fields), ...checkDrawing(drawing)].map(
        (line) => `component ${code}: ${line}`,
      ),
    ),
    ...repeated(procedure.components.map(({ code }) => code)).map(
      (code) => `component ${code}: stands twice`,
    ),
    ...checkDrawing(procedure.drawing),
    ...checkWords(procedure),
    ...checkDates(procedure),
  ]
}

function checkField(field: Field, earlier: readonly Field[]): string[] {
  const problems: string[] = []
  if (field.key in Object.prototype) problems.push('unsafe key')
  if (earlier.some(({ key }) => key === field.key)) problems.push('key stands twice')

  const sources = [field.source, ...(field.cases ?? []).map(({ source }) => source)]
  const mayBeAsked = sources.some(
    ({ from }) => from === 'asked' || (from === 'card' && field.required),
  )
  if (mayBeAsked && field.question === undefined) problems.push('question missing')
  if (!mayBeAsked && field.question !== undefined) problems.push('question is never asked')

  problems.push(...checkCondition(field.showIf, earlier), ...checkDrawing(field.drawing))
  for (const { when } of field.cases ?? []) problems.push(...checkCondition(when, earlier))
  for (const source of sources) problems.push(...checkSource(source, field, earlier))

  if (field.input.kind === 'choice') {
    for (const { value, drawing } of field.input.choices) {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value)) problems.push(`choice ${value}: not a slug`)
      problems.push(...checkDrawing(drawing))
    }
    const values = field.input.choices.map(({ value }) => value)
    problems.push(...repeated(values).map((value) => `choice ${value} stands twice`))
  }
  if (field.input.kind === 'number' && field.input.min > field.input.max) {
    problems.push('no number fits')
  }
  return problems
}

function checkSource(source: ValueSource, field: Field, earlier: readonly Field[]): string[] {
  const known = (key: string) => earlier.some((other) => other.key === key)
  switch (source.from) {
    case 'asked':
      return []
    case 'field':
      return known(source.key) ? [] : [`copies ${source.key}, which is no earlier field`]
    case 'composed':
      return [...source.text.matchAll(/\{([^{}]*)\}/g)].flatMap(([, key = '']) =>
        known(key) ? [] : [`is composed of ${key}, which is no earlier field`],
      )
    case 'default': {
      const checked = checkAnswer(field, source.value, anyDay)
      return checked.ok && checked.value === source.value ? [] : ['default does not fit']
    }
    case 'card':
      return cardFits(source.path, field.input) ? [] : [`card ${source.path} does not fit`]
    default:
      return unreachable(source)
  }
}

/** Only a birth date on the card may be incomplete. */
function cardFits(
  path: Extract<ValueSource, { from: 'card' }>['path'],
  input: Field['input'],
): boolean {
  switch (path) {
    case 'birth':
      return input.kind === 'date' && input.partial
    case 'issued':
      return input.kind === 'date'
    case 'sex':
      return (
        input.kind === 'choice' &&
        ['male', 'female'].every((sex) => input.choices.some(({ value }) => value === sex))
      )
    case 'number':
      return input.kind === 'personal-number'
    case 'name':
      return input.kind === 'name'
    case 'oldNumber':
    case 'address':
      return input.kind === 'text'
    default:
      return unreachable(path)
  }
}

function checkCondition(rule: Rule | undefined, known: readonly Field[]): string[] {
  if (rule === undefined) return []
  const checked = checkRule(rule)
  if (!checked.ok) return [`rule refused: ${checked.error.code}`]
  return [
    ...variablesOf(rule)
      .filter((name) => !known.some(({ key }) => key === name))
      .map((name) => `rule reads ${name}, which is no earlier field`),
    ...comparedChoices(rule).flatMap(({ name, value }) => {
      const input = known.find(({ key }) => key === name)?.input
      const fits =
        input?.kind !== 'choice' || input.choices.some((choice) => choice.value === value)
      return fits ? [] : [`rule compares ${name} with ${value}, which is no choice of it`]
    }),
  ]
}

/** The pairs "this variable, that text" of every `==`, `!=` and `in` of a rule. */
function comparedChoices(rule: Rule): { name: string; value: string }[] {
  if (rule === null || typeof rule !== 'object') return []
  if (Array.isArray(rule)) return rule.flatMap(comparedChoices)
  return Object.entries(rule).flatMap(([operator, args]) => {
    const inner = comparedChoices(args)
    if (!['==', '!=', 'in'].includes(operator) || !Array.isArray(args)) return inner
    const names = args.flatMap((arg: Rule) => (isVariable(arg) ? variablesOf(arg) : []))
    const texts = args.flat().filter((arg: unknown) => typeof arg === 'string')
    return inner.concat(names.flatMap((name) => texts.map((value) => ({ name, value }))))
  })
}

const isVariable = (rule: Rule): boolean =>
  rule !== null && typeof rule === 'object' && !Array.isArray(rule) && 'var' in rule

function checkDrawing(drawing: string | undefined): string[] {
  return drawing === undefined || drawings.has(drawing) ? [] : [`unknown drawing ${drawing}`]
}

/** The official name is not ours to word. */
function checkWords(procedure: Procedure): string[] {
  const own = `procedure.${procedure.code}.`
  return procedurePhrases(procedure).flatMap(({ key, text }) => {
    const place = key.slice(own.length)
    if (place === 'name') return []
    const problems = place.startsWith('question.') ? questionProblems(text) : wordingProblems(text)
    return problems.map((problem) => `${place}: ${problem}`)
  })
}

function checkDates({ form }: Procedure): string[] {
  return form.validTo !== undefined && form.validTo < form.validFrom
    ? ['form: ends before it begins']
    : []
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}
