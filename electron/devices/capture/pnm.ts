import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Gray } from '../../../shared/imaging/gray.ts'
import { SCAN_LIMITS } from './limits.ts'

/** `not-a-picture`: neither PGM nor PPM. `too-large`: by its header. `short`: rows are missing. */
export type PnmProblem = 'not-a-picture' | 'too-large' | 'short'

/** A header is far shorter, comments and all. */
const HEADER_MAX_BYTES = 1024

/** How many bytes a picture has that begins like this, header and all; null before its header ends. */
export function pnmLength(head: Uint8Array): Result<number | null, PnmProblem> {
  const header = readHeader(head)
  if (header === null) return head.length < HEADER_MAX_BYTES ? ok(null) : err('not-a-picture')
  const { channels, width, height, start } = header
  if (width * height > SCAN_LIMITS.PIXELS_MAX) return err('too-large')
  return ok(start + width * height * channels)
}

/**
 * A binary PGM (P5) or PPM (P6) of 8 bits as `scanimage` writes it, in grey. Bytes after the last
 * row are not looked at.
 */
export function decodePnm(bytes: Uint8Array): Result<Gray, PnmProblem> {
  const header = readHeader(bytes)
  if (header === null) return err('not-a-picture')
  const { channels, width, height, start } = header
  if (width * height > SCAN_LIMITS.PIXELS_MAX) return err('too-large')
  const size = width * height
  if (bytes.length - start < size * channels) return err('short')
  if (channels === 1) {
    return ok({ width, height, data: new Uint8Array(bytes.subarray(start, start + size)) })
  }
  const data = new Uint8Array(size)
  for (let at = 0, from = start; at < size; at += 1, from += 3) {
    data[at] =
      ((bytes[from] ?? 0) * 77 + (bytes[from + 1] ?? 0) * 150 + (bytes[from + 2] ?? 0) * 29) >> 8
  }
  return ok({ width, height, data })
}

function readHeader(bytes: Uint8Array) {
  const text = Buffer.from(bytes.subarray(0, HEADER_MAX_BYTES)).toString('latin1')
  const gap = String.raw`(?:\s|#[^\n]*\n)+`
  const found = new RegExp(`^P([56])${gap}(\\d{1,6})${gap}(\\d{1,6})${gap}255\\s`).exec(text)
  if (found === null) return null
  const [whole, kind, width, height] = found
  return {
    channels: kind === '5' ? 1 : 3,
    width: Math.max(1, Number(width)),
    height: Math.max(1, Number(height)),
    start: whole.length,
  }
}
