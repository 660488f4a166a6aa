import type { Receipt } from './contract.ts'

/**
 * A way to one portal. What an adapter cannot promise, it says: without `replaySafe` a filing
 * whose fate is in doubt goes to staff and never out again by itself.
 */
export type PortalAdapter = {
  readonly capabilities: {
    /** Sending the same reference and bytes twice makes one dossier. */
    readonly replaySafe: boolean
    /** The portal answers whether it has a reference. */
    readonly statusByRef: boolean
  }
  /** Sends exactly these bytes. Never throws for what a network or a portal does. */
  send(clientRef: string, bytes: Uint8Array, signal?: AbortSignal): Promise<SendOutcome>
  /** Asks for the filing with this reference whose bytes have this SHA-256 (lower-case hex). */
  status(clientRef: string, bodySha256: string, signal?: AbortSignal): Promise<StatusOutcome>
  /** A cheap sign of life. */
  health(signal?: AbortSignal): Promise<HealthOutcome>
  /** Lets go of connections. */
  close(): Promise<void>
}

/** How one attempt to file ended. Only `accepted` means that the portal has the filing. */
export type SendOutcome =
  /** The receipt is verified: signature, reference and digest. */
  | { readonly kind: 'accepted'; readonly receipt: Receipt; readonly replayed: boolean }
  /** No byte of it reached anyone. */
  | { readonly kind: 'not-sent'; readonly cause: string }
  /** The portal may or may not have it. `answered`: the portal itself said something. */
  | { readonly kind: 'in-doubt'; readonly cause: string; readonly answered: boolean }
  /** The portal will never take these bytes; `errors` are its codes for an officer. */
  | { readonly kind: 'refused'; readonly problem: string; readonly errors: readonly string[] }
  /** Later, says the portal: about this filing, or about all of them. */
  | { readonly kind: 'wait'; readonly ms: number; readonly scope: 'filing' | 'portal' }
  /** Something else answered: a login page, a proxy, a redirect. */
  | { readonly kind: 'not-the-portal'; readonly cause: string }

/** What a portal says of a reference. `unknown`: ask again; it is not the same as `absent`. */
export type StatusOutcome =
  | { readonly kind: 'accepted'; readonly receipt: Receipt }
  | { readonly kind: 'absent' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'unknown'; readonly cause: string }

/** Whether the portal itself answers. */
export type HealthOutcome =
  | { readonly kind: 'reachable' }
  | { readonly kind: 'away'; readonly cause: string }
