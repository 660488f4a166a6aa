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
  /** The least that a Retry-After gets. */
  SHORTEST_WAIT_MS: 1000,
  /** References in one question to the portal (its contract's most). */
  ASKED_AT_ONCE: 100,
  /**
   * What one place in the line of uploads is worth: a usual scan. A paper of 20 MiB lets 64 small
   * ones that came later go first, and no more.
   */
  UPLOAD_PLACE_BYTES: 320 * 1024,
  /** Turns of an upload that the portal answered and that brought nothing; then staff. */
  UPLOAD_STALLS: 5,
  /** How often the portal may find papers missing that it called complete; then staff. */
  PAPERS_AGAIN: 3,
  /** An attempt is never longer under way; the portal's client gives up long before. */
  LEASE_MS: 120_000,

  /** Consecutive failures of line or portal after which no filing is sent until it answers. */
  BREAKER_OPENS_AFTER: 3,
  /**
   * For this long after an outage began, signs of life are asked for as quickly as below: the
   * citizen still stands there, and most cuts are short. Later they are half the outage apart.
   */
  QUICK_PROBES_FOR_MS: 60_000,
  /** First sign of life asked for after a failure. */
  FIRST_PROBE_MS: 1000,
  /** The further ones of the first minute. */
  PROBE_AWAY_MS: 5000,
  /** Bounds of the later ones; up to a fifth is added, so that kiosks do not ask in step. */
  PROBE_LATER_MIN_MS: 30_000,
  PROBE_LATER_MAX_MS: 5 * 60_000,
  PROBE_JITTER: 0.2,
  /** Between two signs of life while it is there, so that the screens do not promise too much. */
  PROBE_IDLE_MS: 30_000,

  /** Failures of one filing's own while `POISON_OTHERS` were accepted: an officer must look. */
  POISON_FAILURES: 5,
  POISON_OTHERS: 3,
  /** Receipts that are none, of one filing, before somebody is told. */
  LIES_BEFORE_ALARM: 3,
  /** Fields that a portal finds wrong, as far as they are kept for the officer. */
  FIELDS_KEPT: 20,

  /** Delivered filings are erased at the latest so long after, or when they are so many. */
  ERASE_WITHIN_MS: 1000,
  ERASED_AT_ONCE: 32,
  /** Between two looks at accepted filings whose contents are kept for a while. */
  KEPT_LOOK_MS: 5 * 60_000,
  /** Pause after the store failed under the sender (disk full, I/O error). */
  STORE_RETRY_MS: 5000,
  /** What remains of a filing that has left (no contents, no name) stays this long. */
  TOMBSTONE_MS: 90 * 86_400_000,
  SWEEP_EVERY_MS: 86_400_000,
  /**
   * Delivered filings are asked about again: the first round this long after a start, the next
   * ones a day apart, each up to an hour later, so that kiosks do not ask in step.
   */
  RECONCILE_FIRST_MS: 10 * 60_000,
  RECONCILE_EVERY_MS: 86_400_000,
  RECONCILE_JITTER_MS: 3_600_000,
  /** Between two questions about one filing: a kiosk that is started every morning asks daily. */
  RECONCILE_AGAIN_MS: 20 * 3_600_000,
  /** Filings of one round, the longest unasked first. */
  RECONCILE_MOST: 2000,
  /** Filings that are not delivered: a supervisor is told when they are as old as this. */
  OVERDUE_AFTER_MS: {
    'overdue-24h': 24 * 3_600_000,
    'overdue-72h': 72 * 3_600_000,
    'overdue-7d': 7 * 86_400_000,
  },
  /** First look for them after a start, and between two looks. */
  OVERDUE_FIRST_MS: 60_000,
  OVERDUE_LOOK_MS: 3_600_000,
  /** Rows of one transaction of the sweep, so that nobody at the screen waits for it. */
  SWEEP_BATCH: 200,
} as const
