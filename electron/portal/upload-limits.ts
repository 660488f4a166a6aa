/** Sizes and waits of an upload (delivery rules 3.6). */
export const UPLOAD_LIMITS = {
  /** Bounds of one PATCH. */
  CHUNK_MIN_BYTES: 64 * 1024,
  CHUNK_MAX_BYTES: 4 * 1024 * 1024,
  /** The first one on a line whose speed nobody knows yet. */
  CHUNK_FIRST_BYTES: 256 * 1024,
  /** What one PATCH should take: long enough for its round trip not to count, short enough to lose. */
  CHUNK_AIM_MS: 7_500,
  /** One PATCH is at most so many times the one before. */
  CHUNK_GROWTH: 4,
  /** What is handed to the socket at once: a part of the PATCH, within bounds. Progress is seen in these. */
  PIECE_MIN_BYTES: 16 * 1024,
  PIECE_MAX_BYTES: 64 * 1024,
  PIECES: 16,
  /** What is read from the sealed paper at once: one of its frames. */
  READ_BYTES: 64 * 1024,
  /** Without any piece leaving, or any answer after the last: the line is half-open. */
  NO_PROGRESS_MS: 30_000,
  /** One PATCH at most. */
  CHUNK_TOTAL_MS: 120_000,
  /** How often one turn asks the portal anew where the upload stands. */
  LOOKS_PER_TURN: 4,
} as const

/**
 * The size of the next PATCH, after one of `bytes` that took `elapsedMs`: so many as the line
 * carries in `CHUNK_AIM_MS`, in whole KiB.
 */
export function nextChunkBytes(bytes: number, elapsedMs: number): number {
  const { CHUNK_MIN_BYTES, CHUNK_MAX_BYTES, CHUNK_AIM_MS, CHUNK_GROWTH } = UPLOAD_LIMITS
  const carried = (bytes / Math.max(elapsedMs, 1)) * CHUNK_AIM_MS
  const grown = Math.min(carried, bytes * CHUNK_GROWTH, CHUNK_MAX_BYTES)
  return Math.max(Math.floor(grown / 1024) * 1024, CHUNK_MIN_BYTES)
}

/** Bytes handed to the socket at once in a PATCH of `bytes`: small on a slow line, whose PATCHes are. */
export function pieceBytesOf(bytes: number): number {
  const { PIECE_MIN_BYTES, PIECE_MAX_BYTES, PIECES } = UPLOAD_LIMITS
  return Math.min(Math.max(Math.ceil(bytes / PIECES), PIECE_MIN_BYTES), PIECE_MAX_BYTES)
}
