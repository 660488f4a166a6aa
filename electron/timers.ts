/** The passing of time as an argument, so that tests need not wait. Milliseconds throughout. */
export interface Timers {
  /** A clock that never jumps; its zero means nothing. */
  now(): number
  /** Calls back once after a delay; returns how to cancel it. */
  after(delayMs: number, callback: () => void): () => void
}

/** The machine's own clock. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
