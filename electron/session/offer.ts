import { localDate } from '../../shared/domain/local-time.ts'
import { eachOn, versionOn, type Procedure, type Versions } from '../../shared/forms/index.ts'
import { versionFor } from './kept-draft.ts'
import { stopOf } from './stop-road.ts'
import type { Visit } from './visit.ts'

/** The procedures of a kiosk. */
export interface Forms {
  /** With which a visit goes on that began with them. */
  readonly known: Versions
  /** Those of them that can be begun here, each on its days. */
  readonly offered: Versions
}

/** What a citizen can file here. Pure. */
export interface Offer {
  /** The procedure of a visit, as of the day on which it was chosen, whatever day it becomes. */
  of(visit: Pick<Visit, 'procedure' | 'day'>): Procedure | undefined
  /** Whether this can be begun here on this day. */
  isFileable(code: string | null, nowMs: number): boolean
  /** The groups of what can be begun here on this day: a counter serves each of them. */
  groups(nowMs: number): ReadonlySet<Procedure['group']>
  /** The form with which what was kept for this card goes on. */
  forKept(visit: Visit, nowMs: number): Procedure | undefined
  /** What the stop on the screen names in the place of the procedure, where it is fileable. */
  insteadOf(procedure: Procedure, visit: Visit, nowMs: number): string | null
  /** Whether the stop on the screen leads to a counter that this kiosk gives numbers for. */
  leadsToCounter(procedure: Procedure, visit: Visit, nowMs: number): boolean
}

export function createOffer({ known, offered }: Forms): Offer {
  const isFileable: Offer['isFileable'] = (code, nowMs) =>
    versionOn(offered, code, localDate(nowMs)) !== undefined
  const insteadOf: Offer['insteadOf'] = (procedure, visit, nowMs) => {
    const code = stopOf(procedure, visit)?.instead ?? null
    return isFileable(code, nowMs) ? code : null
  }
  return {
    of: ({ procedure, day }) => versionOn(known, procedure, day),
    isFileable,
    groups: (nowMs) => new Set(eachOn(offered, localDate(nowMs)).map(({ group }) => group)),
    forKept: ({ kept }, nowMs) =>
      kept?.state === 'offered' ? versionFor(kept.draft, offered, localDate(nowMs)) : undefined,
    insteadOf,
    leadsToCounter: (procedure, visit, nowMs) =>
      offered.has(procedure.code) && insteadOf(procedure, visit, nowMs) === null,
  }
}
