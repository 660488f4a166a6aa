import type { DueView } from '../../shared/contract/index.ts'
import { dueDate, isSureLimit } from '../../shared/domain/due-date.ts'
import type { WorkCalendar } from '../../shared/domain/work-calendar.ts'
import { limitFor, type Procedure, type Scope } from '../../shared/forms/index.ts'
import type { Profile } from '../settings/index.ts'
import { limitView } from './words.ts'

/** What is said of the result before the portal has accepted: no day yet. */
export type DueLater = Exclude<DueView, { state: 'day' }>

/** When the result of a filing is due. `receivedAt`: when the portal accepted it; null: not yet. */
export type DueOf = (procedure: Procedure, scope: Scope, receivedAt: string | null) => DueView

/**
 * The limit, which counts from acceptance; where it is not sure, nothing is promised and an officer
 * names the day.
 */
export function dueLater(procedure: Procedure, scope: Scope): DueLater {
  const limit = limitFor(procedure, scope)
  if (!isSureLimit(limit)) return { state: 'officer' }
  return { state: 'limit', limit: limitView(limit), counts: 'from-acceptance' }
}

/** A day is named once the portal has accepted, and only where limit and calendar are sure. */
export function createDueOf(calendar: WorkCalendar, openingHours: Profile['openingHours']): DueOf {
  return (procedure, scope, receivedAt) => {
    const later = dueLater(procedure, scope)
    if (receivedAt === null || later.state === 'officer') return later
    const hours = openingHours?.[procedure.group] ?? openingHours?.['default'] ?? null
    const limit = limitFor(procedure, scope)
    const due = dueDate({ calendar, hours }, limit, Date.parse(receivedAt))
    if (due.state === 'unsaid') return { ...later, counts: 'since-acceptance' }
    return { state: 'day', day: due.day, before: due.before }
  }
}
