import { localDate } from '../shared/domain/local-time.ts'
import { versionNear, type Versions } from '../shared/forms/index.ts'
import { buildFiling } from './filing/index.ts'
import type { Log } from './log.ts'
import type { Outbox, Submission } from './outbox/index.ts'
import type { IdentifiedBy } from './portal/index.ts'
import type { QueueNumbers } from './queue-numbers.ts'
import { knownIn, toFilingStatus, type SessionPorts, type Visit } from './session/index.ts'
import type { Profile } from './settings/index.ts'

type FilingsDeps = {
  readonly profile: Profile
  readonly procedures: Versions
  readonly numbers: QueueNumbers
  readonly outbox: Pick<Outbox, 'enqueue' | 'get'>
  readonly log: Log
}

/** How a visit becomes a durable filing with a number in the queue, and what became of filings. */
export function createFilings(
  deps: FilingsDeps,
): Pick<SessionPorts, 'file' | 'delivery' | 'filingStatus'> {
  const { profile, procedures, numbers, outbox, log } = deps

  return {
    file(visit, procedure, papers, nowMs, notice) {
      if (visit.card === null || visit.clientRef === null) return null
      const confirmed = {
        clientRef: visit.clientRef,
        procedure,
        known: { ...knownIn(visit), card: visit.card },
        identifiedBy: identifiedBy(visit),
        answers: visit.answers,
        ...(notice !== null && { notice }),
        papers: papers === 'none' ? [] : papers.list,
      }
      const built = buildFiling(confirmed, profile.kioskId, nowMs)
      if (!built.ok) {
        log('filing-not-built', { fields: built.error.map(({ field }) => field) })
        return null
      }
      // First the ticket, which alone is nothing: what is queued has been promised.
      const ticket = numbers.withFiling(visit.clientRef, procedure.group, nowMs)
      // A counter that an update has taken away takes no filing with it: there is a slip without one.
      if (!ticket.ok && ticket.error === 'not-kept') return null
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
      return {
        reference: queued.value.shortRef,
        ticket: ticket.ok ? ticket.value : null,
        filedAtMs: outbox.get(visit.clientRef)?.capturedAtMs ?? nowMs,
      }
    },
    delivery(clientRef) {
      const submission = outbox.get(clientRef)
      return submission ? toDelivery(submission) : null
    },
    filingStatus(clientRef) {
      const submission = outbox.get(clientRef)
      const group =
        submission &&
        versionNear(procedures, submission.procedureCode, localDate(submission.capturedAtMs))?.group
      return toFilingStatus(submission, group ? (profile.counters[group] ?? null) : null)
    },
  }
}

function identifiedBy({ card, chip }: Visit): IdentifiedBy {
  if (chip.state === 'read') {
    const { verdict, unsaid, alone } = chip
    return { by: 'chip', verdict, ...(unsaid && { unsaid }), ...(alone && { alone }) }
  }
  if (card?.from === 'bridge') return { by: 'bridge' }
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
