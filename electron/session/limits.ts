/** Every limit of the citizen's session. */
export const SESSION_LIMITS = {
  /** Without a touch for this long the citizen is asked (EN 301 549 / VVSG 2.0: two to five minutes). */
  IDLE_MS: 120_000,
  /** The same where somebody was called to help, or the text is at its largest (VVSG 2.0: five minutes). */
  IDLE_SLOW_MS: 300_000,
  /** The same while papers are captured: hands are busy with staples and folds. */
  IDLE_PAPERS_MS: 600_000,
  /** Time to answer the question; WCAG 2.2 SC 2.2.1 asks for 20 s at least, VVSG for 20 to 45. */
  WARNING_MS: 45_000,
  /** Pages of one paper; a rental contract has six. */
  PAGES_MAX: 12,
  /** Filings of one visit. */
  FILINGS_MAX: 5,
  /**
   * Sheets that a mended printer prints again by itself for one visit; a printer that says that it
   * is ready and fails each time would empty the roll.
   */
  MAX_SELF_REPRINTS: 3,
  /** For the portal's word on a slip; what the kiosk itself knows is on the screen meanwhile. */
  LOOK_UP_MS: 5_000,
  /** After a card has gone, before one there is read again; a reader may lose a card time and again. */
  CHIP_AWAY_MS: 1_000,
  /** Readings of one chip that come to an answer in one visit. */
  CHIP_READINGS_MAX: 3,
  /**
   * Wrong access numbers in one visit. After each, a chip may answer more slowly (ICAO 9303-11 has the
   * number never blocked for good, though some chips refuse it until they have been out of the field).
   */
  ACCESS_TRIES_MAX: 3,
} as const
