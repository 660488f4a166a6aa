/** Delays and limits of the outbox. */
export const OUTBOX_LIMITS = {
  /** Middle of the first retry: a citizen may still be standing there. */
  FIRST_RETRY_MS: 1000,
  /** Second retry at the latest; doubles from there. */
  BACKOFF_BASE_MS: 5000,
  BACKOFF_CAP_MS: 15 * 60_000,
  /**
   * The furthest that a filing is ever planned: an hour, the most that a portal's Retry-After
   * gets. One planned further away is due now, for then the clock has been set back.
   */
  LONGEST_PLAN_MS: 3_600_000,
  /** First sign of life asked for after a connection failed. */
  FIRST_PROBE_MS: 1000,
  /** Between two signs of life while the portal is away. */
  PROBE_AWAY_MS: 5000,
  /** Between two signs of life while it is there, so that the screens do not promise too much. */
  PROBE_IDLE_MS: 30_000,
  /** Pause after the store failed under the sender (disk full, I/O error). */
  STORE_RETRY_MS: 5000,
} as const
