/** Calls back once after a delay; the returned function forgets it. */
export type Timers = { after(delayMs: number, run: () => void): () => void }

/** The real clock's timers. */
export const systemTimers: Timers = {
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
