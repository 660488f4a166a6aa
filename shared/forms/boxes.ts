import { guessedNamePart, isPartOfName, restOfName } from '../domain/person-name.ts'
import { unreachable } from '../domain/result.ts'
import { isCard, type Answers, type AnswerValue } from './answer-value.ts'
import type { AnswerProblem, Procedure } from './definition.ts'
import { isGuess, isOfCitizen, mayBeAsked, type Field, type ValueSource } from './field.ts'
import { isApplicant, knownValue, type Known } from './known.ts'
import { evaluate, holds, type Scope } from './rules.ts'
import { valueText } from './value-text.ts'

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

/**
 * The boxes that apply, in order. Rules and copies look only at earlier fields (`checkProcedure`
 * sees to it), so one pass in order is the fixed point: there is nothing to iterate. A hidden
 * field has no value, and an answer to it is kept by whoever keeps the answers but not seen here.
 */
export function boxes(procedure: Procedure, known: Known, answers: Answers): Box[] {
  return walk(procedure, known, (field) => answerTo(answers, field))
}

/** Whether a box is there for the citizen's own answer, asked for or offered. */
export const isOwnWord = ({ asked, offered }: Box): boolean => asked || offered

/**
 * Whether a box is part of what the citizen declares. A helping field that the form comes to by
 * itself is not: whoever looks at the form again comes to it too.
 */
export const isDeclared = ({ field, derived }: Box): boolean => field.box !== false || !derived

/** The entry for a field; null where there is none. */
export function answerTo(answers: Answers, { key }: Field): AnswerValue | null {
  return Object.hasOwn(answers, key) ? (answers[key] ?? null) : null
}

/** What stands in the boxes, by key. */
export function valuesOf(all: readonly Box[]): Record<string, AnswerValue> {
  const values: Record<string, AnswerValue> = {}
  for (const { field, value } of all) if (value !== null) values[field.key] = value
  return values
}

/** The boxes that apply where each question has this answer. */
export function walk(
  procedure: Procedure,
  known: Known,
  answer: (field: Field) => AnswerValue | null,
): Box[] {
  const values: Record<string, AnswerValue> = {}
  const scope: Scope = { values, today: known.today }
  const all: Box[] = []
  const laid = new Set(known.card === null ? [] : [known.card.number])
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
    // A part of a name falls with the name that it was part of, and a card stands for one person.
    const falls =
      namePartProblem(given, sources, scope) !== null ||
      (given !== null && isCard(given) && laid.has(given.number))
    const standing = falls ? null : given
    if (standing !== null && isCard(standing)) laid.add(standing.number)
    const box = fill(field, sources, standing, (source) =>
      valueFrom(source, field, procedure, known, scope),
    )
    if (box.value !== null) values[field.key] = box.value
    all.push(box)
  }
  return all
}

/** Whether a source gives a part of a name that stands elsewhere. */
export const isNamePart = (one: ValueSource) => one.from === 'name-part'

/** Why an entry cannot be the part of a name that it should be; null where it can, or is no such part. */
export function namePartProblem(
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

/** The sources of a field as the form stands now. */
export function sourcesNow({ cases, source }: Field, scope: Scope): readonly ValueSource[] {
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
