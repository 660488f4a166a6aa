/** The passing of time, as an argument. */
export type Timers = {
  /** Runs once after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, run: () => void): () => void
}

/** Node's timers; they do not keep the process alive. */
export const nodeTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
}
