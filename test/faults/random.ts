/** Lots that a seed repeats (mulberry32): the whole of a run's chance, so that it can be replayed. */
export type Random = {
  /** In [0, 1). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(options: readonly [T, ...T[]]): T
  bytes(length: number): Uint8Array
}

/** A source of lots; the same seed gives the same lots. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (options) => options[between(0, options.length - 1)] ?? options[0],
    bytes: (length) => Uint8Array.from({ length }, () => between(0, 255)),
  }
}
