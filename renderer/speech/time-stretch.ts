/** Overlap-add with the best-fitting place (WSOLA), for speech. */
const STRETCH = {
  /** A piece of sound; two periods of a deep voice at least. */
  WINDOW_MS: 30,
  /** How far a piece may move to fit its neighbour. */
  SEEK_MS: 8,
  /** Every so many samples are compared: enough to find the place. */
  STRIDE: 4,
} as const

/**
 * The same voice, faster or slower: length divided by `speed`, pitch kept. `samples` from -1 to 1.
 */
export function timeStretch(
  samples: Float32Array<ArrayBuffer>,
  rate: number,
  speed: number,
): Float32Array<ArrayBuffer> {
  const window = Math.round((rate * STRETCH.WINDOW_MS) / 1000)
  const half = window >> 1
  if (speed === 1 || samples.length < 2 * window) return samples
  const seek = Math.round((rate * STRETCH.SEEK_MS) / 1000)
  const out = new Float32Array(Math.round(samples.length / speed))
  // The first half window as it is; then each piece fades in over the end of the one before.
  out.set(samples.subarray(0, Math.min(half, out.length)))
  let from = 0
  for (let at = half; at < out.length; at += half) {
    const natural = from + half
    const wanted = Math.round(at * speed)
    from = bestPlace(samples, natural, wanted, half, seek)
    const count = Math.min(half, out.length - at)
    for (let index = 0; index < count; index += 1) {
      const share = index / half
      out[at + index] =
        (samples[natural + index] ?? 0) * (1 - share) + (samples[from + index] ?? 0) * share
    }
  }
  return out
}

/** The place near `wanted` whose sound is most like what naturally follows at `natural`. */
function bestPlace(
  samples: Float32Array,
  natural: number,
  wanted: number,
  length: number,
  seek: number,
): number {
  const first = Math.max(0, wanted - seek)
  const last = Math.min(samples.length - length, wanted + seek)
  let best = Math.max(0, Math.min(wanted, samples.length - length))
  let most = -Infinity
  for (let place = first; place <= last; place += STRETCH.STRIDE) {
    let product = 0
    let power = 1e-9
    for (let index = 0; index < length; index += STRETCH.STRIDE) {
      const one = samples[place + index] ?? 0
      product += one * (samples[natural + index] ?? 0)
      power += one * one
    }
    const likeness = product / Math.sqrt(power)
    if (likeness > most) {
      most = likeness
      best = place
    }
  }
  return best
}
