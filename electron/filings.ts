import { isoDate, localDate } from '../shared/domain/local-time.ts'
import type { Procedure } from '../shared/forms/definition.ts'
import { buildFiling } from './filing/index.ts'
import type { Log } from './log.ts'
import type { Outbox, Submission } from './outbox/index.ts'
import type { IdentifiedBy } from './portal/index.ts'
import { toFilingStatus, type SessionPorts, type Visit } from './session/index.ts'
import type { Profile } from './settings/index.ts'
import { storeFault, type Store } from './store/index.ts'
import { nextTicket, ticketGroups, type Ticket } from './tickets/index.ts'

type FilingsDeps = {
  readonly profile: Profile
  readonly procedures: ReadonlyMap<string, Procedure>
  readonly store: Store
  readonly outbox: Pick<Outbox, 'enqueue' | 'get'>
  readonly log: Log
}

/** How a visit becomes a durable filing with a number in the queue, and what became of filings. */
export function createFilings(
  deps: FilingsDeps,
): Pick<SessionPorts, 'file' | 'delivery' | 'filingStatus'> {
  const { profile, procedures, store, outbox, log } = deps
  const groups = ticketGroups(profile.counters)

  function takeTicket(requestId: string, { group }: Procedure, nowMs: number): Ticket | null {
    const day = isoDate(localDate(nowMs))
    try {
      return nextTicket(store.db, { requestId, day, group, nowMs }, groups)
    } catch (cause) {
      const code = storeFault(cause)?.code
      if (code === undefined || code === 'dead') throw cause
      log('filing-not-kept', { code })
      return null
    }
  }

  return {
    file(visit, procedure, papers, nowMs) {
      if (visit.card === null || visit.clientRef === null) return null
      const confirmed = {
        clientRef: visit.clientRef,
        procedure,
        card: visit.card,
        identifiedBy: identifiedBy(visit),
        answers: visit.answers,
        papers: papers === 'none' ? [] : papers.list,
      }
      const built = buildFiling(confirmed, profile.kioskId, nowMs)
      if (!built.ok) {
        log('filing-not-built', { fields: built.error.map(({ field }) => field) })
        return null
      }
      // First the ticket, which alone is nothing: what is queued has been promised.
      const ticket = takeTicket(visit.clientRef, procedure, nowMs)
      if (ticket === null) return null
      const queued = outbox.enqueue({
        clientRef: visit.clientRef,
        requestId: visit.clientRef,
        procedureCode: procedure.code,
        citizenKey: visit.card.number,
        body: built.value.bytes,
        ...(papers === 'none' ? {} : { papers }),
      })
      if (!queued.ok) {
        log('filing-not-kept', { code: queued.error.code })
        return null
      }
      const { number, counter, issuedAtMs } = ticket
      return {
        reference: queued.value.shortRef,
        ticket: { number, counter },
        filedAtMs: issuedAtMs,
      }
    },
    delivery(clientRef) {
      const submission = outbox.get(clientRef)
      return submission ? toDelivery(submission) : null
    },
    filingStatus(clientRef) {
      const submission = outbox.get(clientRef)
      const group = procedures.get(submission?.procedureCode ?? '')?.group
      return toFilingStatus(submission, group ? (profile.counters[group] ?? null) : null)
    },
  }
}

function identifiedBy({ card, chip }: Visit): IdentifiedBy {
  if (chip.state === 'read') return { by: 'chip', verdict: chip.verdict }
  return { by: card?.unsure === undefined ? 'qr' : 'typed' }
}

function toDelivery(submission: Submission): NonNullable<Visit['filed']>['delivery'] {
  if (submission.dossierCode !== null) {
    return { state: 'accepted', dossierCode: submission.dossierCode }
  }
  // Withdrawn or handed over on paper: ended without a dossier code, so an officer knows more.
  const needsOfficer = submission.state === 'NEEDS_STAFF' || submission.state === 'ERASED'
  return { state: needsOfficer ? 'needs-officer' : 'held' }
}
