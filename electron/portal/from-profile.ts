import { err, unreachable, type Result } from '../../shared/domain/result.ts'
import type { Profile, ProfileProblem } from '../settings/index.ts'
import type { PortalAdapter } from './adapter.ts'
import { createPortalClient, type PortalClientProblem } from './client.ts'

/** The way to the portal that the profile names; a value that cannot be meant, by its field. */
export function portalFromProfile({
  kioskId,
  portal,
}: Pick<Profile, 'kioskId' | 'portal'>): Result<PortalAdapter, ProfileProblem> {
  const { url, receiptKeys, ca, pins } = portal
  const client = createPortalClient({ url, kioskId, receiptKeys, tls: { ca, pins } })
  return client.ok ? client : err({ code: 'invalid', ...fault(client.error) })
}

function fault(problem: PortalClientProblem): { readonly where: string; readonly what: string } {
  switch (problem.code) {
    case 'bad-url':
      return { where: 'portal.url', what: 'not an address of http or https' }
    case 'needs-https':
      return { where: 'portal.url', what: 'https is needed with ca or pins' }
    case 'bad-ca':
      return { where: 'portal.ca', what: 'not certificates in PEM' }
    case 'no-receipt-key':
      return { where: 'portal.receiptKeys', what: 'no key that could sign a receipt' }
    case 'bad-receipt-key':
      return { where: `portal.receiptKeys.${problem.keyId}`, what: 'not an Ed25519 public key' }
    default:
      return unreachable(problem)
  }
}
