import type { Verdict } from './judge.ts'
import { VISION } from './limits.ts'
import { farthestCorner, type Quad } from './shapes.ts'

/** What was seen until now, for capturing by itself. */
export interface Steady {
  /** The sheet since it lies still and is good; null while it does not. */
  readonly still: { readonly quad: Quad; readonly sinceMs: number } | null
  /** The sheet that was captured last, while it still lies there; null when it has moved or gone. */
  readonly captured: Quad | null
}

export const restless: Steady = { still: null, captured: null }

/**
 * Takes in what one more picture shows. `capture`: it is good, and has been still for long enough,
 * and is not the sheet that was captured before. `diagonal` of the picture, in its pixels.
 */
export function observe(
  before: Steady,
  { flaw, quad }: Verdict,
  nowMs: number,
  diagonal: number,
): { readonly steady: Steady; readonly capture: boolean } {
  const moved = (from: Quad, share: number) =>
    quad === null || farthestCorner(from, quad) > share * diagonal
  const captured =
    before.captured !== null && !moved(before.captured, VISION.CHANGED_SHARE)
      ? before.captured
      : null
  if (flaw !== null || quad === null) return { steady: { still: null, captured }, capture: false }
  const still =
    before.still !== null && !moved(before.still.quad, VISION.STILL_SHARE)
      ? before.still
      : { quad, sinceMs: nowMs }
  const capture = captured === null && nowMs - still.sinceMs >= VISION.STILL_MS
  return { steady: { still, captured: capture ? quad : captured }, capture }
}
