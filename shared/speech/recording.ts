import { err, ok, type Result } from '../domain/result.ts'
import { CLIP_LIMITS } from './pack.ts'
import { level, measure, trim, type Sound } from './pcm.ts'

/** What a recording must be, before it is levelled. */
export const RECORDING_LIMITS = {
  /** Lifted from below it to the level of all clips, the room would be heard as loud as the voice. */
  SOFTEST_DB: -45,
  /** A sample at it has hit the microphone's ceiling. */
  CEILING: 0.985,
  /** So many samples in a row at the ceiling are heard as a crackle. */
  CEILING_RUN: 3,
  /** With the rest around it: a person's shortest word is longer, a key or a knock is not. */
  SHORTEST_MS: 120,
  /** What is said between two breaths of a screen; nobody listens to more. */
  LONGEST_MS: 30_000,
} as const

/** Why a recording is not taken. */
export type RecordingProblem = 'silent' | 'too-soft' | 'clipped' | 'too-short' | 'too-long'

/** A recording that is fit to be a clip. */
export interface Recording {
  readonly sound: Sound
  /** dBFS */
  readonly level: number
  /** dBFS */
  readonly peak: number
}

/** A recording without the silence around it and at the level of all clips; or what is wrong with it. */
export function finish(raw: Sound): Result<Recording, RecordingProblem> {
  const spoken = trim(raw)
  const { level: said } = measure(raw)
  const ms = (spoken.samples.length / spoken.rate) * 1000
  if (said < CLIP_LIMITS.SILENT_DB) return err('silent')
  if (hitsCeiling(raw.samples)) return err('clipped')
  if (said < RECORDING_LIMITS.SOFTEST_DB) return err('too-soft')
  if (ms < RECORDING_LIMITS.SHORTEST_MS) return err('too-short')
  if (ms > RECORDING_LIMITS.LONGEST_MS) return err('too-long')
  const sound = level(spoken)
  return ok({ sound, ...measure(sound) })
}

function hitsCeiling(samples: Float32Array): boolean {
  let run = 0
  for (const sample of samples) {
    run = Math.abs(sample) >= RECORDING_LIMITS.CEILING ? run + 1 : 0
    if (run >= RECORDING_LIMITS.CEILING_RUN) return true
  }
  return false
}
