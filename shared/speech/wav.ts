import type { Sound } from './pcm.ts'

/** Bytes before the samples. */
const HEADER_BYTES = 44
/** Of a sample of 16 bit. */
const SAMPLE_BYTES = 2

/** Samples of 16 bit, the lower byte first; what is louder than can be said is cut off. */
export function toPcm16(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(samples.length * SAMPLE_BYTES))
  samples.forEach((sample, at) => {
    const clamped = Math.max(-1, Math.min(1, sample))
    view.setInt16(at * SAMPLE_BYTES, Math.round(clamped * 32_767), true)
  })
  return new Uint8Array(view.buffer)
}

/** A WAV file of one channel around samples of 16 bit. */
export function wavOf(pcm16: Uint8Array, rate: Sound['rate']): Uint8Array<ArrayBuffer> {
  const wav = new Uint8Array(HEADER_BYTES + pcm16.length)
  const view = new DataView(wav.buffer)
  const mark = (at: number, name: string) =>
    wav.set(
      Array.from(name, (letter) => letter.charCodeAt(0)),
      at,
    )
  mark(0, 'RIFF')
  view.setUint32(4, wav.length - 8, true)
  mark(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * SAMPLE_BYTES, true)
  view.setUint16(32, SAMPLE_BYTES, true)
  view.setUint16(34, SAMPLE_BYTES * 8, true)
  mark(36, 'data')
  view.setUint32(40, pcm16.length, true)
  wav.set(pcm16, HEADER_BYTES)
  return wav
}
