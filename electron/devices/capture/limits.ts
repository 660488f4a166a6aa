/** Bounds of one scan. */
export const SCAN_LIMITS = {
  /** Dots per inch: enough to read, small enough to send over a thin line. */
  RESOLUTION_DPI: 150,
  /** A4. */
  WIDTH_MM: 210,
  HEIGHT_MM: 297,
  /** A slow flatbed takes half a minute when it is cold. */
  DEADLINE_MS: 60_000,
  /** A program that is told to stop has this long to put the scanner to rest; then it is killed. */
  STOP_MS: 2_000,
  /** A4 in colour at 150 dpi has 6.6 million bytes; a scanner that rounds up may bring more. */
  OUTPUT_MAX_BYTES: 32 * 1024 * 1024,
  PIXELS_MAX: 12_000_000,
  /** Of libjpeg, 1..100. */
  JPEG_QUALITY: 70,
} as const
