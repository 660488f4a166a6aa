import { CLIP_LIMITS } from './pack.ts'

/** Sound of one channel; samples from -1 to 1. */
export interface Sound {
  readonly rate: number
  readonly samples: Float32Array
}

/** How sound is looked at and cut. */
const SOUND = {
  FRAME_MS: 10,
  /** Below the loudest frame by more than this nobody speaks. */
  SILENCE_DB: -38,
  /** Left before and after what is spoken, so that nothing is clipped off. */
  MARGIN_MS: 15,
  FADE_MS: 4,
} as const

const dB = (amplitude: number): number => 20 * Math.log10(Math.max(amplitude, 1e-6))
const amplitude = (decibels: number): number => 10 ** (decibels / 20)

/** Mean power of each frame, and how many samples a frame has. */
function frames({ rate, samples }: Sound): { power: number[]; size: number } {
  const size = Math.round((rate * SOUND.FRAME_MS) / 1000)
  const power: number[] = []
  for (let from = 0; from < samples.length; from += size) {
    const frame = samples.subarray(from, from + size)
    power.push(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length)
  }
  return { power, size }
}

const threshold = (power: readonly number[]): number =>
  Math.max(...power, 1e-9) * 10 ** (SOUND.SILENCE_DB / 10)

/** Without the silence before and after, and faded at the cuts. */
export function trim(sound: Sound): Sound {
  const { rate, samples } = sound
  const { power, size } = frames(sound)
  const least = threshold(power)
  const spoken = (one: number) => one >= least
  const margin = Math.round((rate * SOUND.MARGIN_MS) / 1000)
  const from = Math.max(0, power.findIndex(spoken) * size - margin)
  const to = Math.min(samples.length, (power.findLastIndex(spoken) + 1) * size + margin)
  const cut = samples.slice(from, to)
  const fade = Math.min(Math.round((rate * SOUND.FADE_MS) / 1000), cut.length >> 1)
  for (let index = 0; index < fade; index += 1) {
    const share = index / fade
    cut[index] = (cut[index] ?? 0) * share
    cut[cut.length - 1 - index] = (cut[cut.length - 1 - index] ?? 0) * share
  }
  return { rate, samples: cut }
}

/** Mean level of the frames in which somebody speaks, and the highest sample, dBFS. */
export function measure(sound: Sound): { level: number; peak: number } {
  const { power } = frames(sound)
  const least = threshold(power)
  const loud = power.filter((one) => one >= least)
  const mean = loud.reduce((sum, one) => sum + one, 0) / Math.max(1, loud.length)
  const peak = sound.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return { level: dB(Math.sqrt(mean)), peak: dB(peak) }
}

/** At the level of all clips; what would rise above the highest peak is bent down, not cut off. */
export function level(sound: Sound): Sound {
  const gain = amplitude(CLIP_LIMITS.LEVEL_DB - measure(sound).level)
  // The codec adds a little to a peak.
  const ceiling = amplitude(CLIP_LIMITS.PEAK_MAX_DB - 1)
  const knee = ceiling * 0.7
  const bend = (sample: number) => {
    const size = Math.abs(sample)
    if (size <= knee) return sample
    const room = ceiling - knee
    return Math.sign(sample) * (knee + room * Math.tanh((size - knee) / room))
  }
  return { rate: sound.rate, samples: sound.samples.map((sample) => bend(sample * gain)) }
}
