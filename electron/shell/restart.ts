/** Limits of the restart policy, milliseconds and counts. */
export const RESTART_LIMITS = {
  /** Deaths older than this are forgotten. */
  WINDOW_MS: 60_000,
  /** Delay before the first, second, … restart within the window. */
  LADDER_MS: [0, 250, 500, 1_000, 2_000],
  /** Delay of every later restart; by then the screen says "out of service". */
  OUT_OF_SERVICE_MS: 5_000,
} as const

/** When to start the core again, and whether the shell should say "out of service" meanwhile. */
export interface Restart {
  readonly delayMs: number
  readonly outOfService: boolean
}

/**
 * Decides after a death. `deaths` are the times of all deaths so far, `now` included.
 *
 * | deaths in the last 60 s | restart after | screen         |
 * |-------------------------|---------------|----------------|
 * | 1                       | 0 ms          | stays          |
 * | 2                       | 250 ms        | stays          |
 * | 3                       | 500 ms        | stays          |
 * | 4                       | 1 s           | stays          |
 * | 5                       | 2 s           | stays          |
 * | 6 and more              | 5 s, for ever | out of service |
 *
 * It never gives up: a disk that is full now may be free in an hour, and nobody is there at night.
 */
export function nextRestart(deaths: readonly number[], now: number): Restart {
  const recent = recentDeaths(deaths, now).length
  const delayMs = RESTART_LIMITS.LADDER_MS[Math.max(recent, 1) - 1]
  return delayMs === undefined
    ? { delayMs: RESTART_LIMITS.OUT_OF_SERVICE_MS, outOfService: true }
    : { delayMs, outOfService: false }
}

/** Those of the last minute. */
export function recentDeaths(deaths: readonly number[], now: number): readonly number[] {
  return deaths.filter((at) => now - at < RESTART_LIMITS.WINDOW_MS)
}
