import type { Sound } from '../../shared/speech/index.ts'
import captureUrl from './capture.worklet.ts?worker&url'

/** A microphone that listens. */
export interface Microphone {
  /** What it hears until it is stopped, or for as long as may be; null where it was dropped. */
  record(): Promise<Sound | null>
  stop(): void
  drop(): void
  /** Hears nothing any more; what was being recorded is dropped. */
  close(): void
}

export interface Listening {
  readonly longestMs: number
  /** As a telephone hears: without echo and noise, and as loud as need be. */
  readonly cleaned: boolean
  /** Gets the highest sample of each block, from 0 to 1. */
  readonly onLevel: (peak: number) => void
}

/** Opens the microphone; its sound has the rate of `context`. Rejects where there is none. */
export async function openMicrophone(
  context: AudioContext,
  { longestMs, cleaned, onLevel }: Listening,
): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      echoCancellation: cleaned,
      noiseSuppression: cleaned,
      autoGainControl: cleaned,
    },
  })
  const silence = () => stream.getTracks().forEach((track) => track.stop())
  await context.audioWorklet.addModule(captureUrl).catch((cause: unknown) => {
    silence()
    throw cause
  })
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 })
  context.createMediaStreamSource(stream).connect(node)
  let recording: { blocks: Float32Array[]; done: (sound: Sound | null) => void } | null = null
  const end = (sound: (blocks: readonly Float32Array[]) => Sound | null) => {
    const ended = recording
    recording = null
    ended?.done(sound(ended.blocks))
  }
  const mostSamples = Math.floor((longestMs / 1000) * context.sampleRate)
  const whole = (blocks: readonly Float32Array[]) => {
    const { rate, samples } = joined(blocks, context.sampleRate)
    return { rate, samples: samples.subarray(0, mostSamples) }
  }
  node.port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof Float32Array)) return
    onLevel(data.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0))
    if (recording === null) return
    recording.blocks.push(data)
    if (recording.blocks.length * data.length >= mostSamples) end(whole)
  })
  node.port.start()
  const drop = () => end(() => null)
  return {
    record: () =>
      new Promise((done) => {
        recording = { blocks: [], done }
      }),
    stop: () => end(whole),
    drop,
    close() {
      drop()
      silence()
      node.port.close()
      node.disconnect()
    },
  }
}

function joined(blocks: readonly Float32Array[], rate: number): Sound {
  const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) {
    samples.set(block, at)
    at += block.length
  }
  return { rate, samples }
}
