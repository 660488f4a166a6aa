/** Runs it once, so many milliseconds from now; returns how to cancel. */
export function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
