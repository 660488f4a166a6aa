import { unreachable } from '../../../../shared/domain/result.ts'

/** How a page printer at rest is watched. */
export const WATCH_LIMITS = {
  /** Between two looks: with the wait for an answer, one that is pulled is known within a second. */
  PAUSE_MS: 500,
  /** For an answer to a look, from a printer that answers at once. */
  PATIENCE_MS: 400,
  /** For any answer; a printer that sleeps wakes in some seconds. */
  ASK_MS: 5_000,
} as const

/** How long the next look may wait for its answer, and the pause before it. */
export type Pace = { readonly patienceMs: number; readonly pauseMs: number }

/**
 * What a look came to. `answered`: by whatever is there, after so long. `late`: the line stood, and
 * nothing came in time. `away`: there was nobody to ask.
 */
export type Look =
  | { readonly kind: 'answered'; readonly tookMs: number }
  | { readonly kind: 'late' | 'away' }

/** Nobody knows yet how long this printer takes. */
export const firstPace: Pace = { patienceMs: WATCH_LIMITS.ASK_MS, pauseMs: 0 }

/**
 * The pace after a look. A slow printer is given four times what it took, and is asked a third of
 * the time at most; one that is away is tried at the usual pace, which costs nobody anything.
 */
export function nextPace({ patienceMs }: Pace, look: Look): Pace {
  const { PAUSE_MS, PATIENCE_MS, ASK_MS } = WATCH_LIMITS
  switch (look.kind) {
    case 'answered':
      return {
        patienceMs: Math.min(Math.max(PATIENCE_MS, 4 * look.tookMs), ASK_MS),
        pauseMs: Math.max(PAUSE_MS, 2 * look.tookMs),
      }
    case 'late':
      return {
        patienceMs: Math.min(2 * patienceMs, ASK_MS),
        pauseMs: Math.max(PAUSE_MS, 2 * patienceMs),
      }
    case 'away':
      return { patienceMs, pauseMs: PAUSE_MS }
    default:
      return unreachable(look)
  }
}
