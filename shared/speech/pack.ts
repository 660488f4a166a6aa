/** Bounds that a clip keeps; all of a pack sounds equally loud. */
export const CLIP_LIMITS = {
  /** Mean level while it speaks, dBFS: what every clip is levelled to (about -19 LUFS). */
  LEVEL_DB: -20,
  /** A clip that is further off is too soft or too loud. */
  LEVEL_TOLERANCE_DB: 4,
  /** Nobody speaks in a clip below it. */
  SILENT_DB: -50,
  /** Peaks above it may crackle on a small loudspeaker. */
  PEAK_MAX_DB: -0.5,
  SHORTEST_MS: 60,
  LONGEST_MS: 60_000,
  /** Between what a file holds and what the pack says of it: one Opus frame and a bit. */
  LENGTH_TOLERANCE_MS: 65,
  /** All clips of a language together. */
  PACK_BYTES: 25_000_000,
} as const

/** Where a clip lies within its pack: `clips/ab/abcdef….opus`. */
export const clipPath = (id: string): string => `clips/${id.slice(0, 2)}/${id}.opus`

/** Under it the page finds the packs: `/voice/vi/pack.json`. */
export const VOICE_PATH = '/voice/'
