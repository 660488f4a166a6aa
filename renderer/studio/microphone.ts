import { OPUS_RATE, RECORDING_LIMITS, type Sound } from '../../shared/speech/index.ts'
import captureUrl from './capture.worklet.ts?worker&url'

/** A microphone that listens. */
export interface Microphone {
  /** What it hears until it is stopped, or as long as a clip may be; null where it was dropped. */
  record(): Promise<Sound | null>
  stop(): void
  drop(): void
}

/**
 * Opens the microphone as it is: what a browser does to telephone calls (echo, noise, gain) would
 * make each clip sound different. `onLevel` gets the highest sample of each block, from 0 to 1.
 */
export async function openMicrophone(
  context: AudioContext,
  onLevel: (peak: number) => void,
): Promise<Microphone> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: {
      channelCount: 1,
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    },
  })
  await context.audioWorklet.addModule(captureUrl)
  const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 })
  context.createMediaStreamSource(stream).connect(node)
  let recording: { blocks: Float32Array[]; done: (sound: Sound | null) => void } | null = null
  const end = (sound: (blocks: readonly Float32Array[]) => Sound | null) => {
    const ended = recording
    recording = null
    ended?.done(sound(ended.blocks))
  }
  const whole = (blocks: readonly Float32Array[]) => joined(blocks, context.sampleRate)
  const mostSamples = ((RECORDING_LIMITS.LONGEST_MS + 1000) / 1000) * OPUS_RATE
  node.port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof Float32Array)) return
    onLevel(data.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0))
    if (recording === null) return
    recording.blocks.push(data)
    if (recording.blocks.length * data.length >= mostSamples) end(whole)
  })
  node.port.start()
  return {
    record: () =>
      new Promise((done) => {
        recording = { blocks: [], done }
      }),
    stop: () => end(whole),
    drop: () => end(() => null),
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
