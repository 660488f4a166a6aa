/** Delays of reading codes in the camera's picture. */
export const CAMERA_QR_LIMITS = {
  /** Between two looks: a card is read at once, and a processor of two cores has time for the rest. */
  LOOK_MS: 120,
  /** A card that lies there is one scan; it may be shown again after so long without it. */
  SAME_CODE_MS: 3000,
  /** A camera that is away is looked for this often. */
  RETRY_MS: 1000,
} as const
