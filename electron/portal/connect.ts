import { createHash, X509Certificate } from 'node:crypto'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { buildConnector } from 'undici'

/** Whom to trust as the portal, beyond the system's authorities. */
export type PortalTls = {
  /** PEM of the only authorities that may vouch for the portal. */
  readonly ca?: string | undefined
  /** SHA-256 of SubjectPublicKeyInfo, base64; the portal's key must be one of them. */
  readonly pins?: readonly string[] | undefined
}

/** Code of the error when the portal's key is none of the pins. */
export const PIN_MISMATCH = 'PIN_MISMATCH'

/**
 * Connects, and remembers which errors came from connecting: those, and no others, prove that no
 * byte of a request was sent.
 */
export function createConnector(timeoutMs: number, tls: PortalTls = {}) {
  const failures = new WeakSet<Error>()
  const { pins } = tls
  const connect = buildConnector({
    timeout: timeoutMs,
    ...(tls.ca !== undefined && { ca: tls.ca }),
    checkServerIdentity: (host: string, certificate: PeerCertificate) =>
      checkServerIdentity(host, certificate) ??
      (pins === undefined || pins.includes(pinOf(certificate.raw)) ? undefined : pinMismatch()),
  })
  const connector: buildConnector.connector = (options, callback) =>
    connect(options, (...result) => {
      if (result[0] !== null) failures.add(result[0])
      callback(...result)
    })
  return {
    connector,
    isConnectFailure: (cause: unknown): boolean => cause instanceof Error && failures.has(cause),
  }
}

/** Whether this is one certificate in PEM, or several, and nothing that is cut off. */
export function areCertificates(pem: string): boolean {
  const certificates = pem.split(/(?=-----BEGIN )/).filter((part) => part.trim() !== '')
  try {
    return certificates.length > 0 && certificates.every((one) => new X509Certificate(one).raw)
  } catch {
    return false
  }
}

/** The pin of a certificate in DER. */
export function pinOf(der: Buffer): string {
  const spki = new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('base64')
}

function pinMismatch(): Error {
  return Object.assign(new Error('the portal has another key'), { code: PIN_MISMATCH })
}

/** Why TLS failed: the times in the certificate, or anything else about trust; null if not TLS. */
export function tlsCause(code: string): 'clock' | 'tls' | null {
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') return 'clock'
  return code === PIN_MISMATCH ||
    /^(CERT_|CRL_|ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH)/.test(
      code,
    )
    ? 'tls'
    : null
}
