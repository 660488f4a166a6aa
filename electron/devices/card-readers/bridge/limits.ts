/** Delays and limits of a vendor's reader service. */
export const BRIDGE_LIMITS = {
  /** A reading may carry the face as base64; more than this is no reading. */
  MESSAGE_BYTES: 2 * 1024 * 1024,
  /** Longest value that can stand on a card, in UTF-16 units. */
  VALUE_LENGTH: 400,
  /** From the question to the last byte of the answer; the service is on this machine. */
  ANSWER_MS: 3_000,
  /** Between two questions to a service that is asked; a card is noticed within this time. */
  POLL_MS: 400,
  /** Nobody lays down cards faster; a service that does is not one of ours. */
  GAP_MS: 250,
  /** A service that is away is looked for this often: it is on this machine, so that costs nothing. */
  RETRY_MS: 1_000,
  /** A socket that answers no ping for two rounds is gone. */
  PING_MS: 5_000,
} as const
