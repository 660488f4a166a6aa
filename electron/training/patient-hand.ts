import { scannerLimits } from '../devices/scanners/index.ts'
import type { Timers } from '../timers.ts'

/** Twice the time, so that a busy machine that hears the first scan late has forgotten it too. */
const AWAY_MS = 2 * scannerLimits.DOUBLE_READ_MS

/**
 * A hand that holds codes under a scanner and takes each away before it holds the same one there
 * again. Filings that take a second each would else lose a card: the kiosk hears the same code within
 * `DOUBLE_READ_MS` as one that was left lying.
 */
export function patientHand(
  scan: (id: string) => Promise<void>,
  timers: Timers,
): (id: string) => Promise<void> {
  let last = { id: '', atMs: 0 }
  return async (id) => {
    const awayMs = timers.now() - last.atMs
    if (id === last.id && awayMs < AWAY_MS) {
      await new Promise<void>((resolve) => timers.after(AWAY_MS - awayMs, resolve))
    }
    await scan(id)
    last = { id, atMs: timers.now() }
  }
}
