import type { TestContext } from 'node:test'

/**
 * Puts into the report how long something took. The machine's processor is simulated, so these are
 * several times what a kiosk needs, and no test fails by them.
 */
export async function timed(t: TestContext, what: string, run: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await run()
  t.diagnostic(`${what}: ${(performance.now() - began).toFixed(0)} ms`)
}
