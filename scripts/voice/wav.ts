import { toPcm16, wavOf, type Sound } from '../../shared/speech/index.ts'

/** Reads PCM of 16 bit, one channel, from a WAV file or stream (whose lengths may be left open). */
export function readWav(bytes: Buffer): Sound {
  let at = 12
  let rate = 0
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    at += 8
    if (name === 'fmt ') {
      if (bytes.readUInt16LE(at + 2) !== 1 || bytes.readUInt16LE(at + 14) !== 16) break
      rate = bytes.readUInt32LE(at + 4)
    }
    if (name === 'data' && rate > 0) {
      const count = Math.floor(Math.min(length, bytes.length - at) / 2)
      const samples = Float32Array.from(
        { length: count },
        (_, index) => bytes.readInt16LE(at + index * 2) / 32_768,
      )
      return { rate, samples }
    }
    at += length + (length % 2)
  }
  throw new Error('no PCM of 16 bit and one channel')
}

/** A WAV file of 16 bit, one channel. */
export const writeWav = ({ rate, samples }: Sound): Buffer =>
  Buffer.from(wavOf(toPcm16(samples), rate).buffer)
