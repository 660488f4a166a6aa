/** Limits of the recovery policy, milliseconds. */
export const RECOVERY_LIMITS = {
  /** Failures older than this are forgotten. */
  WINDOW_MS: 60_000,
  /** A page that does not answer this long is crashed on purpose, and recovers as a crash. */
  UNRESPONSIVE_MS: 10_000,
  /** Two relaunches are at least this far apart. */
  RELAUNCH_APART_MS: 600_000,
} as const

/** A failure of a process that shows the page. `load`: the page's own files could not be read. */
export type Failure = 'page-gone' | 'page-out-of-memory' | 'page-load' | 'gpu-gone'

/** A failure and when it happened, milliseconds. */
export interface PastFailure {
  readonly failure: Failure
  readonly at: number
}

/** What to do about a failure. */
export type Recovery =
  | 'none'
  | 'reload'
  | 'recreate-window'
  | 'relaunch'
  | 'relaunch-without-gpu'
  | 'out-of-service'

/**
 * Decides after a failure. `history` holds the earlier failures of this run; `relaunchedAt` is when
 * this run began if a `relaunch` began it, else null.
 *
 * | failure                         | 1st in 60 s     | 2nd             | 3rd                  | later |
 * |---------------------------------|-----------------|-----------------|----------------------|-------|
 * | page gone, page does not load   | reload          | recreate window | relaunch             | none  |
 * | page gone, out of memory        | recreate window | recreate window | relaunch             | none  |
 * | GPU process gone                | none            | none            | relaunch without GPU | none  |
 *
 * Within ten minutes of a relaunch, `out-of-service` takes the place of `relaunch` and `none` that
 * of `relaunch-without-gpu`: no loop. After `out-of-service` the shell tries the page again each
 * minute, when the table starts afresh.
 */
export function nextRecovery(
  history: readonly PastFailure[],
  failure: Failure,
  now: number,
  relaunchedAt: number | null,
): Recovery {
  const ofGpu = failure === 'gpu-gone'
  const earlier = history.filter(
    (past) => now - past.at < RECOVERY_LIMITS.WINDOW_MS && (past.failure === 'gpu-gone') === ofGpu,
  ).length
  const justRelaunched =
    relaunchedAt !== null && now - relaunchedAt < RECOVERY_LIMITS.RELAUNCH_APART_MS
  if (ofGpu) return earlier === 2 && !justRelaunched ? 'relaunch-without-gpu' : 'none'
  switch (earlier) {
    case 0:
      return failure === 'page-out-of-memory' ? 'recreate-window' : 'reload'
    case 1:
      return 'recreate-window'
    case 2:
      return justRelaunched ? 'out-of-service' : 'relaunch'
    default:
      return 'none'
  }
}
