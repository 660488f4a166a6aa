import { createHash } from 'node:crypto'
import { isSignedBy } from './certificate.ts'
import { same } from './ciphers.ts'
import { checkRevocation, type Revocation, type Trust } from './revocation-list.ts'
import { readSod, type Sod } from './sod.ts'
import { verifySignature } from './signatures.ts'

/** What the signature of the card's maker says about the data that were read. */
export interface Authenticity {
  /**
   * `verified`: signed, and the chain ends in this deployment's trust store. Only this one may be
   * shown as authentic. `signature-ok-chain-unknown`: consistent, but anybody could have signed it.
   */
  readonly verdict: 'verified' | 'signature-ok-chain-unknown' | 'failed' | 'not-attempted'
  readonly reason: AuthenticityReason
  /** Data groups by number whose hash fits the signed one. */
  readonly matched: readonly number[]
  /** Data groups by number whose hash differs from the signed one, or is not signed at all. */
  readonly differing: readonly number[]
  /** For technicians; a signer that was revoked has failed. */
  readonly revocation: Revocation
}

export type AuthenticityReason =
  /** verified */
  | 'chain-trusted'
  /** signature-ok-chain-unknown */
  | 'no-trust-store'
  | 'no-trusted-authority'
  | 'certificate-not-valid-now'
  /** failed */
  | 'sod-malformed'
  | 'signer-missing'
  | 'content-differs'
  | 'signature-wrong'
  | 'group-differs'
  /** Its authority has taken the signer's certificate back. */
  | 'signer-revoked'
  /** It signed the challenge with another key than its own. */
  | 'copy'
  /** not-attempted */
  | 'no-sod'
  | 'unsupported-algorithm'
  /** The card has a key to prove that it is no copy, and none of its proofs has passed. */
  | 'copy-not-excluded'

/**
 * Passive authentication (ICAO 9303-11, 5.1). `groups` are the files as read, by the number of the
 * data group; `trust` the country's signing authorities of this deployment, and their lists.
 */
export function authenticate(
  sodFile: Uint8Array | null,
  groups: ReadonlyMap<number, Uint8Array>,
  trust: Trust,
  nowMs: number,
): Authenticity {
  const none = { matched: [], differing: [], revocation: 'not-checked' } as const
  if (!sodFile) return { verdict: 'not-attempted', reason: 'no-sod', ...none }
  const sod = readSod(sodFile)
  if (!sod) return { verdict: 'failed', reason: 'sod-malformed', ...none }
  const { groupHash } = sod
  if (!groupHash || !sod.signer.digest) {
    return { verdict: 'not-attempted', reason: 'unsupported-algorithm', ...none }
  }
  const fits = (group: number, file: Uint8Array) =>
    same(
      createHash(groupHash).update(file).digest(),
      sod.groupHashes.get(group) ?? new Uint8Array(),
    )
  const numbers = [...groups].map(([group, file]) => ({ group, fits: fits(group, file) }))
  const matched = numbers.filter((each) => each.fits).map(({ group }) => group)
  const differing = numbers.filter((each) => !each.fits).map(({ group }) => group)
  const verdict = judge(sod, differing.length > 0, trust, nowMs)
  return { revocation: 'not-checked', ...verdict, matched, differing }
}

function judge(
  sod: Sod,
  differs: boolean,
  trust: Trust,
  nowMs: number,
): Pick<Authenticity, 'verdict' | 'reason'> & Partial<Pick<Authenticity, 'revocation'>> {
  const { signer, content, contentType } = sod
  const certificate = sod.certificates.find(signer.matches)
  if (!certificate) return { verdict: 'failed', reason: 'signer-missing' }
  const digest = createHash(signer.digest ?? 'sha256')
    .update(content)
    .digest()
  if (!same(digest, signer.messageDigest) || !same(contentType, signer.contentType)) {
    return { verdict: 'failed', reason: 'content-differs' }
  }
  if (differs) return { verdict: 'failed', reason: 'group-differs' }
  if (!certificate.key) return { verdict: 'not-attempted', reason: 'unsupported-algorithm' }
  const { algorithm, signed, signature } = signer
  const signatureVerdict = verifySignature(
    algorithm,
    signer.digest,
    certificate.key,
    signed,
    signature,
  )
  if (signatureVerdict === 'bad') return { verdict: 'failed', reason: 'signature-wrong' }
  if (signatureVerdict === 'unsupported') {
    return { verdict: 'not-attempted', reason: 'unsupported-algorithm' }
  }
  const unknown = 'signature-ok-chain-unknown'
  if (trust.authorities.length === 0) return { verdict: unknown, reason: 'no-trust-store' }
  const authority = trust.authorities.find((each) => isSignedBy(certificate, each))
  if (!authority) return { verdict: unknown, reason: 'no-trusted-authority' }
  const revocation = checkRevocation(certificate, trust, nowMs)
  if (revocation === 'revoked') {
    return { verdict: 'failed', reason: 'signer-revoked', revocation }
  }
  const valid = certificate.notBefore <= nowMs && nowMs <= certificate.notAfter
  if (!valid) return { verdict: unknown, reason: 'certificate-not-valid-now', revocation }
  return { verdict: 'verified', reason: 'chain-trusted', revocation }
}
