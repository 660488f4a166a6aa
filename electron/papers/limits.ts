/** Bounds of a captured page, beside its bytes (`PAGE_MAX_BYTES`). */
export const PAPER_LIMITS = {
  /** A sheet of A4 at 300 dpi has 8.7 million. Looked at before anything is decoded. */
  PAGE_MAX_PIXELS: 12_000_000,
  PAGE_MIN_SIDE_PIXELS: 100,
  /** From the first to the last byte of one page. */
  UPLOAD_MS: 15_000,
  /** Spent addresses that are told apart from ones that never were. */
  SPENT_REMEMBERED: 256,
} as const
