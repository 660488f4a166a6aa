import { OUTBOX_LIMITS as limits } from './limits.ts'

/** How long a filing has not been delivered, the shortest first. */
export const overdueCodes = ['overdue-24h', 'overdue-72h', 'overdue-7d'] as const
export type OverdueCode = (typeof overdueCodes)[number]

/**
 * The alarm that a filing of this age is due, given the gravest that was raised of it before; null
 * for none. Where several have become due, while the kiosk was off, the gravest says it all. A
 * negative age means that the clock has been set back, and is no reason for any.
 */
export function overdueAlarm(ageMs: number, raised: OverdueCode | null): OverdueCode | null {
  const gravest = overdueCodes.findLast((code) => ageMs >= limits.OVERDUE_AFTER_MS[code])
  return gravest !== undefined && rank(gravest) > rank(raised) ? gravest : null
}

function rank(code: OverdueCode | null): number {
  return code === null ? -1 : overdueCodes.indexOf(code)
}
