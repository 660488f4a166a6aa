/** Every limit of calling for a person and of stepping in. */
export const STAFF_LIMITS = {
  /** Without a touch on the strip for this long the role falls back; the citizen's visit stays. */
  ROLE_MS: 60_000,
  /** The last part of it, in which the strip says so. */
  ROLE_ENDING_MS: 15_000,
  /**
   * So long after "work for the citizen" the touches of that screen keep the role; whoever has walked
   * away does not keep it open for the rest of a long answer.
   */
  WORK_MS: 180_000,
  /** The screen for unlocking goes by itself. */
  ASKING_MS: 60_000,
  /** A call that nobody has answered for this long: the screen says what else one can do. */
  CALL_LONG_MS: 60_000,
  /** Wrong tries before the first delay. */
  FREE_TRIES: 5,
  /** After the last free one; it doubles with each try after that. */
  FIRST_DELAY_MS: 30_000,
  /** Wrong tries after which none is taken until a technician resets them. */
  TRIES_MAX: 15,
  ASSISTANTS_MAX: 50,
} as const

/**
 * How a PIN is hashed (RFC 7914). 32 MiB and about a tenth of a second a try: six digits are guessed
 * all the same by whoever has hash and salt, so what is hashed is first keyed by the kiosk's own key.
 */
export const PIN_HASH = { N: 32_768, R: 8, P: 1, SALT_BYTES: 16, BYTES: 32 } as const
