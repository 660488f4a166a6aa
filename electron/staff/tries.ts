import { STAFF_LIMITS } from './limits.ts'

/** Wrong tries to unlock since the last right one, and when the last was made (ms since the epoch). */
export interface Tries {
  readonly failed: number
  readonly lastAtMs: number
}

/** Whether a try is taken now. */
export type Door =
  | { readonly state: 'open' }
  | { readonly state: 'wait'; readonly forMs: number }
  | { readonly state: 'stopped' }

/** Five free tries, then a delay that doubles, then none at all. Pure. */
export function doorAt({ failed, lastAtMs }: Tries, nowMs: number): Door {
  const { FREE_TRIES, FIRST_DELAY_MS, TRIES_MAX } = STAFF_LIMITS
  if (failed >= TRIES_MAX) return { state: 'stopped' }
  if (failed < FREE_TRIES) return { state: 'open' }
  const delayMs = FIRST_DELAY_MS * 2 ** (failed - FREE_TRIES)
  const leftMs = lastAtMs + delayMs - nowMs
  if (leftMs <= 0) return { state: 'open' }
  return { state: 'wait', forMs: Math.min(leftMs, delayMs) }
}

/**
 * A clock that was set back must neither shorten a delay nor make it last for years: it starts anew
 * from now. The same tries where there is nothing to mend.
 */
export function afterClock(tries: Tries, nowMs: number): Tries {
  return nowMs < tries.lastAtMs ? { ...tries, lastAtMs: nowMs } : tries
}
