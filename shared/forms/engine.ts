import type { FullDate, IdCard, PartialDate } from '../domain/id-card.ts'
import { err, ok, unreachable, type Result } from '../domain/result.ts'
import { checkAnswer } from './answer.ts'
import type {
  AnswerProblem,
  Answers,
  AnswerValue,
  Field,
  Procedure,
  ValueSource,
} from './definition.ts'
import { holds } from './rules.ts'

/**
 * One box of the form as it stands now. `asked`: the citizen is the one who knows; `value` null:
 * nothing stands in it yet, or an optional question was left empty.
 */
export interface Box {
  readonly field: Field
  readonly source: ValueSource
  readonly asked: boolean
  readonly value: AnswerValue | null
}

/** A box that was not filled as the form demands. */
export interface BoxProblem {
  readonly field: string
  readonly problem: AnswerProblem
}

/**
 * The boxes that apply, in order. Rules and copies look only at earlier fields (`checkProcedure`
 * sees to it), so one pass in order is the fixed point: there is nothing to iterate. A hidden
 * field has no value, and an answer to it is kept by whoever keeps the answers but not seen here.
 */
export function boxes(procedure: Procedure, card: IdCard | null, answers: Answers): Box[] {
  return walk(procedure, card, (field) => answerTo(answers, field))
}

/** The value of every field that applies, by key. */
export function resolveValues(
  procedure: Procedure,
  card: IdCard | null,
  answers: Answers,
): Answers {
  return valuesOf(boxes(procedure, card, answers))
}

/** The fields that apply, in order. */
export function visibleFields(
  procedure: Procedure,
  card: IdCard | null,
  answers: Answers,
): Field[] {
  return boxes(procedure, card, answers).map((box) => box.field)
}

/**
 * The fields that the citizen is asked, in order, answered or not: those whose source is the
 * citizen, and required ones that the card leaves empty.
 */
export function questions(procedure: Procedure, card: IdCard | null, answers: Answers): Field[] {
  return boxes(procedure, card, answers)
    .filter((box) => box.asked)
    .map((box) => box.field)
}

/**
 * The first question that is neither answered nor skipped. An optional question that was left
 * empty has no key in `answers`; its key stands in `skipped`, so that both survive as plain JSON
 * and "not yet asked" and "left empty" stay two things.
 */
export function nextQuestion(
  procedure: Procedure,
  card: IdCard | null,
  answers: Answers,
  skipped: readonly string[],
): Field | null {
  const open = boxes(procedure, card, answers).find(
    ({ asked, field, value }) => asked && value === null && !skipped.includes(field.key),
  )
  return open?.field ?? null
}

/**
 * How much of the form stands already. Before a choice is made the usual way is assumed: choices
 * are written with the most frequent first, so the promise ("5 more questions") fits most people
 * and does not grow for them on the way.
 */
export function progress(
  procedure: Procedure,
  card: IdCard | null,
  answers: Answers,
): { known: number; total: number; asked: number } {
  const expected = walk(procedure, card, (field) => {
    const usual = field.input.kind === 'choice' ? field.input.choices[0]?.value : undefined
    return answerTo(answers, field) ?? usual ?? null
  })
  return {
    known: expected.filter((box) => !box.asked && box.value !== null).length,
    total: expected.length,
    asked: expected.filter((box) => box.asked).length,
  }
}

/** The papers that this dossier needs; `values` as `resolveValues` gives them. */
export function components(procedure: Procedure, values: Answers): Procedure['components'] {
  return procedure.components.filter(({ showIf }) => showIf === undefined || holds(showIf, values))
}

/**
 * The finished form: every box that applies and has a value. Answers are checked again, because
 * they crossed a boundary; what the card or the definition says is taken as it is, since the
 * citizen could not mend it. What is hidden is never part of it.
 */
export function buildForm(
  procedure: Procedure,
  card: IdCard | null,
  answers: Answers,
  today: FullDate,
): Result<Record<string, AnswerValue>, BoxProblem[]> {
  // Tidied first, so that rules, copies and sentences see what the form will hold.
  const tidied: Record<string, AnswerValue> = {}
  const refused = new Map<string, AnswerProblem>()
  for (const field of procedure.form.fields) {
    const entry = answerTo(answers, field)
    if (entry === null) continue
    const checked = checkAnswer(field, entry, today)
    tidied[field.key] = checked.ok ? checked.value : entry
    if (!checked.ok) refused.set(field.key, checked.error)
  }
  const all = boxes(procedure, card, tidied)
  const problems = all.flatMap(({ field, asked, value }): BoxProblem[] => {
    if (value === null) {
      return field.required ? [{ field: field.key, problem: { code: 'required' } }] : []
    }
    const problem = asked ? refused.get(field.key) : undefined
    return problem ? [{ field: field.key, problem }] : []
  })
  return problems.length > 0 ? err(problems) : ok(valuesOf(all))
}

/** A value in words, as it stands on paper: a choice's label, a date as dd/mm/yyyy. */
export function valueText(field: Field, value: AnswerValue): string {
  if (typeof value === 'object') return dateText(value)
  if (field.input.kind !== 'choice') return String(value)
  return field.input.choices.find((choice) => choice.value === value)?.label ?? String(value)
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
  card: IdCard | null,
  answer: (field: Field) => AnswerValue | null,
): Box[] {
  const fields = new Map(procedure.form.fields.map((field) => [field.key, field]))
  const values: Record<string, AnswerValue> = {}
  const all: Box[] = []
  for (const field of procedure.form.fields) {
    if (field.showIf !== undefined && !holds(field.showIf, values)) continue
    const source = field.cases?.find(({ when }) => holds(when, values))?.source ?? field.source
    const given = source.from === 'asked' ? null : valueFrom(source, card, values, fields)
    const asked =
      source.from === 'asked' || (source.from === 'card' && field.required && given === null)
    const value = asked ? answer(field) : given
    if (value !== null) values[field.key] = value
    all.push({ field, source, asked, value })
  }
  return all
}

function valueFrom(
  source: Exclude<ValueSource, { from: 'asked' }>,
  card: IdCard | null,
  values: Answers,
  fields: ReadonlyMap<string, Field>,
): AnswerValue | null {
  switch (source.from) {
    case 'card': {
      const value = card?.[source.path] ?? null
      return value === '' ? null : value
    }
    case 'default':
      return source.value
    case 'field':
      return values[source.key] ?? null
    case 'composed':
      return compose(source.text, values, fields)
    default:
      return unreachable(source)
  }
}

/** A part without a value leaves nothing but its neighbours: the sentence stays readable. */
function compose(text: string, values: Answers, fields: ReadonlyMap<string, Field>): string {
  return text.replace(/\{([^{}]+)\}/g, (_, key: string) => {
    const field = fields.get(key)
    const value = values[key]
    return field && value !== undefined ? valueText(field, value) : ''
  })
}
