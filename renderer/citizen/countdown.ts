/** What the core said was left, and when the page heard it (ms of a clock that never jumps). */
export interface Told {
  readonly secondsLeft: number
  readonly atMs: number
}

/** Whole seconds left now; a second that has begun still counts. */
export function secondsLeftAt(told: Told, nowMs: number): number {
  return Math.max(0, Math.ceil(told.secondsLeft - (nowMs - told.atMs) / 1000))
}

/** How many of `count` marks are still on. */
export function ticksOn(seconds: number, total: number, count: number): number {
  return total <= 0 ? 0 : Math.min(count, Math.ceil((seconds / total) * count))
}
