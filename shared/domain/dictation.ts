/** What an assistant may say at once. */
export const DICTATION = {
  /** Samples a second, of 16 bit and one channel: what recognisers of speech take. */
  RATE: 16_000,
  /** A name, an address, a sentence. */
  LONGEST_MS: 15_000,
  /** More letters than any field takes. */
  TEXT_MAX: 1000,
} as const
