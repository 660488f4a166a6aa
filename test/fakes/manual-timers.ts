import type { Timers } from '../../electron/timers.ts'

/** Time that stands still until a test moves it. */
export interface ManualTimers extends Timers {
  /** Lets time pass; what falls due runs in order, each at its own moment. */
  advance(ms: number): void
  /** Lets time pass while the process is stuck: what falls due runs late, at the end. */
  stall(ms: number): void
  /** How many delays are running. */
  pending(): number
}

export function createManualTimers(): ManualTimers {
  let now = 0
  const waiting = new Set<{ due: number; run: () => void }>()

  function runDue(until: number, clock: (due: number) => number) {
    for (;;) {
      const next = [...waiting].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]
      if (next === undefined) return
      waiting.delete(next)
      now = clock(next.due)
      next.run()
    }
  }

  return {
    now: () => now,
    after(delayMs, run) {
      const entry = { due: now + delayMs, run }
      waiting.add(entry)
      return () => {
        waiting.delete(entry)
      }
    },
    advance(ms) {
      const until = now + ms
      runDue(until, (due) => due)
      now = until
    },
    stall(ms) {
      const until = now + ms
      now = until
      runDue(until, () => until)
    },
    pending: () => waiting.size,
  }
}
