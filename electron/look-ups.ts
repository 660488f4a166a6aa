import { unreachable } from '../shared/domain/result.ts'
import { forSlipHolder } from './filing/index.ts'
import type { Log } from './log.ts'
import type { Outbox } from './outbox/index.ts'
import type { PortalAdapter, StatusOutcome } from './portal/index.ts'
import type { SessionPorts } from './session/index.ts'

type LookUpsDeps = {
  readonly outbox: Pick<Outbox, 'get' | 'portalStatus'>
  readonly portal: Pick<PortalAdapter, 'capabilities' | 'status'>
  readonly now: () => number
  readonly log: Log
}

type News = Exclude<Awaited<ReturnType<SessionPorts['askPortal']>>, null>

/**
 * Asks the portal about one filing that it has given a receipt for, while somebody holds its slip.
 * It only reads: nothing that is queued moves, no failure counts, and where the portal is known to
 * be away, or wants rest, it is not asked at all.
 */
export function createLookUps(deps: LookUpsDeps): Pick<SessionPorts, 'askPortal'> {
  const { outbox, portal, now, log } = deps
  let restUntilMs = 0

  function newsOf(outcome: StatusOutcome, dossierCode: string): News {
    switch (outcome.kind) {
      case 'accepted':
        if (outcome.receipt.dossierCode !== dossierCode) return { state: 'differs' }
        return outcome.supplement
          ? { state: 'asked-for', asked: forSlipHolder(outcome.supplement) }
          : { state: 'nothing' }
      case 'processing':
        return { state: 'nothing' }
      case 'absent':
      case 'withdrawn':
        return { state: 'differs' }
      case 'refused':
        // It lets nobody speak for the kiosk that took the filing in: that says nothing of the filing.
        return { state: outcome.problem === 'kiosk-disabled' ? 'unheard' : 'differs' }
      case 'wait':
        restUntilMs = now() + outcome.ms
        return { state: 'unheard' }
      case 'unknown':
        log('look-up-unheard', { code: outcome.cause })
        return { state: 'unheard' }
      case 'hold':
        log('look-up-unheard', { code: outcome.detail })
        return { state: 'unheard' }
      default:
        return unreachable(outcome)
    }
  }

  return {
    askPortal(clientRef, signal) {
      const filing = outbox.get(clientRef)
      const isAccepted = filing?.state === 'ACCEPTED' || filing?.state === 'ERASED'
      if (!isAccepted || !filing.receipt || !portal.capabilities.supplement) return null
      const { bodySha256, attachments, dossierCode } = filing.receipt
      const { state, restUntilMs: askedRestMs } = outbox.portalStatus()
      const rests = askedRestMs !== null || now() < restUntilMs
      if (state === 'away' || rests) return Promise.resolve({ state: 'unheard' })
      return portal
        .status(clientRef, bodySha256, signal, attachments, filing.origin?.kioskId)
        .then((outcome) => newsOf(outcome, dossierCode))
    },
  }
}
