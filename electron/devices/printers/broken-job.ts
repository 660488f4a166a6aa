/** The largest picture band of a job: 255 rows of 72 bytes. */
const LARGEST_BAND_BYTES = 255 * 72

/**
 * What goes before the next job after one broke off. A printer that did not understand the clearing
 * still waits for the rest of a picture: it gets white, which is nothing to one that does not wait.
 * Then ESC @, feed and cut, so that the next sheet does not hang on the half one.
 */
export const AFTER_BROKEN_JOB: Uint8Array = Buffer.concat([
  new Uint8Array(LARGEST_BAND_BYTES),
  Uint8Array.of(0x1b, 0x40, 0x1b, 0x64, 4, 0x1d, 0x56, 1),
])
