import { isSignedBy, readCritical, type Certificate } from './certificate.ts'
import { DER, members, readBits, readTime } from './der.ts'
import { decoded, malformed, only, readTlv, type Tlv } from './tlv.ts'

/** What passive authentication needs of an X.509 certificate revocation list (RFC 5280, 5). */
export interface RevocationList {
  readonly signed: Uint8Array
  readonly algorithm: Tlv
  readonly signature: Uint8Array
  readonly issuer: Uint8Array
  /** ms since 1970; without `nextUpdate` nobody can tell how long it holds. */
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  /** Serial numbers in hexadecimal. */
  readonly revoked: ReadonlySet<string>
}

/** Whom a deployment believes: signing authorities, and what they have taken back. */
export interface Trust {
  readonly authorities: readonly Certificate[]
  readonly lists: readonly RevocationList[]
}

/**
 * What the lists say of a signer. `no-list`: none of its authority is there. `outdated`: there is one,
 * and it does not hold now. Neither is told to a citizen: it is the deployment that lacks something.
 */
export type Revocation = 'not-checked' | 'no-list' | 'outdated' | 'unrevoked' | 'revoked'

/** Reads a whole list in DER; null if it is none, or speaks of a part of the certificates alone. */
export function readRevocationList(bytes: Uint8Array): RevocationList | null {
  return decoded(() => {
    const outer = members({ value: only(bytes, DER.SEQUENCE) })
    const signed = outer.take(DER.SEQUENCE)
    const algorithm = outer.take(DER.SEQUENCE)
    const signature = readBits(outer.take(DER.BIT_STRING))
    const fields = members(signed)
    fields.takeIf(DER.INTEGER)
    fields.take(DER.SEQUENCE)
    const issuer = fields.take(DER.SEQUENCE).raw
    const thisUpdate = readTime(fields.any())
    const next = fields.takeIf(DER.UTC_TIME) ?? fields.takeIf(DER.GENERALIZED_TIME)
    const revoked = readSerials(fields.takeIf(DER.SEQUENCE))
    const extensions = fields.takeIf(0xa0)
    // A delta, or a list for some certificates only, must be understood before it is used.
    if (extensions && readCritical(extensions.value).length > 0) malformed()
    const nextUpdate = next && readTime(next)
    return { signed: signed.raw, algorithm, signature, issuer, thisUpdate, nextUpdate, revoked }
  })
}

/** One by one: a list may be far longer than any object of a card. */
function readSerials(entries: Tlv | null): ReadonlySet<string> {
  const serials = new Set<string>()
  const bytes = entries?.value ?? new Uint8Array()
  for (let at = 0; at < bytes.length;) {
    const entry = readTlv(bytes, at)
    if (entry.tag !== DER.SEQUENCE) malformed()
    const fields = members(entry)
    serials.add(serialText(fields.take(DER.INTEGER).value))
    readTime(fields.any())
    at += entry.raw.length
  }
  return serials
}

const serialText = (serial: Uint8Array) => Buffer.from(serial).toString('hex')

/** The lists in a PEM text, or in a file that is one list in DER; what is none is left out. */
export function readLists(file: Uint8Array): readonly RevocationList[] {
  const text = Buffer.from(file).toString('latin1')
  const blocks = [...text.matchAll(/-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/g)]
  const lists = blocks.map(([, base64 = '']) => Buffer.from(base64, 'base64'))
  return (lists.length > 0 ? lists : [file]).flatMap((der) => readRevocationList(der) ?? [])
}

/** What the genuine lists of a signer's authority say of it. Once revoked stays revoked. */
export function checkRevocation(
  { issuer, serial }: Pick<Certificate, 'issuer' | 'serial'>,
  { authorities, lists }: Trust,
  nowMs: number,
): Exclude<Revocation, 'not-checked'> {
  const genuine = lists.filter(
    (list) =>
      Buffer.compare(list.issuer, issuer) === 0 &&
      authorities.some((authority) => isSignedBy(list, authority)),
  )
  if (genuine.some(({ revoked }) => revoked.has(serialText(serial)))) return 'revoked'
  const holds = genuine.some(
    ({ thisUpdate, nextUpdate }) =>
      thisUpdate <= nowMs && nextUpdate !== null && nowMs <= nextUpdate,
  )
  if (holds) return 'unrevoked'
  return genuine.length > 0 ? 'outdated' : 'no-list'
}
