import type { Timers } from '../../electron/shell/supervise.ts'

/** A clock that a test moves; callbacks run in order of their time, as timers do. */
export function manualTimers() {
  let now = 0
  let waiting: readonly { at: number; callback: () => void }[] = []
  const timers: Timers = {
    now: () => now,
    after(delayMs, callback) {
      const entry = { at: now + delayMs, callback }
      waiting = [...waiting, entry]
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
  }
  return {
    timers,
    /** Lets that much time pass. */
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const next = waiting.toSorted((a, b) => a.at - b.at).find((entry) => entry.at <= end)
        if (next === undefined) break
        waiting = waiting.filter((entry) => entry !== next)
        now = next.at
        next.callback()
      }
      now = end
    },
    /** How many callbacks wait. */
    waiting: () => waiting.length,
  }
}
