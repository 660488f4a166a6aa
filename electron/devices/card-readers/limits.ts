/** Delays and limits of reading a chip. */
export const CHIP_LIMITS = {
  /** For one answer; a chip may take seconds over a key agreement, and says nothing meanwhile. */
  ANSWER_MS: 5_000,
  /** To be connected with the card. */
  CONNECT_MS: 3_000,
  /** For a whole reading; a slow card takes about ten seconds. */
  READ_MS: 40_000,
  /**
   * Bytes of one READ BINARY, and of the data of any command: with their protection command and
   * answer are shorter than 256 bytes, so that cards and readers without extended length take part.
   */
  CHUNK_BYTES: 0xdf,
  /** The picture of a face has 10 to 30 kB; a file that says it is longer than this is none. */
  FILE_BYTES: 0x1_ffff,
  /** The last offset that READ BINARY has in its header; beyond, it goes in a data object. */
  SHORT_OFFSET_MAX: 0x7fff,
  /** 61xx answers in a row to one command. */
  GET_RESPONSES: 16,
  /** The card is looked for this often. */
  POLL_MS: 200,
  /** A PC/SC service that is away is asked for this often. */
  RETRY_MS: 500,
  /** The host that talks to PC/SC says at each look that it lives; silence is a service that hangs. */
  SILENCE_MS: 3_000,
  /** For that host to end. */
  CLOSE_MS: 2_000,
} as const
