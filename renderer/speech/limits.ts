/** Bounds of speech in the page. */
export const SPEECH_LIMITS = {
  /** Samples a second: twice the highest tone of the machine voice, and half the memory of 48 kHz. */
  SAMPLE_RATE: 24_000,
  /** Decoded sound that is kept ready, bytes; the oldest goes first. */
  CACHE_BYTES: 16_000_000,
  /** Clips of a screen that are made ready before anybody touches. */
  PRELOAD_CLIPS: 40,
  /** Sound is handed over so far ahead that a busy page makes no gap. */
  AHEAD_MS: 300,
  /** A sound that is cut off fades for so long, so that it does not click. */
  FADE_MS: 15,
  /** A touched key is named after this long, unless it has led to another screen by then. */
  NAME_KEY_AFTER_MS: 300,
  /** The click that a label sends to its box comes within so long. */
  ECHO_MS: 60,
  /** Words on the screen that change are looked at again after this long without a change. */
  SETTLE_MS: 30,
} as const
