import type { PortalAdapter, Receipt } from '../portal/index.ts'
import type { KeyProvider, Store } from '../store/index.ts'
import type { SubmissionState } from './submission.ts'
import type { Timers } from './timers.ts'

/** Whether the portal answered lately. While it is away, only signs of life are asked for. */
export type PortalState = 'unknown' | 'reachable' | 'away'

/** Something that a screen or a printer may wait for. Sent after it is committed. */
export type OutboxChange =
  | {
      readonly kind: 'filing'
      readonly clientRef: string
      readonly state: SubmissionState
      /** With `ACCEPTED` and `ERASED`. */
      readonly dossierCode?: string
      readonly receipt?: Receipt
    }
  | { readonly kind: 'portal'; readonly state: PortalState }

/** What the outbox needs from outside. */
export type OutboxDeps = {
  /** Opened with `storeSchemaSql`. */
  readonly store: Store
  readonly keys: KeyProvider
  readonly portal: PortalAdapter
  /** Names the portal in the rows. */
  readonly portalId?: string
  readonly clock: { now(): number }
  readonly timers: Timers
  /** In [0, 1); for the jitter of retries. */
  readonly random: () => number
  readonly kioskId: string
  /** Codes and references only. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}
