/** Samples of which the median counts. */
const SAMPLES = 5
/** An HTTP date has whole seconds: the truth lies on average half of one later. */
const HALF_SECOND_MS = 500

/**
 * How far the portal's clock is ahead of the kiosk's, from its answers' Date and half the round
 * trip: the median of five, so that one slow answer means nothing. For Retry-After dates and the
 * record only: order and repetition never hang on a clock.
 */
export function createClockOffset() {
  const samples: number[] = []
  return {
    add(sample: { sentMs: number; receivedMs: number; portalDateMs: number }): void {
      const { sentMs, receivedMs, portalDateMs } = sample
      samples.push(portalDateMs + HALF_SECOND_MS - (sentMs + receivedMs) / 2)
      if (samples.length > SAMPLES) samples.shift()
    },
    /** Whole milliseconds; null before the first sign of life. */
    ms(): number | null {
      const sorted = samples.toSorted((left, right) => left - right)
      const middle = sorted[sorted.length >> 1]
      return middle === undefined ? null : Math.round(middle)
    },
  }
}
