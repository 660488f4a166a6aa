import { spawn } from 'node:child_process'
import type { Sound } from '../../shared/speech/index.ts'
import { writeWav } from './wav.ts'

/** A clip where a journey said it, and the rest behind it. */
export interface Heard {
  readonly text: string
  readonly samples: Float32Array
  readonly restMs: number
}

/** What is quieter counts as silence, dBFS: 25 below the voice. */
const SILENCE_DB = -45
/** Clips farther than this from the middle are heard as louder or softer than the others, dB. */
const SPREAD_DB = 2

/** Levels of a sound, dBFS, as `sox … stats` gives them. */
interface Levels {
  readonly peak: number
  readonly rms: number
  /** Samples in a row at the peak, in the mean: above 0 the sound is cut off there. */
  readonly flat: number
}

/** A journey and its clips measured by SoX; where there is none, one line that says so. */
export async function measureJourney(
  sound: Sound,
  clips: ReadonlyMap<string, Float32Array>,
): Promise<readonly string[]> {
  const all = await levelsOf(sound, [])
  if (all === null) return ['not measured: install sox']
  const { rate } = sound
  // Without the rests within a clip: a sentence with commas is no softer than one without.
  const spoken = ['silence', '-l', '1', '0.01', `${SILENCE_DB}d`, '-1', '0.01', `${SILENCE_DB}d`]
  const each: { readonly text: string; readonly rms: number }[] = []
  for (const [text, samples] of clips) {
    const levels = await levelsOf({ rate, samples }, spoken)
    if (levels !== null) each.push({ text, rms: levels.rms })
  }
  const order = each.toSorted((a, b) => a.rms - b.rms)
  const middle = order[order.length >> 1]?.rms ?? Number.NaN
  const off = order.filter(({ rms }) => Math.abs(rms - middle) > SPREAD_DB)
  const [softest, loudest] = [order[0], order.at(-1)]
  return [
    `peak ${dB(all.peak)}, RMS ${dB(all.rms)}, flat factor ${all.flat}, samples at full scale ${atFullScale(sound)}`,
    `clips: RMS ${dB(middle)} in the middle, from ${dB(softest?.rms)} (${softest?.text}) to ${dB(loudest?.rms)} (${loudest?.text})`,
    `longest silence ${longestSilenceMs(sound)} ms`,
    `${off.length} of ${order.length} clips more than ${SPREAD_DB} dB from the middle`,
    ...off.map(({ text, rms }) => `  ${dB(rms - middle)} ${text}`),
  ]
}

const dB = (value: number | undefined): string => `${value?.toFixed(1)} dB`

function levelsOf(sound: Sound, effects: readonly string[]): Promise<Levels | null> {
  return new Promise((resolve, reject) => {
    const sox = spawn('sox', ['-t', 'wav', '-', '-n', ...effects, 'stats'], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let told = ''
    sox.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
    sox.once('error', () => resolve(null))
    sox.once('close', (code) => {
      const line = (name: string) =>
        Number(new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(told)?.[1] ?? Number.NaN)
      if (code === 0) {
        resolve({ peak: line('Pk lev dB'), rms: line('RMS lev dB'), flat: line('Flat factor') })
      } else reject(new Error(`sox: ${told.trim()}`))
    })
    sox.stdin.on('error', () => {})
    sox.stdin.end(writeWav(sound))
  })
}

const atFullScale = ({ samples }: Sound): number =>
  samples.reduce((count, sample) => count + (Math.abs(sample) >= 0.999 ? 1 : 0), 0)

/** By frames of 10 ms, as the clips are measured. */
function longestSilenceMs({ rate, samples }: Sound): number {
  const size = rate / 100
  const least = 10 ** (SILENCE_DB / 10)
  let longest = 0
  let run = 0
  for (let from = 0; from < samples.length; from += size) {
    const frame = samples.subarray(from, from + size)
    const power = frame.reduce((sum, one) => sum + one * one, 0) / frame.length
    run = power < least ? run + 10 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
