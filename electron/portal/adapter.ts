import type { Result } from '../../shared/domain/result.ts'
import type { ManifestEntry, Receipt } from './contract.ts'
import type { Supplement } from './supplement.ts'

/**
 * A way to one portal. What an adapter cannot promise, it says: without `replaySafe` a filing
 * whose fate is in doubt goes to staff and never out again by itself. No method throws for what a
 * network or a portal does.
 */
export type PortalAdapter = {
  readonly capabilities: PortalCapabilities
  /**
   * Sends exactly these bytes. Every paper of the body's manifest must be complete at the portal,
   * or readable by an adapter that uploads for itself. `kioskId`, here and below: the kiosk that
   * took the filing in, where that is not this one.
   */
  send(
    clientRef: string,
    bytes: Uint8Array,
    signal?: AbortSignal,
    kioskId?: string,
  ): Promise<SendOutcome>
  /**
   * Asks for the filing with this reference whose bytes have this SHA-256 (lower-case hex) and
   * whose manifest lists these papers (default none).
   */
  status(
    clientRef: string,
    bodySha256: string,
    signal?: AbortSignal,
    attachments?: readonly ManifestEntry[],
    kioskId?: string,
  ): Promise<StatusOutcome>
  /**
   * Asks for many at once; the answer has every reference that was asked for, by reference. Without
   * `statusBatch` it asks one by one.
   */
  statusOf(
    filings: readonly FilingIdentity[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, StatusOutcome>>
  /** Takes a filing back, or makes sure that a late copy of it is never taken. */
  withdraw(clientRef: string, signal?: AbortSignal, kioskId?: string): Promise<WithdrawOutcome>
  /**
   * Brings one paper to the portal, from where the portal says that it stands. Without
   * `resumableUpload` it refuses.
   */
  upload(paper: PaperUpload, signal?: AbortSignal): Promise<UploadOutcome>
  /** Lets the portal forget an upload that nobody needs any more. In vain is no harm: it expires. */
  dropUpload(url: string, signal?: AbortSignal, kioskId?: string): Promise<void>
  /** A cheap sign of life. */
  health(signal?: AbortSignal): Promise<HealthOutcome>
  /** Lets go of connections. */
  close(): Promise<void>
}

/** What one portal can do; the sender's rules hang on these. */
export type PortalCapabilities = {
  /** Sending the same reference and bytes twice makes one dossier. */
  readonly replaySafe: boolean
  /** The portal answers whether it has a reference. Single answers may still be `unknown`. */
  readonly statusByRef: boolean
  /** One question for up to 100 references. */
  readonly statusBatch: boolean
  readonly withdraw: boolean
  /** Papers go ahead of the filing as resumable uploads (tus 1.0). */
  readonly resumableUpload: boolean
  /**
   * Receipts carry the portal's own signature. Where false, the kiosk vouches for what the portal
   * answered over its authenticated connection.
   */
  readonly signedReceipt: boolean
  /** The status of one accepted filing says whether the authority asks for more, and for what. */
  readonly supplement: boolean
}

/** What a receipt must be about. */
export type FilingIdentity = {
  readonly clientRef: string
  /** Lower-case hex. */
  readonly bodySha256: string
  /** The manifest in the body; none where left out. */
  readonly attachments?: readonly ManifestEntry[]
  /** The kiosk that took the filing in; this one where left out. */
  readonly kioskId?: string | undefined
}

/** Why nothing at all may be sent until somebody has acted. No filing is to blame. */
export type HoldCause =
  /** 401, also after one fresh token (or there is no token to renew). */
  | 'credentials'
  /** 403: this kiosk is switched off. */
  | 'forbidden'
  /** Unknown CA, wrong host, foreign pin. No byte of a filing was sent. */
  | 'tls'
  /** The certificate is not valid yet or no more: most often the kiosk's clock. */
  | 'clock'
  /** 400, 404 without a type, 405, 415: the two sides speak different versions. */
  | 'contract'

/** `detail` is a stable code for the alarm, such as `CERT_HAS_EXPIRED` or `http-405`. */
export type Hold = { readonly kind: 'hold'; readonly cause: HoldCause; readonly detail: string }

/** One thing that is wrong in a filing: RFC 6901 pointer into its body, and a code; no value. */
export type FieldProblem = { readonly pointer: string; readonly code: string }

/** The portal will never take these bytes. */
export type Refusal = {
  readonly kind: 'refused'
  /** Type of the problem document. `digest-conflict` and `idempotency-mismatch` mean integrity. */
  readonly problem: string
  /** The portal's codes for an officer. */
  readonly errors: readonly string[]
  /** With `validation`. */
  readonly fields?: readonly FieldProblem[]
  /** With `attachment-mismatch`: ids of the papers to upload once more. */
  readonly attachments?: readonly string[]
}

/** How one attempt to file ended. Only `accepted` means that the portal has the filing. */
export type SendOutcome =
  /** The receipt is verified: signature, reference and every digest. */
  | { readonly kind: 'accepted'; readonly receipt: Receipt; readonly replayed: boolean }
  /** 202: the portal has it and will decide; ask `status` after this time. Not yet a receipt. */
  | { readonly kind: 'processing'; readonly pollAfterMs: number }
  /** No byte of it reached anyone. */
  | { readonly kind: 'not-sent'; readonly cause: string }
  /**
   * The portal may or may not have it. `answered`: the portal itself said something.
   * `retryAfterMs`: what it, or the proxy before it, asked to wait.
   */
  | {
      readonly kind: 'in-doubt'
      readonly cause: string
      readonly answered: boolean
      readonly retryAfterMs?: number
    }
  | Refusal
  /**
   * Later, says the portal. `filing` (409 in-progress): an earlier request with this reference
   * still runs, so ask `status` after this time. `portal` (429, 503): it took nothing and wants
   * rest from this kiosk.
   */
  | { readonly kind: 'wait'; readonly ms: number; readonly scope: 'filing' | 'portal' }
  /** Something else answered: a login page, a proxy, a redirect. */
  | { readonly kind: 'not-the-portal'; readonly cause: string }
  | Hold

/** A paper on its way to the portal, before its filing. */
export type PaperUpload = {
  readonly clientRef: string
  /** The kiosk that took the filing in; this one where left out. */
  readonly kioskId?: string | undefined
  readonly paper: ManifestEntry
  /** Where an earlier turn has left it; null to begin. */
  readonly url: string | null
  /** Up to `length` plain bytes from `offset`. */
  read(offset: number, length: number): Promise<Result<Uint8Array, { readonly code: string }>>
  /** Durable when it returns: no byte is sent to an address that a crash would forget. */
  located(url: string | null): void
  /** After every piece that the portal has confirmed, and before an upload is begun anew; false ends the turn. */
  goOn(offset: number): boolean
}

/** How one turn of an upload ended. `offset`: the last that the portal has told, in bytes. */
export type UploadOutcome =
  /** The portal has as many bytes as the paper. That they are the right ones, the filing proves. */
  | { readonly kind: 'complete' }
  /** `goOn` said no. */
  | { readonly kind: 'yielded'; readonly offset: number }
  /** No byte reached anyone. */
  | { readonly kind: 'not-sent'; readonly cause: string }
  /** Ask the offset and go on later. `answered`: the portal itself said something odd. */
  | {
      readonly kind: 'interrupted'
      readonly offset: number | null
      readonly cause: string
      readonly answered: boolean
    }
  /** The kiosk cannot read its own paper. */
  | { readonly kind: 'unreadable'; readonly code: string }
  | Refusal
  /** 429, 503: the portal wants rest from this kiosk. */
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'not-the-portal'; readonly cause: string }
  | Hold

/** What a portal says of a reference. `unknown`: ask again; it is not the same as `absent`. */
export type StatusOutcome =
  /** `supplement`: the authority has it, and asks for more. */
  | { readonly kind: 'accepted'; readonly receipt: Receipt; readonly supplement?: Supplement }
  | { readonly kind: 'processing'; readonly pollAfterMs: number }
  /** 404 with the type unknown-client-ref, and nothing else. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'withdrawn' }
  /** Processing ended with a no. */
  | Refusal
  /** `cause` beginning with `receipt-` is a portal that lies or is mistaken. */
  | { readonly kind: 'unknown'; readonly cause: string }
  /** 429, 503: the portal wants rest from this kiosk. */
  | { readonly kind: 'wait'; readonly ms: number }
  | Hold

/** How a withdrawal ended. */
export type WithdrawOutcome =
  /** The portal has no such filing and will take none under this reference. */
  | { readonly kind: 'withdrawn' }
  /** The authority already works on it (`not-withdrawable`). */
  | Refusal
  | { readonly kind: 'unknown'; readonly cause: string }
  | { readonly kind: 'wait'; readonly ms: number }
  | Hold
  /** The adapter has no such capability. */
  | { readonly kind: 'unsupported' }

/** Whether the portal itself answers. */
export type HealthOutcome =
  /** `portalDateMs`: its clock, from the answer's Date (whole seconds); the caller knows the RTT. */
  | { readonly kind: 'reachable'; readonly portalDateMs?: number }
  | { readonly kind: 'away'; readonly cause: string; readonly hold?: HoldCause }
