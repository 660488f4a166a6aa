import { localDate } from '../../shared/domain/local-time.ts'
import type { AnswerValue, Field, Procedure } from '../../shared/forms/definition.ts'
import { checkAnswer, nextQuestion, questions } from '../../shared/forms/index.ts'
import type { Visit } from './visit.ts'

/**
 * The citizen's way through the questions of one procedure. Pure: a visit in, a visit out. Where
 * an answer leads is decided by the form alone; nothing that was answered is ever lost by going
 * back.
 */

/** The questions that are asked now, in order. */
export function asked(procedure: Procedure, visit: Visit): readonly Field[] {
  return questions(procedure, visit.card, visit.answers)
}

/** The first question without an answer, or null when the form is complete. */
export function nextOpen(procedure: Procedure, visit: Visit): Field | null {
  return nextQuestion(procedure, visit.card, visit.answers, visit.skipped)
}

/** Moves to the next thing to do: an open question, or null for the check page. */
export function goOn(procedure: Procedure, visit: Visit): Visit {
  const next = nextOpen(procedure, visit)
  return {
    ...visit,
    at: next?.key ?? null,
    refused: null,
    changing: visit.changing && next !== null,
  }
}

/**
 * Takes an answer to the question on the screen. A refused entry stays with its reason; a good
 * one is kept and the visit moves on. `value` null leaves an optional question empty.
 */
export function takeAnswer(
  procedure: Procedure,
  visit: Visit,
  key: string,
  value: AnswerValue | null,
  nowMs: number,
): Visit {
  const field = asked(procedure, visit).find((candidate) => candidate.key === key)
  if (!field || visit.at !== key) return visit
  const others = Object.entries(visit.answers).filter(([answered]) => answered !== key)
  if (value === null || value === '') {
    if (field.required) return { ...visit, refused: { value, problem: { code: 'required' } } }
    const skipped = [...visit.skipped.filter((other) => other !== key), key]
    return stepAfter(procedure, { ...visit, answers: Object.fromEntries(others), skipped }, key)
  }
  const checked = checkAnswer(field, value, localDate(nowMs))
  if (!checked.ok) return { ...visit, refused: { value, problem: checked.error } }
  const answers = { ...Object.fromEntries(others), [key]: checked.value }
  const skipped = visit.skipped.filter((other) => other !== key)
  return stepAfter(procedure, { ...visit, answers, skipped }, key)
}

/**
 * Where an accepted answer leads: back to the check page after a change, unless the change opened
 * a question; otherwise to the question that follows, answered before or not, so that "back" and
 * "on" are mirror images.
 */
function stepAfter(procedure: Procedure, visit: Visit, key: string): Visit {
  if (visit.changing) return goOn(procedure, visit)
  const order = asked(procedure, visit)
  const next = order[order.findIndex((field) => field.key === key) + 1]
  return next ? { ...visit, at: next.key, refused: null } : goOn(procedure, visit)
}

/** The question before the one on the screen; null when it is the first. */
export function previous(procedure: Procedure, visit: Visit): Field | null {
  const order = asked(procedure, visit)
  const at = order.findIndex((field) => field.key === visit.at)
  return order[at - 1] ?? null
}
