import { PORTAL_LIMITS } from '../../portal/index.ts'

/** Sizes of what may lie on a stick. What is larger was not written by a kiosk. */
export const TRANSFER_LIMITS = {
  MANIFEST_MAX_BYTES: 16 * 1024 * 1024,
  FILINGS_MAX: 20_000,
  /** The body of a filing and the list of its papers, sealed. */
  ENVELOPE_MAX_BYTES: 2 * PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES,
  /** A paper in sealed frames: less than a hundredth more than the paper. */
  PAPER_MAX_BYTES: 1.01 * PORTAL_LIMITS.UPLOAD_MAX_BYTES,
  /** The envelope and the papers. */
  FILES_MAX: PORTAL_LIMITS.ATTACHMENTS_MAX + 1,
  /** Read at a time. */
  CHUNK_BYTES: 1024 * 1024,
} as const
