import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLIP_LIMITS } from './pack.ts'
import type { Sound } from './pcm.ts'
import { finish } from './recording.ts'

const RATE = 8_000

/** A tone between two rests, with a little noise of the room; the peak from 0 to 1. */
function spoken(peak: number, ms = 1_000, restMs = 500): Sound {
  const rest = (RATE * restMs) / 1_000
  const length = (RATE * ms) / 1_000
  const samples = Float32Array.from({ length: length + 2 * rest }, (_, at) => {
    const room = ((at * 7_919) % 13) * 1e-6
    const speaks = at >= rest && at < rest + length
    return room + (speaks ? peak * Math.sin((2 * Math.PI * 220 * at) / RATE) : 0)
  })
  return { rate: RATE, samples }
}

const problemOf = (sound: Sound) => {
  const finished = finish(sound)
  return finished.ok ? null : finished.error
}

describe('a recording', () => {
  it('loses the silence around it and comes out as loud as all clips, however it was spoken', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.02, max: 0.9, noNaN: true }), (peak) => {
        const finished = finish(spoken(peak))
        if (!finished.ok) throw new Error(finished.error)
        const { sound, level, peak: highest } = finished.value
        expect(sound.samples.length / RATE).toBeCloseTo(1.03, 1)
        expect(Math.abs(level - CLIP_LIMITS.LEVEL_DB)).toBeLessThan(1)
        expect(highest).toBeLessThanOrEqual(CLIP_LIMITS.PEAK_MAX_DB)
      }),
      { numRuns: 25 },
    )
  })
  it.each([
    ['silent', spoken(0)],
    ['silent', spoken(0.001)],
    ['too-soft', spoken(0.006)],
    [
      'clipped',
      { rate: RATE, samples: spoken(3).samples.map((one) => Math.max(-1, Math.min(1, one))) },
    ],
    ['too-short', spoken(0.3, 10)],
    ['too-long', spoken(0.3, 31_000)],
    ['silent', { rate: RATE, samples: new Float32Array(0) }],
  ] as const)('is refused as %s', (problem, sound) => {
    expect(problemOf(sound)).toBe(problem)
  })
})
