/** The passing of time, so that tests need not wait. Milliseconds throughout. */
export interface Timers {
  /** A clock that never jumps; its zero means nothing. */
  now(): number
  /** Runs once after a delay; returns how to cancel it. */
  after(delayMs: number, run: () => void): () => void
}

/** Real time. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs)
    return () => clearTimeout(handle)
  },
}
