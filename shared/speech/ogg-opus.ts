/** Opus counts in samples of 48 kHz, whatever was encoded (RFC 7845, 4). */
export const OPUS_RATE = 48_000
const SAMPLES_PER_MS = OPUS_RATE / 1000
/** Of an Ogg page before its table of segments (RFC 3533, 6). */
const PAGE_HEAD = 27
const END_OF_STREAM = 4
/** Where OpusHead has its pre-skip (RFC 7845, 5.1). */
const PRE_SKIP_AT = 10

/**
 * Length in milliseconds of an Ogg file with one Opus stream; null where it is no such file or
 * breaks off before its last page.
 */
export function opusLengthMs(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  let preSkip: number | null = null
  let samples = 0
  let ended = false
  while (!ended && at + PAGE_HEAD <= bytes.byteLength) {
    if (view.getUint32(at) !== 0x4f676753) return null
    const segments = view.getUint8(at + 26)
    const body = at + PAGE_HEAD + segments
    if (body > bytes.byteLength) return null
    let length = 0
    for (let index = 0; index < segments; index += 1) {
      length += view.getUint8(at + PAGE_HEAD + index)
    }
    if (body + length > bytes.byteLength) return null
    if (preSkip === null) {
      if (length < PRE_SKIP_AT + 2 || view.getUint32(body) !== 0x4f707573) return null
      preSkip = view.getUint16(body + PRE_SKIP_AT, true)
    } else {
      // Files of a clip's length never reach the upper half.
      samples = view.getUint32(at + 6, true)
    }
    ended = (view.getUint8(at + 5) & END_OF_STREAM) !== 0
    at = body + length
  }
  return ended && preSkip !== null ? Math.max(0, samples - preSkip) / SAMPLES_PER_MS : null
}
