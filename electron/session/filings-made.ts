import type { FullDate } from '../../shared/domain/id-card.ts'
import { resolveValues, type Procedure } from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import { SESSION_LIMITS } from './limits.ts'
import { emptyVisit, type Visit } from './visit.ts'

/**
 * The filings of one visit: the one on the screen and those before it. Whoever files something
 * else with the same card must not lose the slip or the receipt of what they filed first. Pure.
 */

/** What is known of one filing. */
export type Filed = NonNullable<Visit['filed']>

/** A filing that was made in this visit, as its papers need it. */
export type MadeFiling = Visit & { readonly filed: Filed; readonly clientRef: string }

const isMade = (visit: Visit): visit is MadeFiling =>
  visit.filed !== null && visit.clientRef !== null

/** Every filing that this visit has made, the latest first. */
export function filingsOf(visit: Visit): MadeFiling[] {
  const before = visit.before.map((one): Visit => ({ ...one, before: [] }))
  return [visit, ...before.toReversed()].filter(isMade)
}

/** Changes what is known of one filing; the visit itself where it is none of its own. */
export function withFiling(
  visit: Visit,
  clientRef: string,
  change: (filed: Filed) => Filed,
): Visit {
  if (visit.clientRef === clientRef) {
    return visit.filed === null ? visit : { ...visit, filed: change(visit.filed) }
  }
  if (!visit.before.some((one) => one.clientRef === clientRef)) return visit
  const before = visit.before.map((one) =>
    one.clientRef === clientRef && one.filed !== null ? { ...one, filed: change(one.filed) } : one,
  )
  return { ...visit, before }
}

/**
 * An empty visit in the place of this one: another card, or none. What was filed stays its own, and
 * so does a number that was taken.
 */
export function anew(visit: Visit, clientRef: string | null = visit.clientRef): Visit {
  return { ...emptyVisit, clientRef, ticket: visit.ticket, before: visit.before }
}

/** The same for another card: a sheet that was shown before still says what is wanted. */
export function forAnotherCard(visit: Visit, clientRef: string | null = visit.clientRef): Visit {
  return { ...anew(visit, clientRef), wanted: visit.wanted }
}

/** Whether something else may be filed in this visit. */
export function mayFileAnother(visit: Visit): boolean {
  return visit.filed !== null && visit.before.length + 1 < SESSION_LIMITS.FILINGS_MAX
}

/** The same citizen files something else: what the filing says is known and not asked again. */
export function fileAnother(procedure: Procedure, visit: Visit, clientRef: string): Visit {
  const { before, ...made } = visit
  return {
    ...emptyVisit,
    clientRef,
    card: visit.card,
    cardWritten: visit.cardWritten,
    chip: visit.chip,
    population: visit.population,
    earlier: { ...visit.earlier, ...valuesOf(procedure, visit) },
    before: [...before, made],
  }
}

/** The procedure that fits in the place of this one: what was answered is known and not asked again. */
export function doInstead(
  procedure: Procedure,
  visit: Visit,
  { code, day }: { readonly code: string; readonly day: FullDate },
): Visit {
  return {
    ...visit,
    earlier: { ...visit.earlier, ...valuesOf(procedure, visit) },
    procedure: code,
    day,
    answers: {},
    skipped: [],
    at: null,
    stopped: null,
    papers: {},
    paperAt: null,
    changing: false,
  }
}

function valuesOf(procedure: Procedure, visit: Visit): Visit['earlier'] {
  return resolveValues(procedure, knownIn(visit), visit.answers)
}
