import { checkAnswer } from './answer.ts'
import { unreachable } from '../domain/result.ts'
import type { Procedure } from './definition.ts'
import {
  isGuess,
  mayBeAsked,
  sourcesOf,
  type Choice,
  type Field,
  type ValueSource,
} from './field.ts'
import { drawings } from './drawings.ts'
import { procedurePhrases } from './phrases.ts'
import { checkRule, isConstant, variablesOf, type Rule } from './rules.ts'
import { questionProblems, wordingProblems } from './wording.ts'

/** Any real day serves: a default is never a date. */
const anyDay = { year: 2026, month: 1, day: 1 }

/**
 * What the schema cannot see: keys, rules and copies that lead nowhere, questions that are
 * missing, words that an officer would not say. Each line names its place; empty means sound.
 */
export function checkProcedure(procedure: Procedure): string[] {
  const { fields, people, stops, tables } = procedure.form
  const persons = new Set(people.map(({ key }) => key))
  return [
    ...fields.flatMap((field, index) =>
      checkField(field, fields.slice(0, index), persons).map(
        (line) => `field ${field.key}: ${line}`,
      ),
    ),
    ...people.flatMap(({ key, applicantIf }) =>
      checkPerson(key, applicantIf, fields).map((line) => `person ${key}: ${line}`),
    ),
    ...stops.flatMap(({ key, when }) =>
      checkCondition(when, fields).map((line) => `stop ${key}: ${line}`),
    ),
    ...(procedure.limit.cases ?? []).flatMap(({ when }) =>
      checkCondition(when, fields).map((line) => `limit: ${line}`),
    ),
    ...tables.flatMap(({ key, least, most }) =>
      least > most ? [`table ${key}: it needs more rows than it may have`] : [],
    ),
    ...procedure.components.flatMap(({ code, showIf, drawing }) =>
      [...checkCondition(showIf, fields), ...checkDrawing(drawing)].map(
        (line) => `component ${code}: ${line}`,
      ),
    ),
    ...repeated(procedure.components.map(({ code }) => code)).map(
      (code) => `component ${code}: stands twice`,
    ),
    ...repeated([...persons, ...stops.map(({ key }) => key)]).map((key) => `${key}: stands twice`),
    ...checkDrawing(procedure.drawing),
    ...checkWords(procedure),
    ...checkDates(procedure),
  ]
}

/** Who the applicant is must be known before the first field that depends on it. */
function checkPerson(key: string, rule: Rule | undefined, fields: readonly Field[]): string[] {
  const first = fields.findIndex(
    (field) =>
      (field.input.kind === 'card' && field.input.person === key) ||
      sourcesOf(field).some(
        (one) => (one.from === 'card' || one.from === 'chip') && one.of === key,
      ),
  )
  if (first < 0) return ['nothing is read from their card']
  return checkCondition(rule, fields.slice(0, first))
}

function checkField(
  field: Field,
  earlier: readonly Field[],
  persons: ReadonlySet<string>,
): string[] {
  const problems: string[] = []
  const { input } = field
  if (field.key.split('.').some((part) => part in Object.prototype)) problems.push('unsafe key')
  if (earlier.some(({ key }) => key === field.key)) problems.push('key stands twice')

  const sources = sourcesOf(field)
  const isAsked = mayBeAsked(field, sources)
  const mayBeChanged = sources.some(isGuess)
  if (isAsked && field.question === undefined) problems.push('question missing')
  if (!isAsked && !mayBeChanged && field.question !== undefined) {
    problems.push('question is never asked')
  }

  problems.push(...checkCondition(field.showIf, earlier), ...checkDrawing(field.drawing))
  for (const { when } of field.cases ?? []) problems.push(...checkCondition(when, earlier))
  for (const { wrongIf } of field.checks ?? []) {
    problems.push(...checkCondition(wrongIf, [...earlier, field]))
  }
  for (const source of sources) problems.push(...checkSource(source, field, earlier, persons))
  if (input.kind === 'choice' || input.kind === 'choices') {
    problems.push(...checkChoicesOf(input.choices))
    if (input.kind === 'choices' && input.none !== undefined) {
      const { none } = input
      if (!input.choices.some(({ value }) => value === none)) problems.push('none is no choice')
    }
  }
  if ((input.kind === 'number' || input.kind === 'money') && input.min > input.max) {
    problems.push('no number fits')
  }
  if (input.kind === 'card') {
    if (!persons.has(input.person)) problems.push(`no person ${input.person}`)
    if (field.key !== `${input.person}.card`) problems.push('a card stands as PERSON.card')
    if (field.required) problems.push('a second card is never required')
  }
  if (field.offered === true) {
    if (field.required) problems.push('what is offered is never required')
    if (!isAsked) problems.push('offered, but nobody is asked')
    if (input.kind === 'card' || input.kind === 'more') problems.push('it cannot be offered')
  }
  return problems
}

function checkChoicesOf(choices: readonly Choice[]): string[] {
  const values = choices.map(({ value }) => value)
  return [
    ...choices.flatMap(({ drawing }) => checkDrawing(drawing)),
    ...repeated(values).map((value) => `choice ${value} stands twice`),
  ]
}

function checkSource(
  source: ValueSource,
  field: Field,
  earlier: readonly Field[],
  persons: ReadonlySet<string>,
): string[] {
  const known = (key: string) => earlier.some((other) => other.key === key)
  switch (source.from) {
    case 'asked':
    case 'earlier':
      return []
    case 'field':
      return known(source.key) ? [] : [`copies ${source.key}, which is no earlier field`]
    case 'composed':
      return [...source.text.matchAll(/\{([^{}]*)\}/g)].flatMap(([, key = '']) =>
        known(key) ? [] : [`is composed of ${key}, which is no earlier field`],
      )
    case 'name-part':
    case 'name-rest':
      return [source.of, ...(source.without ?? [])].flatMap((key) =>
        known(key) ? [] : [`is part of ${key}, which is no earlier field`],
      )
    case 'computed':
      return checkReads(source.rule, earlier)
    case 'default': {
      const checked = checkAnswer(field, source.value, anyDay)
      const same = checked.ok && JSON.stringify(checked.value) === JSON.stringify(source.value)
      return same ? [] : ['default does not fit']
    }
    case 'card':
      if (source.of !== undefined && !persons.has(source.of)) return [`no person ${source.of}`]
      return cardFits(source.path, field.input) ? [] : [`card ${source.path} does not fit`]
    case 'chip':
      if (source.of !== undefined && !persons.has(source.of)) return [`no person ${source.of}`]
      return chipFits(field.input) ? [] : [`chip ${source.path} does not fit`]
    default:
      return unreachable(source)
  }
}

/** A chip gives words. */
const chipFits = ({ kind }: Field['input']): boolean =>
  kind === 'choice' || kind === 'name' || kind === 'text' || kind === 'address'

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
      return input.kind === 'text'
    case 'address':
      return input.kind === 'text' || input.kind === 'address'
    default:
      return unreachable(path)
  }
}

/** What decides whether something applies must look at something; a value may be always the same. */
function checkCondition(rule: Rule | undefined, known: readonly Field[]): string[] {
  if (rule === undefined) return []
  const problems = checkReads(rule, known)
  if (problems.length > 0 || !isConstant(rule)) return problems
  return ['rule looks at nothing: it never changes']
}

function checkReads(rule: Rule, known: readonly Field[]): string[] {
  const checked = checkRule(rule)
  if (!checked.ok) return [`rule refused: ${checked.error.code}`]
  return [
    ...variablesOf(rule)
      .filter((name) => !known.some(({ key }) => key === name))
      .map((name) => `rule reads ${name}, which is no earlier field`),
    ...comparedChoices(rule).flatMap(({ name, value }) => {
      const input = known.find(({ key }) => key === name)?.input
      const fits =
        (input?.kind !== 'choice' && input?.kind !== 'choices') ||
        input.choices.some((choice) => choice.value === value)
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
