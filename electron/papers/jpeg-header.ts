import { err, ok, type Result } from '../../shared/domain/result.ts'

/** What a picture's first bytes say, before anything is decoded. */
export type JpegHeader = {
  readonly width: number
  readonly height: number
  /** 1 grey, 3 colour. */
  readonly components: 1 | 3
}

/**
 * Why bytes are no page.
 * - `pdf`: a document, which may hold anything.
 * - `not-a-jpeg`: some other kind of file, or none.
 * - `broken`: begins as a JPEG and does not go on as one.
 * - `unusual`: a JPEG of a kind that no page of ours is (progressive, CMYK, 12 bit, fill bytes).
 */
export type HeaderProblem = 'pdf' | 'not-a-jpeg' | 'broken' | 'unusual'

const MARK = { SOI: 0xd8, EOI: 0xd9, SOS: 0xda, SOF0: 0xc0, SOF1: 0xc1 } as const
const PDF = [0x25, 0x50, 0x44, 0x46]
/** A reader looks for `%PDF` this far; so does whoever hides one. */
const PDF_WITHIN_BYTES = 1024

/** Reads the header of a baseline JPEG (ITU-T T.81, annex B). Looks at no more than its segments. */
export function readJpegHeader(bytes: Uint8Array): Result<JpegHeader, HeaderProblem> {
  if (startsPdf(bytes)) return err('pdf')
  if (bytes[0] !== 0xff || bytes[1] !== MARK.SOI) return err('not-a-jpeg')
  let at = 2
  for (;;) {
    if (bytes[at] !== 0xff) return err('broken')
    at += 1
    const marker = bytes[at]
    // Fill bytes may stand before a marker, but what makes the PDF does not know them.
    if (marker === 0xff) return err('unusual')
    if (marker === undefined || marker === 0 || marker === MARK.EOI || marker === MARK.SOS) {
      return err('broken')
    }
    const length = uint16(bytes, at + 1)
    if (length === null || length < 2 || at + 1 + length > bytes.length) return err('broken')
    if (isFrame(marker)) return readFrame(bytes.subarray(at + 3, at + 1 + length), marker)
    at += 1 + length
  }
}

function readFrame(frame: Uint8Array, marker: number): Result<JpegHeader, HeaderProblem> {
  if (marker !== MARK.SOF0 && marker !== MARK.SOF1) return err('unusual')
  const height = uint16(frame, 1)
  const width = uint16(frame, 3)
  const components = frame[5]
  if (height === null || width === null || components === undefined) return err('broken')
  // A height of 0 is told later, by a marker that no page of ours has.
  if (height === 0 || width === 0) return err('broken')
  if (frame[0] !== 8 || (components !== 1 && components !== 3)) return err('unusual')
  if (frame.length !== 6 + 3 * components) return err('broken')
  return ok({ width, height, components })
}

/** Start of frame: C0 to CF but for the tables, and two that the PDF library takes for one. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4
}

function uint16(bytes: Uint8Array, at: number): number | null {
  const [high, low] = [bytes[at], bytes[at + 1]]
  return high === undefined || low === undefined ? null : high * 256 + low
}

function startsPdf(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, PDF_WITHIN_BYTES) - PDF.length
  for (let at = 0; at <= end; at += 1) {
    if (PDF.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}
