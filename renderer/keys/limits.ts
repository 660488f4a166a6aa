/** Limits of the keypad. */
export const KEYPAD_LIMITS = {
  /** The help key held for so long calls somebody. */
  HELP_HELD_MS: 2000,
  /** So many times a scan goes over a screen on which nothing is pressed, before it rests. */
  SCAN_ROUNDS: 3,
} as const
