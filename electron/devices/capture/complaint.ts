/** The numbers of `SANE_Status` that a person can act on (SANE standard 1.06, table 1). */
export const SANE = {
  CANCELLED: 2,
  DEVICE_BUSY: 3,
  JAMMED: 6,
  NO_DOCS: 7,
  COVER_OPEN: 8,
  IO_ERROR: 9,
  ACCESS_DENIED: 11,
  /** Of `scanimage` itself: the device did not open. */
  NOT_OPENED: 1,
} as const

/** As `sane_strstatus` has them, in English whatever the machine speaks. */
const STATUS_BY_TEXT: ReadonlyMap<string, number> = new Map([
  ['Operation not supported', SANE.NOT_OPENED],
  ['Operation was canceled', SANE.CANCELLED],
  ['Device busy', SANE.DEVICE_BUSY],
  ['Document feeder jammed', SANE.JAMMED],
  ['Document feeder out of documents', SANE.NO_DOCS],
  ['Scanner cover is open', SANE.COVER_OPEN],
  ['Access to resource has been denied', SANE.ACCESS_DENIED],
])

/**
 * The status with which `scanimage` is about to exit, by what it has written to its standard error;
 * null while it has said nothing of it.
 */
export function readComplaint(stderr: string): number | null {
  const text = /: sane_(?:start|read): (.+)\n/.exec(stderr)?.[1]
  if (text !== undefined) return STATUS_BY_TEXT.get(text) ?? SANE.IO_ERROR
  return /^Batch terminated/m.test(stderr) ? 0 : null
}
