import { z } from 'zod'
import type { Database } from '../store/index.ts'
import { closedBreaker, type Breaker } from './breaker.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

/** What a restart must not forget of a portal: an outage, a hold, the rest that it asked for. */
type Remembered = { readonly breaker: Breaker; readonly restUntilMs: number }

const REST = 'rest'

const rowSchema = z
  .object({
    state: z.enum(['closed', 'open', 'half-open', 'held']),
    opened_ms: z.int().nullable(),
    reason: z.string().nullable(),
    next_probe_ms: z.int().nullable(),
  })
  .optional()

const causeSchema = z.enum(['credentials', 'forbidden', 'tls', 'clock', 'contract'])

/** The row of one portal in table `breaker`. */
export function createBreakerRow(db: Database, portalId: string) {
  const read = db.prepare(
    'SELECT state, opened_ms, reason, next_probe_ms FROM breaker WHERE portal_id = ?',
  )
  const write = db.prepare(
    `INSERT INTO breaker (portal_id, state, opened_ms, reason, next_probe_ms)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (portal_id) DO UPDATE SET state = excluded.state,
       opened_ms = excluded.opened_ms, reason = excluded.reason,
       next_probe_ms = excluded.next_probe_ms`,
  )
  return {
    load(): Remembered {
      const row = rowSchema.parse(read.get(portalId))
      if (row === undefined || row.state === 'closed') {
        const until = row?.reason === REST ? (row.next_probe_ms ?? 0) : 0
        return { breaker: closedBreaker, restUntilMs: until }
      }
      const held = row.state === 'held' ? parseHold(row.reason ?? '') : null
      const open: Breaker = {
        ...closedBreaker,
        state: 'open',
        failures: limits.BREAKER_OPENS_AFTER,
        sinceMs: row.opened_ms,
        cause: held?.detail ?? row.reason,
        hold: held,
      }
      return { breaker: open, restUntilMs: 0 }
    },

    /** `restUntilMs` is null where the portal has not asked for rest. */
    save(breaker: Breaker, restUntilMs: number | null, nextProbeMs: number | null): void {
      const { state, hold, sinceMs, cause } = breaker
      if (state === 'closed' && restUntilMs !== null) {
        write.run(portalId, 'closed', null, REST, restUntilMs)
      } else if (hold !== null) {
        const reason = `${hold.cause}:${hold.detail}`
        write.run(portalId, 'held', sinceMs, reason, nextProbeMs)
      } else write.run(portalId, state, sinceMs, cause, nextProbeMs)
    },
  }
}

function parseHold(reason: string): Breaker['hold'] {
  const [cause, ...detail] = reason.split(':')
  const parsed = causeSchema.safeParse(cause)
  return parsed.success ? { cause: parsed.data, detail: detail.join(':') } : null
}
