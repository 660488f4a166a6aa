import { err, ok, type Result } from '../domain/result.ts'
import { checkAnswer } from './answer.ts'
import { isCard, type Answers, type AnswerValue } from './answer-value.ts'
import {
  answerTo,
  boxes,
  isDeclared,
  isNamePart,
  isOwnWord,
  namePartProblem,
  sourcesNow,
  valuesOf,
  walk,
  type Box,
} from './boxes.ts'
import type { AnswerProblem, Procedure, Stop } from './definition.ts'
import { sourcesOf, type Field } from './field.ts'
import type { Known } from './known.ts'
import { procedurePhrase } from './phrases.ts'
import { holds, type Scope } from './rules.ts'

/** A box that was not filled as the form demands, or a stop of the form (its key in `field`). */
export interface BoxProblem {
  readonly field: string
  readonly problem: AnswerProblem | { readonly code: 'stopped' }
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
  if (isCard(value)) {
    const { [field.key]: _, ...before } = answers
    const laid = boxes(procedure, known, before).map((box) => box.value)
    const others = [known.card, ...laid.filter((other) => other !== null && isCard(other))]
    if (others.some((other) => other?.number === value.number)) return { code: 'same-card' }
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

const isSent = (box: Box): boolean => box.field.input.kind !== 'card' && isDeclared(box)
