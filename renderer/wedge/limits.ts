/** What tells a scanner that types from a person. */
export const WEDGE_LIMITS = {
  /** A scanner's keys follow each other at least this quickly, by the median; nobody types so. */
  FAST_GAP_MS: 35,
  /** Fewer keys are never a scan. */
  SCAN_KEYS_MIN: 8,
  /** A scan without a terminator has ended after this much silence. Also the longest wait of a key. */
  SILENCE_MS: 100,
  /**
   * A silence timer later than this was held up by the page itself; keys may be waiting unheard, so
   * it counts again.
   */
  LATE_MS: 15,
  /** A terminator that comes so soon after a scan belongs to it and presses no button. */
  TAIL_MS: 300,
  /** A QR code of version 40-L holds 2,953 bytes (ISO/IEC 18004); the core takes no more than this. */
  SCAN_LENGTH_MAX: 4096,
} as const
