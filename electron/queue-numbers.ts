import { isoDate, localDate } from '../shared/domain/local-time.ts'
import { err, ok, type Result } from '../shared/domain/result.ts'
import { createJournal } from './audit/index.ts'
import type { Log } from './log.ts'
import { storeFault, type Store } from './store/index.ts'
import { nextTicket, ticketGroups, ticketOf, type Ticket } from './tickets/index.ts'

/** Why there is no number: no counter of this kiosk serves the group, or the store took none. */
export type NoNumber = 'no-counter' | 'not-kept'

/** The numbers that visits are given. One visit has one number in each queue. */
export interface QueueNumbers {
  /** For whoever files. */
  withFiling(clientRef: string, group: string, nowMs: number): Result<Ticket, NoNumber>
  /** For whoever goes to a counter without a filing; it stands in the journal, without a name. */
  alone(clientRef: string, group: string, nowMs: number): Result<Ticket, NoNumber>
}

export function createQueueNumbers({
  counters,
  store,
  log,
}: {
  /** By group of procedures. */
  readonly counters: Readonly<Record<string, string>>
  readonly store: Pick<Store, 'db'>
  readonly log: Log
}): QueueNumbers {
  const groups = ticketGroups(counters)
  const journal = createJournal(store.db)

  function take(
    clientRef: string,
    group: string,
    nowMs: number,
    isNew: () => void,
  ): Result<Ticket, NoNumber> {
    if (groups[group] === undefined) return err('no-counter')
    const requestId = `${clientRef}:${group}`
    const day = isoDate(localDate(nowMs))
    const number = store.db.transaction((): Ticket => {
      const before = ticketOf(store.db, requestId)
      if (before !== null) return before
      isNew()
      return nextTicket(store.db, { requestId, day, group, nowMs }, groups)
    })
    try {
      return ok(number.immediate())
    } catch (cause) {
      const code = storeFault(cause)?.code
      if (code === undefined || code === 'dead') throw cause
      log('ticket-not-kept', { code })
      return err('not-kept')
    }
  }

  return {
    withFiling: (clientRef, group, nowMs) => take(clientRef, group, nowMs, () => {}),
    alone: (clientRef, group, nowMs) =>
      take(clientRef, group, nowMs, () =>
        journal.append({
          clientRef: null,
          actor: 'kiosk',
          from: null,
          to: null,
          reason: 'ticket-without-filing',
          atMs: nowMs,
        }),
      ),
  }
}
