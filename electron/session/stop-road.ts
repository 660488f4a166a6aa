import { stopFor, type Answers, type Procedure } from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import type { Visit } from './visit.ts'

/**
 * Where a form ends for this citizen: too young, another authority, another procedure. It is no
 * refused answer: what was answered stays, and the question that led there is one touch away.
 */

/** The question whose answer first brings a stop about; null where none was needed. */
export interface StopPlace {
  readonly stop: string
  readonly question: string | null
}

/** Whether this citizen cannot go on, and because of what. */
export function stopPlace(procedure: Procedure, visit: Visit): StopPlace | null {
  const known = knownIn(visit)
  if (stopFor(procedure, known, visit.answers) === null) return null
  const order = procedure.form.fields.map(({ key }) => key)
  const answered = order.filter((key) => Object.hasOwn(visit.answers, key))
  for (const question of [null, ...answered]) {
    const soFar = answered.slice(0, question === null ? 0 : answered.indexOf(question) + 1)
    const stop = stopFor(procedure, known, only(visit.answers, soFar))
    if (stop !== null) return { stop: stop.key, question }
  }
  return null
}

const only = (answers: Answers, keys: readonly string[]): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key)))

/** The visit at its stop. */
export function stopHere(visit: Visit, { stop, question }: StopPlace): Visit {
  return { ...visit, stopped: { why: 'form', stop }, at: question, laid: null, refused: null }
}

/** The form's stop on the screen; undefined where there is none, or the citizen's own choice led there. */
export function stopOf(
  { form }: Procedure,
  { stopped }: Visit,
): Procedure['form']['stops'][number] | undefined {
  return stopped?.why === 'form' ? form.stops.find(({ key }) => key === stopped.stop) : undefined
}

/**
 * The visit at its stop, where an answer to this question leads to one; null where it goes on. A
 * later answer that leads to one has its turn when the way comes to it again.
 */
export function stopAfter(procedure: Procedure, visit: Visit, key: string): Visit | null {
  const place = stopPlace(procedure, visit)
  if (place === null) return null
  const order = procedure.form.fields.map((field) => field.key)
  const isLater = place.question !== null && order.indexOf(place.question) > order.indexOf(key)
  return isLater && !visit.changing ? null : stopHere(visit, place)
}

/** Back to the answer that led to the stop, or to where the way began. */
export function leaveStop(visit: Visit): Visit {
  return { ...visit, stopped: null, refused: null }
}
