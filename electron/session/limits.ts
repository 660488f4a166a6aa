/** Every limit of the citizen's session. */
export const SESSION_LIMITS = {
  /** Without a touch for this long the citizen is asked (EN 301 549 / VVSG 2.0: two to five minutes). */
  IDLE_MS: 120_000,
  /** Time to answer the question; WCAG 2.2 SC 2.2.1 asks for 20 s at least, VVSG for 20 to 45. */
  WARNING_MS: 45_000,
  /** Pages of one paper; a rental contract has six. */
  PAGES_MAX: 12,
  /** A draft older than this at start belongs to somebody who has left. */
  DRAFT_MAX_AGE_MS: 165_000,
  /**
   * Sheets that a mended printer prints again by itself for one visit; a printer that says that it
   * is ready and fails each time would empty the roll.
   */
  MAX_SELF_REPRINTS: 3,
  /** After a card has gone, before one there is read again; a reader may lose a card time and again. */
  CHIP_AWAY_MS: 1_000,
  /** Readings of one chip that come to an answer in one visit. */
  CHIP_READINGS_MAX: 3,
} as const
