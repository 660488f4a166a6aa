import type { HoldCause, PortalAdapter, Receipt } from '../portal/index.ts'
import type { KeyProvider, SealedFiles, Store } from '../store/index.ts'
import type { PortalTrouble } from './portal-trouble.ts'
import type { SubmissionState } from './submission.ts'
import type { Timers } from './timers.ts'

/** Whether the portal answered lately. While it is away, only signs of life are asked for. */
export type PortalState = 'unknown' | 'reachable' | 'away'

/** What staff and technicians see of the way to the portal. */
export type PortalStatus = {
  readonly state: PortalState
  /** `open`: no filing is sent, signs of life only. `half-open`: the next filing is the trial. */
  readonly breaker: 'closed' | 'open' | 'half-open'
  /** Nothing is sent until somebody has acted on this. `detail` is a code. */
  readonly hold: { readonly cause: HoldCause; readonly detail: string } | null
  /** What somebody could mend; null while nothing is known to be wrong. */
  readonly trouble: PortalTrouble | null
  /** Code of the last failure since things went wrong. */
  readonly cause: string | null
  readonly sinceMs: number | null
  readonly nextProbeMs: number | null
  /** Until when the portal asked not to be sent anything. */
  readonly restUntilMs: number | null
}

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
  /** The second copy of every filing, beside the database. */
  readonly files: Pick<SealedFiles, 'dir' | 'confirmNow' | 'takeBackNow' | 'eraseNow' | 'openPaper'>
  readonly portal: PortalAdapter
  /** Names the portal in the rows. */
  readonly portalId?: string
  readonly clock: { now(): number }
  /** Names this run of the core; made up where it is left out. */
  readonly bootId?: string
  readonly timers: Timers
  /** In [0, 1); for the jitter of retries. */
  readonly random: () => number
  readonly kioskId: string
  /** How long the contents of an accepted filing stay, sealed, in case the portal loses it. Default 0. */
  readonly keepAcceptedMs?: number
  /** Gives room back where a write of the delivery found none; false where there is none left. */
  readonly giveRoom?: () => boolean
  /**
   * The disk has failed under the store, `reason` is a code: what was written last is not known.
   * The core ends itself here; where it goes on, nothing is sent any more.
   */
  readonly storeDied?: (reason: string) => void
  /** Codes and references only. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}
