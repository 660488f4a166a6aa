/** Bounds of one scan. */
export const SCAN_LIMITS = {
  /** Dots per inch: enough to read, small enough to send over a thin line. */
  RESOLUTION_DPI: 150,
  /** A4. */
  WIDTH_MM: 210,
  HEIGHT_MM: 297,
  /** For each page. A slow flatbed takes half a minute when it is cold. */
  DEADLINE_MS: 60_000,
  /** To open it takes a moment; one that is being switched on takes longer. */
  LOOK_MS: 20_000,
  /** Between two looks for a scanner that could not be opened. */
  LOOK_AGAIN_MS: 2_000,
  /** A program that has said how it went has this long to let go of the scanner; then it is killed. */
  LET_GO_MS: 5_000,
  /** A program that is told to stop has this long to put the scanner to rest; then it is killed. */
  STOP_MS: 2_000,
  /** Of the list of what can be set. */
  OPTIONS_MAX_BYTES: 64 * 1024,
  /** A4 at 300 dpi has 8.7 million; a page of more is refused by its header. */
  PIXELS_MAX: 12_000_000,
  /** Of libjpeg, 1..100. */
  JPEG_QUALITY: 70,
} as const
