import { unreachable } from '../../shared/domain/result.ts'
import type { HoldCause } from '../portal/index.ts'
import type { Breaker } from './breaker.ts'

/** Why filings do not reach the portal, as far as it matters to whoever is to mend it. */
export type PortalTrouble =
  | HoldCause
  /** The network answers in the portal's place and wants a login first. */
  | 'network-login'
  /** Something between kiosk and portal answers instead of it. */
  | 'not-the-portal'
  /** It answers, and cannot deal with filings. */
  | 'portal-fails'
  /** Nobody answers. */
  | 'unreachable'

/** The trouble that a breaker stands for; null while nothing is known to be wrong. */
export function portalTrouble({ state, away, cause, hold }: Breaker): PortalTrouble | null {
  if (hold !== null) return hold.cause
  if (cause === null || (state !== 'open' && !away)) return null
  if (/^(login-needed|redirect|(no-marker|not-json)-2\d\d)$/.test(cause)) return 'network-login'
  if (/^(no-marker|not-json)-/.test(cause)) return 'not-the-portal'
  return away ? 'unreachable' : 'portal-fails'
}

/** One line for a technician: what is wrong, the code in brackets, and what to do. */
export function portalRemedy(trouble: PortalTrouble, cause: string): string {
  switch (trouble) {
    case 'network-login':
      return `network login needed (${cause}): something answers in the portal's place; log this kiosk in to the network, or have it let through`
    case 'not-the-portal':
      return `not the portal (${cause}): a proxy answers in its place; check the way there, and portal.url`
    case 'portal-fails':
      return `portal fails (${cause}): tell its operator; every filing is kept and tried again`
    case 'unreachable':
      return `portal unreachable (${cause}): check cable, router and portal.url`
    case 'tls':
      return `portal not proven (${cause}): check portal.url, portal.ca and portal.pins; nothing is sent until it proves itself`
    case 'clock':
      return `clock wrong (${cause}): by this kiosk's clock the portal's certificate is not valid; set the clock, and if it is right tell the portal's operator`
    case 'credentials':
      return `portal refuses this kiosk's credentials (${cause}): renew them; every filing is kept`
    case 'forbidden':
      return `kiosk switched off at the portal (${cause}): ask who runs it; every filing is kept`
    case 'contract':
      return `portal speaks another version (${cause}): check portal.url, or update the kiosk; every filing is kept`
    default:
      return unreachable(trouble)
  }
}
