import type { Sound } from '../../shared/speech/index.ts'

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
export function writeWav({ rate, samples }: Sound): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, index) => {
    const clamped = Math.max(-1, Math.min(1, sample))
    bytes.writeInt16LE(Math.round(clamped * 32_767), 44 + index * 2)
  })
  return bytes
}
