import type {
  FilingBrief,
  FilingDetail,
  OutboxOverview,
  StaffAnswer,
} from '../shared/contract/index.ts'
import { formatShortRef } from '../shared/domain/short-ref.ts'
import type { StaffDesk } from './kiosk.ts'
import type { Outbox, PortalStatus, Submission, Transfer } from './outbox/index.ts'

/** The outbox's actions and reports as the contract has them. */
export function createStaffDesk(outbox: Outbox): StaffDesk {
  return {
    list: () => outbox.list().map(toBrief),
    show(clientRef) {
      const submission = outbox.get(clientRef)
      return submission === undefined ? null : toDetail(submission)
    },
    overview: () => ({ ...toOverview(outbox), portal: toPortal(outbox.portalStatus()) }),
    async act(action, { clientRef, actor, paperTaken, notAtPortal }): Promise<StaffAnswer> {
      const done = await outbox.staff[action](clientRef, { actor, paperTaken, notAtPortal })
      if (!done.ok) return { ok: false, refusal: done.error }
      return { ok: true, state: outbox.get(clientRef)?.state ?? 'ERASED' }
    },
    transferKey: () => outbox.transfer.key(),
    ...createTransferDesk(outbox.transfer),
  }
}

/** The part of the desk that needs no running outbox. */
export function createTransferDesk(transfer: Transfer): Pick<StaffDesk, 'exportTo' | 'importFrom'> {
  return {
    async exportTo({ dir, publicKey: keyPem, clientRefs, actor }) {
      const done = await transfer.exportTo({ dir, keyPem, clientRefs, actor })
      if (!done.ok) return { ok: false, problem: done.error }
      const { exported, left } = done.value
      return {
        ok: true,
        exported: exported.map(toMoved),
        left: left.map(toLeft),
      }
    },
    async importFrom({ dir, actor }) {
      const done = await transfer.importFrom({ dir, actor })
      if (!done.ok) return { ok: false, problem: done.error }
      const { taken, known, refused } = done.value
      return {
        ok: true,
        taken: taken.map(toMoved),
        known: known.map(toMoved),
        refused: refused.map(toLeft),
      }
    },
  }
}

function toMoved({ clientRef, shortRef }: { clientRef: string; shortRef: string | null }) {
  return { clientRef, reference: shortRef === null ? null : formatShortRef(shortRef) }
}

function toLeft<C>(one: { clientRef: string; shortRef: string | null; code: C }) {
  return { ...toMoved(one), code: one.code }
}

const iso = (ms: number) => new Date(ms).toISOString()
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms))

/** A filing as it stands in a list. */
export function toBrief(submission: Submission): FilingBrief {
  return {
    reference: formatShortRef(submission.shortRef),
    clientRef: submission.clientRef,
    procedure: submission.procedureCode,
    state: submission.state,
    dossierCode: submission.dossierCode,
    capturedAt: iso(submission.capturedAtMs),
    acceptedAt: isoOrNull(submission.acceptedAtMs),
    erasedAt: isoOrNull(submission.erasedAtMs),
    origin: submission.origin?.kioskId ?? null,
  }
}

/** A filing with what its delivery met. */
export function toDetail(submission: Submission): FilingDetail {
  const { attempts, lastCode, lastProblem, state, nextAtMs } = submission
  const nextAt = state === 'QUEUED' ? iso(nextAtMs) : null
  return { ...toBrief(submission), attempts, lastCode, lastProblem, nextAt }
}

/** How an outbox stands, as far as its store tells. */
export function toOverview(
  outbox: Pick<Outbox, 'counts' | 'alarms' | 'get'>,
): Omit<OutboxOverview, 'portal'> {
  const alarms = outbox.alarms().map(({ code, clientRef, atMs }) => {
    const filing = clientRef === null ? undefined : outbox.get(clientRef)
    const reference = filing === undefined ? null : formatShortRef(filing.shortRef)
    return { code, clientRef, reference, at: iso(atMs) }
  })
  return { counts: outbox.counts(), alarms }
}

function toPortal(status: PortalStatus): OutboxOverview['portal'] {
  const { state, trouble, cause, sinceMs, restUntilMs } = status
  return { state, trouble, cause, since: isoOrNull(sinceMs), restUntil: isoOrNull(restUntilMs) }
}
