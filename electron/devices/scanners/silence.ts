import { scannerLimits } from './limits.ts'
import type { Timers } from '../../timers.ts'

/** Notices that nothing came for a while. */
export interface Silence {
  /** Something came: counts from now. */
  restart(): void
  stop(): void
}

/** Calls once after `ms` without a `restart`, and not for a silence of our own process. */
export function createSilence(timers: Timers, ms: number, onSilence: () => void): Silence {
  let cancel = () => {}

  function restart() {
    cancel()
    const due = timers.now() + ms
    cancel = timers.after(ms, () => {
      if (timers.now() > due + scannerLimits.LATE_MS) restart()
      else onSilence()
    })
  }

  return { restart, stop: () => cancel() }
}
