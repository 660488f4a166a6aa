import type { PartialDate } from '../domain/id-card.ts'
import { guessedNamePart, isPartOfName, restOfName } from '../domain/person-name.ts'
import { err, ok, unreachable, type Result } from '../domain/result.ts'
import { checkAnswer } from './answer.ts'
import {
  isAddress,
  isCard,
  isDate,
  isList,
  type Answers,
  type AnswerValue,
} from './answer-value.ts'
import type { AnswerProblem, Procedure, Stop } from './definition.ts'
import {
  isGuess,
  isOfCitizen,
  mayBeAsked,
  sourcesOf,
  type Field,
  type ValueSource,
} from './field.ts'
import { isApplicant, knownValue, type Known } from './known.ts'
import { procedurePhrase } from './phrases.ts'
import { evaluate, holds, type Scope } from './rules.ts'

/**
 * One box of the form as it stands now. `asked`: the citizen is the one who knows; `changeable`: not
 * asked, but the citizen may change it on the check page; `offered`: not asked, but the citizen may
 * add it there; `derived`: the form itself comes to it from what stands elsewhere; `value` null:
 * nothing stands in it yet, or an optional question was left empty.
 */
export interface Box {
  readonly field: Field
  readonly asked: boolean
  readonly changeable: boolean
  readonly offered: boolean
  readonly derived: boolean
  /** True where the value is the citizen's own answer. */
  readonly answered: boolean
  readonly value: AnswerValue | null
}

/** A box that was not filled as the form demands, or a stop of the form (its key in `field`). */
export interface BoxProblem {
  readonly field: string
  readonly problem: AnswerProblem | { readonly code: 'stopped' }
}

/**
 * The boxes that apply, in order. Rules and copies look only at earlier fields (`checkProcedure`
 * sees to it), so one pass in order is the fixed point: there is nothing to iterate. A hidden
 * field has no value, and an answer to it is kept by whoever keeps the answers but not seen here.
 */
export function boxes(procedure: Procedure, known: Known, answers: Answers): Box[] {
  return walk(procedure, known, (field) => answerTo(answers, field))
}

/** What rules look at once the form stands as it does. */
export function scopeOf(procedure: Procedure, known: Known, answers: Answers): Scope {
  return { values: resolveValues(procedure, known, answers), today: known.today }
}

/** Why this citizen cannot go on here, as far as the answers tell; null where nothing speaks against it. */
export function stopFor(procedure: Procedure, known: Known, answers: Answers): Stop | null {
  if (procedure.form.stops.length === 0) return null
  return stopIn(procedure, scopeOf(procedure, known, answers))
}

const stopIn = ({ form }: Procedure, scope: Scope): Stop | null =>
  form.stops.find(({ when }) => holds(when, scope)) ?? null

/** How long the authority has for this dossier; `values` as `resolveValues` gives them. */
export function limitFor({ limit }: Procedure, scope: Scope): Procedure['limit'] {
  const { cases, ...usual } = limit
  const found = cases?.find(({ when }) => holds(when, scope))
  if (found === undefined) return usual
  return { ...usual, value: found.value, unit: found.unit, source: found.source }
}

/** The value of every field that applies, by key. */
export function resolveValues(procedure: Procedure, known: Known, answers: Answers): Answers {
  return valuesOf(boxes(procedure, known, answers))
}

/**
 * The fields that the citizen is asked, in order, answered or not: those whose source is the
 * citizen, and required ones that the card leaves empty.
 */
export function questions(procedure: Procedure, known: Known, answers: Answers): Field[] {
  return boxes(procedure, known, answers)
    .filter((box) => box.asked)
    .map((box) => box.field)
}

/**
 * The first question that is neither answered nor skipped, or whose answer a change elsewhere has
 * made wrong. An optional question that was left empty has no key in `answers`; its key stands in
 * `skipped`, so that both survive as plain JSON and "not yet asked" and "left empty" stay two things.
 */
export function nextQuestion(
  procedure: Procedure,
  known: Known,
  answers: Answers,
  skipped: readonly string[],
): Field | null {
  const all = boxes(procedure, known, answers)
  const scope = { values: valuesOf(all), today: known.today }
  const open = all.find(({ asked, field, value }) => {
    if (!asked) return false
    if (value === null) return !skipped.includes(field.key)
    return failedCheck(procedure, field, scope) !== null
  })
  return open?.field ?? null
}

/**
 * How much of the form stands already. Before a choice is made the usual way is assumed: choices
 * are written with the most frequent first, so the promise ("5 more questions") fits most people
 * and does not grow for them on the way.
 */
export function progress(
  procedure: Procedure,
  known: Known,
  answers: Answers,
): { known: number; total: number; asked: number } {
  const expected = walk(procedure, known, (field) => answerTo(answers, field) ?? usualAnswer(field))
  const onForm = expected.filter(({ field }) => field.box !== false)
  return {
    known: onForm.filter((box) => !isOwnWord(box) && box.value !== null).length,
    total: onForm.length,
    asked: expected.filter((box) => box.asked).length,
  }
}

/** Whether a box is there for the citizen's own answer, asked for or offered. */
export const isOwnWord = ({ asked, offered }: Box): boolean => asked || offered

/** What most people answer where there is a choice. */
function usualAnswer({ input }: Field): AnswerValue | null {
  if (input.kind === 'more') return 'no'
  return input.kind === 'choice' ? (input.choices[0]?.value ?? null) : null
}

/** The papers that this dossier needs; the scope's values as `resolveValues` gives them. */
export function components(procedure: Procedure, scope: Scope): Procedure['components'] {
  return procedure.components.filter(({ showIf }) => showIf === undefined || holds(showIf, scope))
}

/**
 * Takes one entry for a field as the form wants it (`checkAnswer`), and looks at it beside all the
 * others: the form's own checks, and whether a second card is really another person's.
 */
export function checkEntry(
  procedure: Procedure,
  known: Known,
  answers: Answers,
  field: Field,
  value: AnswerValue,
): Result<AnswerValue, AnswerProblem> {
  const checked = checkAnswer(field, value, known.today)
  if (!checked.ok) return checked
  const entered = { ...answers, [field.key]: checked.value }
  const problem = checkBeside(procedure, known, entered, field, checked.value)
  return problem === null ? checked : err(problem)
}

function checkBeside(
  procedure: Procedure,
  known: Known,
  answers: Answers,
  field: Field,
  value: AnswerValue,
): AnswerProblem | null {
  if (typeof value === 'object' && isCard(value)) {
    const others = Object.entries(answers).flatMap(([key, other]) =>
      key !== field.key && typeof other === 'object' && isCard(other) ? [other.number] : [],
    )
    if ([known.card?.number, ...others].includes(value.number)) return { code: 'same-card' }
  }
  if (field.checks === undefined && !sourcesOf(field).some(isNamePart)) return null
  const scope = scopeOf(procedure, known, answers)
  const problem = namePartProblem(value, sourcesNow(field, scope), scope)
  if (problem !== null) return problem
  // The entry itself, also where it will not stand.
  const { values, today } = scope
  return failedCheck(procedure, field, { values: { ...values, [field.key]: value }, today })
}

function failedCheck(procedure: Procedure, field: Field, scope: Scope): AnswerProblem | null {
  const index = field.checks?.findIndex(({ wrongIf }) => holds(wrongIf, scope)) ?? -1
  const check = field.checks?.[index]
  if (check === undefined) return null
  const path = `check.${field.wordsOf ?? field.key}.${index}` as const
  return { code: 'check', phrase: procedurePhrase(procedure.code, path, check.say) }
}

/**
 * The finished form: every box that applies and has a value. Answers are checked again, because
 * they crossed a boundary; what the card or the definition says is taken as it is, since the
 * citizen could not mend it. What is hidden is never part of it, nor is a second person's card, nor
 * what nobody declared.
 */
export function buildForm(
  procedure: Procedure,
  known: Known,
  answers: Answers,
): Result<Record<string, AnswerValue>, BoxProblem[]> {
  // Tidied first, so that rules, copies and sentences see what the form will hold.
  const tidied: Record<string, AnswerValue> = {}
  const refused = new Map<string, AnswerProblem>()
  for (const field of procedure.form.fields) {
    const entry = answerTo(answers, field)
    if (entry === null) continue
    const checked = checkAnswer(field, entry, known.today)
    tidied[field.key] = checked.ok ? checked.value : entry
    if (!checked.ok) refused.set(field.key, checked.error)
  }
  const all = boxes(procedure, known, tidied)
  const scope = { values: valuesOf(all), today: known.today }
  const problems = all.flatMap(({ field, answered, value }): BoxProblem[] => {
    if (value === null) {
      return field.required ? [{ field: field.key, problem: { code: 'required' } }] : []
    }
    const problem = answered
      ? (refused.get(field.key) ?? failedCheck(procedure, field, scope))
      : null
    return problem === null ? [] : [{ field: field.key, problem }]
  })
  const stop = stopIn(procedure, scope)
  if (stop !== null) problems.push({ field: stop.key, problem: { code: 'stopped' } })
  return problems.length > 0 ? err(problems) : ok(valuesOf(all.filter(isSent)))
}

/**
 * Whether a box is part of what the citizen declares. A helping field that the form comes to by
 * itself is not: whoever looks at the form again comes to it too.
 */
export const isDeclared = ({ field, derived }: Box): boolean => field.box !== false || !derived

const isSent = (box: Box): boolean => box.field.input.kind !== 'card' && isDeclared(box)

/** A value in words, as it stands on paper: a choice's label, a date as dd/mm/yyyy. */
export function valueText({ input }: Field, value: AnswerValue): string {
  if (typeof value !== 'object') {
    if (input.kind === 'money') return `${Number(value).toLocaleString('vi-VN')} đồng`
    return labelOf(input, String(value))
  }
  if (isList(value)) return value.map((one) => labelOf(input, one)).join(', ')
  if (isDate(value)) return dateText(value)
  if (isAddress(value)) return value.text
  return isCard(value) ? value.name : unreachable(value)
}

function labelOf(input: Field['input'], value: string): string {
  if (input.kind !== 'choice' && input.kind !== 'choices') return value
  return input.choices.find((choice) => choice.value === value)?.label ?? value
}

function dateText({ year, month, day }: PartialDate): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return [day, month]
    .filter((part) => part !== undefined)
    .map(two)
    .concat(String(year))
    .join('/')
}

function answerTo(answers: Answers, { key }: Field): AnswerValue | null {
  return Object.hasOwn(answers, key) ? (answers[key] ?? null) : null
}

function valuesOf(all: readonly Box[]): Record<string, AnswerValue> {
  const values: Record<string, AnswerValue> = {}
  for (const { field, value } of all) if (value !== null) values[field.key] = value
  return values
}

function walk(
  procedure: Procedure,
  known: Known,
  answer: (field: Field) => AnswerValue | null,
): Box[] {
  const values: Record<string, AnswerValue> = {}
  const scope: Scope = { values, today: known.today }
  const all: Box[] = []
  for (const field of procedure.form.fields) {
    const { input } = field
    if (field.showIf !== undefined && !holds(field.showIf, scope)) continue
    if (input.kind === 'card') {
      if (isApplicant(input.person, procedure, scope)) continue
      // Whoever laid it all the same comes back to it.
      if (answer(field) === null && isToldEarlier(input.person, procedure, known, scope)) continue
    }
    const sources = sourcesNow(field, scope)
    const given = answer(field)
    // A part of a name falls with the name that it was part of.
    const standing = namePartProblem(given, sources, scope) === null ? given : null
    const box = fill(field, sources, standing, (source) =>
      valueFrom(source, field, procedure, known, scope),
    )
    if (box.value !== null) values[field.key] = box.value
    all.push(box)
  }
  return all
}

const isNamePart = (one: ValueSource) => one.from === 'name-part'

/** Why an entry cannot be the part of a name that it should be; null where it can, or is no such part. */
function namePartProblem(
  entry: AnswerValue | null,
  sources: readonly ValueSource[],
  { values }: Scope,
): AnswerProblem | null {
  const part = sources.find(isNamePart)
  if (part === undefined || typeof entry !== 'string') return null
  const name = textIn(values, part.of)
  if (!isPartOfName(name, entry)) return { code: 'not-in-name' }
  return isPartOfName(name, entry, textsIn(values, part.without))
    ? null
    : { code: 'is-family-name' }
}

const textIn = (values: Answers, key: string): string => {
  const value = values[key]
  return typeof value === 'string' ? value : ''
}

const textsIn = (values: Answers, keys: readonly string[] = []): string[] =>
  keys.map((key) => textIn(values, key))

function sourcesNow({ cases, source }: Field, scope: Scope): readonly ValueSource[] {
  const now = cases?.find(({ when }) => holds(when, scope))?.source ?? source
  return 'from' in now ? [now] : now
}

/** Whether an earlier filing says all that must be known of a person and their card would say. */
function isToldEarlier(person: string, procedure: Procedure, known: Known, scope: Scope): boolean {
  const ofCard = procedure.form.fields.flatMap((field) => {
    if (!field.required) return []
    const sources = sourcesNow(field, scope)
    const at = sources.findIndex((one) => one.from === 'card' && one.of === person)
    return at >= 0 ? [{ field, before: sources.slice(0, at) }] : []
  })
  return (
    ofCard.length > 0 &&
    ofCard.every(({ field, before }) =>
      before.some(
        (source) =>
          source.from === 'earlier' &&
          knownValue(source, field.input, procedure, known, scope) !== null,
      ),
    )
  )
}

/**
 * The first source that has something to say. Where none has, a required box is asked, unless it
 * only follows other boxes; an answer that is there all the same stands (a form that was filed is
 * looked at again without the cards it was made with).
 */
function fill(
  field: Field,
  sources: readonly ValueSource[],
  answer: AnswerValue | null,
  valueOf: (source: Exclude<ValueSource, { from: 'asked' }>) => AnswerValue | null,
): Box {
  for (const source of sources) {
    if (source.from === 'asked') break
    const value = valueOf(source)
    if (value === null) continue
    const changeable = isGuess(source) && field.question !== undefined
    const changed = changeable ? answer : null
    return {
      field,
      asked: false,
      changeable,
      offered: false,
      derived: !changeable && !isOfCitizen(source),
      answered: changed !== null,
      value: changed ?? value,
    }
  }
  const isOpen = mayBeAsked(field, sources)
  const offered = isOpen && field.offered === true
  return {
    field,
    asked: isOpen && !offered,
    changeable: false,
    offered,
    derived: false,
    answered: answer !== null,
    value: answer,
  }
}

function valueFrom(
  source: Exclude<ValueSource, { from: 'asked' }>,
  { input }: Field,
  procedure: Procedure,
  known: Known,
  scope: Scope,
): AnswerValue | null {
  switch (source.from) {
    case 'card':
    case 'chip':
    case 'earlier':
      return knownValue(source, input, procedure, known, scope)
    case 'default':
      return source.value
    case 'field':
      return scope.values[source.key] ?? null
    case 'composed':
      return compose(source.text, scope.values, procedure)
    case 'name-part': {
      const taken = textsIn(scope.values, source.without)
      return guessedNamePart(textIn(scope.values, source.of), source.part, taken)
    }
    case 'name-rest':
      return restOfName(textIn(scope.values, source.of), textsIn(scope.values, source.without))
    case 'computed': {
      const value = evaluate(source.rule, scope)
      return typeof value === 'string' || typeof value === 'number' ? value : null
    }
    default:
      return unreachable(source)
  }
}

/** A part without a value leaves nothing but its neighbours: the sentence stays readable. */
function compose(text: string, values: Answers, { form }: Procedure): string {
  return text.replace(/\{([^{}]+)\}/g, (_, key: string) => {
    const field = form.fields.find((one) => one.key === key)
    const value = values[key]
    return field && value !== undefined ? valueText(field, value) : ''
  })
}
