/** Every limit of a program that recognises speech. */
export const DICTATION_LIMITS = {
  /** Longer than this nobody waits before a field: typing is faster then. */
  TIME_MS: 20_000,
  /** Of its output; fifteen seconds of speech are some three hundred. */
  OUTPUT_MAX_BYTES: 8192,
} as const

/** All that the program finds in its environment: nothing of the kiosk's own. */
export const DICTATION_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' } as const
