import {
  boxes,
  checkEntry,
  isOwnWord,
  nextQuestion,
  questions,
  type AnswerValue,
  type Box,
  type Field,
  type Procedure,
} from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import { stopAfter } from './stop-road.ts'
import type { Visit } from './visit.ts'

/**
 * The citizen's way through the questions of one procedure. Pure: a visit in, a visit out. Where
 * an answer leads is decided by the form alone; nothing that was answered is ever lost by going
 * back.
 */

/** The questions that are asked now, in order. */
export function asked(procedure: Procedure, visit: Visit): readonly Field[] {
  return questions(procedure, knownIn(visit), visit.answers)
}

/** The first question without an answer, or null when the form is complete. */
export function nextOpen(procedure: Procedure, visit: Visit): Field | null {
  return nextQuestion(procedure, knownIn(visit), visit.answers, visit.skipped)
}

/** The box that the citizen may fill now: asked for, offered, or filled in the usual way. */
export function openBox(procedure: Procedure, visit: Visit, key: string): Box | null {
  const all = boxes(procedure, knownIn(visit), visit.answers)
  return all.find((box) => box.field.key === key && (isOwnWord(box) || box.changeable)) ?? null
}

/** A visit on another question; what belonged to the one before does not follow. */
export function moveTo(visit: Visit, at: string | null): Visit {
  return { ...visit, at, laid: null, refused: null }
}

/**
 * Moves to the next thing to do: an open question, or null for the check page. A question is open
 * again where its answer does not fit what was changed elsewhere; then it says so.
 */
export function goOn(procedure: Procedure, visit: Visit): Visit {
  const next = nextOpen(procedure, visit)
  if (next === null) return { ...moveTo(visit, null), changing: false }
  return { ...moveTo(visit, next.key), refused: refusalOf(procedure, visit, next) }
}

function refusalOf(procedure: Procedure, visit: Visit, field: Field): Visit['refused'] {
  const value = visit.answers[field.key]
  if (value === undefined) return null
  const checked = checkEntry(procedure, knownIn(visit), visit.answers, field, value)
  return checked.ok ? null : { value, problem: checked.error }
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
): Visit {
  const box = openBox(procedure, visit, key)
  if (!box || visit.at !== key) return visit
  const { field } = box
  const { [key]: _, ...others } = visit.answers
  const skipped = visit.skipped.filter((other) => other !== key)
  if (value === null || value === '') {
    // What is filled in the usual way is never emptied: it would only be filled again.
    if (field.required || box.changeable) {
      return { ...visit, refused: { value, problem: { code: 'required' } } }
    }
    return settle(procedure, { ...visit, answers: others, skipped: [...skipped, key] }, key)
  }
  const checked = checkEntry(procedure, knownIn(visit), visit.answers, field, value)
  if (!checked.ok) return { ...visit, refused: { value, problem: checked.error } }
  return settle(procedure, { ...visit, answers: { ...others, [key]: checked.value }, skipped }, key)
}

/** An answer is kept: on the way on, or at the end of it for this citizen. */
function settle(procedure: Procedure, visit: Visit, key: string): Visit {
  return stopAfter(procedure, visit, key) ?? stepAfter(procedure, visit, key)
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
  return next ? moveTo(visit, next.key) : goOn(procedure, visit)
}

/** The question before the one on the screen; null when it is the first. */
export function previous(procedure: Procedure, visit: Visit): Field | null {
  const order = asked(procedure, visit)
  const at = order.findIndex((field) => field.key === visit.at)
  return order[at - 1] ?? null
}
