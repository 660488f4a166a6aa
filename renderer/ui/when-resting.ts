/** So long what waits for the page to rest may be late, ms. */
const LATE_MS = 200

/**
 * Runs it when the next screen stands: what nobody sees the screen in must not make it later. Returns
 * how to give it up.
 */
export function whenResting(run: () => void): () => void {
  const idle = requestIdleCallback(run, { timeout: LATE_MS })
  return () => cancelIdleCallback(idle)
}
