import { OPUS_RATE, writeOggOpus, type OpusStream, type Sound } from '../../shared/speech/index.ts'

/** bit/s: twice what the machine's voice has; a person's has more in it. */
const BITRATE = 32_000
/** Fewer, longer frames cost less for each: the longest that Opus has. */
const FRAME_US = 60_000
const FRAME_SAMPLES = (OPUS_RATE * FRAME_US) / 1_000_000
/** Where OpusHead, which the encoder describes itself with, has its pre-skip (RFC 7845, 5.1). */
const PRE_SKIP_AT = 10
/** Of libopus, where the encoder does not say. */
const USUAL_PRE_SKIP = 312

/** Sound of 48 kHz as an Ogg Opus file. Rejects where the browser cannot encode it. */
export async function encode({ rate, samples }: Sound): Promise<Uint8Array<ArrayBuffer>> {
  if (rate !== OPUS_RATE) throw new Error(`sound of ${rate} Hz`)
  const packets: OpusStream['packets'][number][] = []
  let preSkip = USUAL_PRE_SKIP
  const failed = Promise.withResolvers<never>()
  const encoder = new AudioEncoder({
    error: (error) => failed.reject(error),
    output(chunk, about) {
      preSkip = preSkipOf(about?.decoderConfig?.description) ?? preSkip
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      packets.push({ bytes, samples: FRAME_SAMPLES })
    },
  })
  encoder.configure({
    codec: 'opus',
    sampleRate: OPUS_RATE,
    numberOfChannels: 1,
    bitrate: BITRATE,
    opus: { format: 'opus', frameDuration: FRAME_US },
  })
  // Whole frames, with room for what the decoder drops at the beginning.
  const frames = Math.ceil((samples.length + USUAL_PRE_SKIP) / FRAME_SAMPLES) + 1
  const data = new Float32Array(frames * FRAME_SAMPLES)
  data.set(samples)
  encoder.encode(
    new AudioData({
      format: 'f32-planar',
      sampleRate: OPUS_RATE,
      numberOfChannels: 1,
      numberOfFrames: data.length,
      timestamp: 0,
      data,
    }),
  )
  await Promise.race([encoder.flush(), failed.promise])
  encoder.close()
  return writeOggOpus({
    packets: needed(packets, preSkip + samples.length),
    preSkip,
    length: samples.length,
  })
}

/** The packets that hold so many samples. */
const needed = (packets: OpusStream['packets'], samples: number) =>
  packets.slice(0, Math.ceil(samples / FRAME_SAMPLES))

function preSkipOf(description: AllowSharedBufferSource | undefined): number | null {
  if (description === undefined) return null
  const view = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description)
  return view.byteLength < PRE_SKIP_AT + 2 ? null : view.getUint16(PRE_SKIP_AT, true)
}
