/** Delays and limits of scanners. */
export const scannerLimits = {
  /** A serial scanner without a terminator has finished after this much silence. */
  SILENCE_MS: 40,
  /**
   * A HID scanner that promised another report and is silent for so long has lost it. The longest
   * interval of a full-speed interrupt endpoint is 255 ms (USB 2.0, 5.7.4).
   */
  NEXT_REPORT_MS: 300,
  /**
   * A silence timer later than this was held up by our own process, not by the scanner; bytes may
   * be waiting unread, so it counts again.
   */
  LATE_MS: 15,
  /** A QR code of version 40-L holds 2,953 bytes (ISO/IEC 18004); more is line noise. */
  FRAME_BYTES: 4096,
  /** A scanner that is away is looked for this often. */
  RECONNECT_MS: 500,
  /** A technician who tests a scanner holds something under it within this time. */
  TEST_MS: 30_000,
  /** To take one report that sets the scanner up. */
  SET_UP_MS: 1000,
  /** A card left under the scanner is read again; the same payload within this time is one scan. */
  DOUBLE_READ_MS: 1500,
} as const
