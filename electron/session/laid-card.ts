import type { IdCard } from '../../shared/domain/id-card.ts'
import { isCard, type AnswerProblem, type Procedure } from '../../shared/forms/index.ts'
import { checkEntry } from '../../shared/forms/index.ts'
import type { ScannedCode } from '../identity/index.ts'
import { knownIn } from './known.ts'
import { openBox, takeAnswer } from './road.ts'
import type { Visit } from './visit.ts'

/**
 * The card of another person of the form, held under the scanner at its question. It is shown with
 * its name first: the wrong card is laid more easily than a wrong word is typed. Pure, as
 * `road.ts` is.
 */

/** The card that the question on the screen has: just read, or accepted before. */
export function cardOnScreen(visit: Visit): IdCard | null {
  if (visit.laid !== null) return visit.laid
  const kept = visit.at === null ? undefined : visit.answers[visit.at]
  return kept !== undefined && isCard(kept) ? kept : null
}

/** Takes what was scanned while a card is asked for; the same again changes nothing. */
export function layCard(procedure: Procedure, visit: Visit, code: ScannedCode): Visit {
  const field = visit.at === null ? null : openBox(procedure, visit, visit.at)?.field
  if (field?.input.kind !== 'card') return visit
  if (code.kind !== 'id-card') return refuse(visit, { code: 'not-a-card' })
  if (code.card.number === cardOnScreen(visit)?.number) {
    return visit.refused === null ? visit : { ...visit, refused: null }
  }
  const checked = checkEntry(procedure, knownIn(visit), visit.answers, field, code.card)
  if (!checked.ok) return refuse(visit, checked.error)
  return { ...visit, laid: code.card, refused: null }
}

function refuse(visit: Visit, problem: AnswerProblem): Visit {
  if (visit.refused?.problem.code === problem.code) return visit
  return { ...visit, refused: { value: null, problem } }
}

/** Whether what was scanned is one more card, and not one that lies there forgotten. */
export function isNewCard(procedure: Procedure, visit: Visit, code: ScannedCode): boolean {
  return layCard(procedure, visit, code).laid !== visit.laid
}

/** The card on the screen is the right one: the way goes on. */
export function acceptCard(procedure: Procedure, visit: Visit): Visit {
  const card = cardOnScreen(visit)
  return visit.at === null || card === null ? visit : takeAnswer(procedure, visit, visit.at, card)
}

/** The card on the screen is the wrong one: another may be laid. */
export function dropCard(visit: Visit): Visit {
  if (visit.at === null || cardOnScreen(visit) === null) return visit
  const { [visit.at]: _, ...answers } = visit.answers
  return { ...visit, answers, laid: null, refused: null }
}
