import { SPEECH_LIMITS } from './limits.ts'

/** Samples of one channel at `SPEECH_LIMITS.SAMPLE_RATE`, from -1 to 1. */
export type Samples = Float32Array<ArrayBuffer>

/** Where sound comes out. Times are seconds of its own clock. */
export interface SoundOut {
  now(): number
  /** Plays from `atS` on; what is past is played at once. The answer stops it, without a click. */
  play(samples: Samples, atS: number): () => void
  /** From 0 to 1. */
  setVolume(share: number): void
  decode(file: ArrayBuffer): Promise<Samples>
}

/** The machine's sound, through Web Audio. Nothing is opened before the first sound. */
export function openSoundOut(): SoundOut {
  let opened: { context: AudioContext; master: GainNode } | null = null
  let volume = 1
  const out = () => {
    if (opened === null) {
      const context = new AudioContext({
        sampleRate: SPEECH_LIMITS.SAMPLE_RATE,
        latencyHint: 'interactive',
      })
      const master = context.createGain()
      master.gain.value = volume
      master.connect(context.destination)
      opened = { context, master }
    }
    if (opened.context.state === 'suspended') void opened.context.resume()
    return opened
  }
  return {
    now: () => out().context.currentTime,
    play(samples, atS) {
      const { context, master } = out()
      const buffer = context.createBuffer(1, Math.max(1, samples.length), context.sampleRate)
      buffer.copyToChannel(samples, 0)
      const source = context.createBufferSource()
      source.buffer = buffer
      const gain = context.createGain()
      source.connect(gain).connect(master)
      source.start(Math.max(atS, context.currentTime))
      return () => {
        const end = context.currentTime + SPEECH_LIMITS.FADE_MS / 1000
        gain.gain.setValueAtTime(1, context.currentTime)
        gain.gain.linearRampToValueAtTime(0, end)
        source.stop(end)
      }
    },
    setVolume(share) {
      volume = share
      if (opened !== null) opened.master.gain.value = share
    },
    async decode(file) {
      const decoded = await out().context.decodeAudioData(file)
      const samples = new Float32Array(decoded.length)
      decoded.copyFromChannel(samples, 0)
      return samples
    },
  }
}
