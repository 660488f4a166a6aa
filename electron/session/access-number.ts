import type { AccessRefusal } from '../../shared/contract/index.ts'
import type { ChipVerdict, IdCard, Population } from '../../shared/domain/id-card.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { takeChipAnswer, type ChipAnswer } from './chip-answer.ts'
import { forAnotherCard } from './filings-made.ts'
import { SESSION_LIMITS } from './limits.ts'
import type { Visit } from './visit.ts'

/**
 * The number printed on a card opens its chip where nothing that was scanned does. It is typed and
 * used: no visit, no draft and no log ever holds it. Pure, as `road.ts` is.
 */

/** What came of opening a chip with a number that was typed. */
export type AccessAnswer =
  /** Nothing was scanned: the chip itself says whose card this is. */
  | {
      readonly state: 'holder'
      readonly card: IdCard
      readonly verdict: ChipVerdict
      readonly population: Population | null
    }
  | Extract<ChipAnswer, { state: 'read' | 'differs' }>
  | { readonly state: 'refused'; readonly why: AccessRefusal }

/** Numbers that may still be typed in this visit. */
export function triesLeft({ access }: Visit): number {
  return Math.max(0, SESSION_LIMITS.ACCESS_TRIES_MAX - access.tries)
}

/** Whether a number that is typed now would be tried. */
export function takesNumber(visit: Visit): boolean {
  return visit.access.state !== 'reading' && triesLeft(visit) > 0
}

/** Takes what came of it. Only a wrong number counts as a try: a chip slows down after those. */
export function takeAccessAnswer(visit: Visit, answer: AccessAnswer, nowMs: number): Visit {
  const { tries } = visit.access
  switch (answer.state) {
    case 'holder':
      return {
        ...forAnotherCard(visit),
        card: answer.card,
        chip: { state: 'read', verdict: answer.verdict, gave: [], alone: true },
        population: answer.population,
      }
    case 'read':
    case 'differs':
      return { ...takeChipAnswer(visit, answer, nowMs), access: { state: 'open', tries } }
    case 'refused': {
      const { why } = answer
      return { ...visit, access: { state: why, tries: why === 'wrong' ? tries + 1 : tries } }
    }
    default:
      return unreachable(answer)
  }
}
