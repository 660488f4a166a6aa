import type { Known, Procedure } from '../../shared/forms/index.ts'
import type { Visit } from './visit.ts'

/** What is known in a visit before the first question. The day stands as soon as a procedure does. */
export function knownIn(visit: Visit): Known {
  if (visit.day === null) throw new Error('a procedure without the day on which it was chosen')
  return { card: visit.card, chip: visit.population, earlier: visit.earlier, today: visit.day }
}

/** A form that a citizen filled in here. */
export interface FilledForm {
  readonly procedure: Procedure
  readonly known: Known
  readonly answers: Visit['answers']
}
