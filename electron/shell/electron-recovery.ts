import { unreachable } from '../../shared/domain/result.ts'
import { nextRecovery, RECOVERY_LIMITS, type Failure, type PastFailure } from './recovery.ts'
import type { PageGone } from './electron-window.ts'
import type { Timers } from '../timers.ts'

/** What the recovery can do. */
export interface RecoveryActions {
  reload(): void
  recreateWindow(): void
  /** Starts the app again and ends this run. */
  relaunch(withoutGpu: boolean): void
  showOutOfService(): void
  /** Ends a page that hangs; its end arrives as `pageGone`. */
  crashPage(): void
  readonly log: (line: string) => void
}

/** What the shell reports to the recovery. */
export interface PageRecovery {
  readonly pageGone: (details: PageGone) => void
  readonly pageFailedToLoad: () => void
  readonly gpuGone: () => void
  readonly unresponsive: () => void
  readonly responsive: () => void
}

/** Carries out `nextRecovery`. `relaunchedAt` as there; `timers.now()` is the same clock. */
export function recoverPage(
  actions: RecoveryActions,
  timers: Timers,
  relaunchedAt: number | null,
): PageRecovery {
  let history: readonly PastFailure[] = []
  let cancelCrash = () => {}
  let cancelRetry = () => {}

  function failed(failure: Failure): void {
    const now = timers.now()
    const recovery = nextRecovery(history, failure, now, relaunchedAt)
    history = [
      ...history.filter((past) => now - past.at < RECOVERY_LIMITS.WINDOW_MS),
      { failure, at: now },
    ]
    actions.log(`shell: ${failure}; ${recovery}`)
    switch (recovery) {
      case 'none':
        return
      case 'reload':
        return actions.reload()
      case 'recreate-window':
        return actions.recreateWindow()
      case 'relaunch':
        return actions.relaunch(false)
      case 'relaunch-without-gpu':
        return actions.relaunch(true)
      case 'out-of-service':
        cancelRetry()
        cancelRetry = timers.after(RECOVERY_LIMITS.WINDOW_MS, () => actions.reload())
        return actions.showOutOfService()
      default:
        return unreachable(recovery)
    }
  }

  return {
    pageGone({ reason }) {
      cancelCrash()
      // A clean exit is a window that closes, and the shell itself does that.
      if (reason === 'clean-exit') return
      failed(reason === 'oom' || reason === 'memory-eviction' ? 'page-out-of-memory' : 'page-gone')
    },
    pageFailedToLoad: () => failed('page-load'),
    gpuGone: () => failed('gpu-gone'),
    unresponsive() {
      cancelCrash()
      cancelCrash = timers.after(RECOVERY_LIMITS.UNRESPONSIVE_MS, () => actions.crashPage())
    },
    responsive: () => cancelCrash(),
  }
}
