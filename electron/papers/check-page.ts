import { PAGE_MAX_BYTES } from '../../shared/contract/index.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { decodePicture, type Decode } from './decode.ts'
import { readJpegHeader, type HeaderProblem } from './jpeg-header.ts'
import { PAPER_LIMITS } from './limits.ts'

/**
 * Why a captured page is not taken.
 * - `too-large`: more bytes than a page has.
 * - `too-many-pixels`, `too-small`: by its header; nothing was decoded.
 * - `undecodable`: the header is one, but the rest is no picture.
 */
export type PageProblem =
  | HeaderProblem
  | 'too-large'
  | 'too-many-pixels'
  | 'too-small'
  | 'undecodable'

/** Proves that bytes are one page: the cheap looks first, the decoder last. */
export async function checkPage(
  bytes: Uint8Array,
  decode: Decode = decodePicture,
): Promise<Result<null, PageProblem>> {
  if (bytes.length > PAGE_MAX_BYTES) return err('too-large')
  const header = readJpegHeader(bytes)
  if (!header.ok) return header
  const { width, height } = header.value
  if (width * height > PAPER_LIMITS.PAGE_MAX_PIXELS) return err('too-many-pixels')
  if (Math.min(width, height) < PAPER_LIMITS.PAGE_MIN_SIDE_PIXELS) return err('too-small')
  try {
    const decoded = await decode(bytes)
    const fits = decoded === null || (decoded.width === width && decoded.height === height)
    return fits ? ok(null) : err('undecodable')
  } catch {
    return err('undecodable')
  }
}
