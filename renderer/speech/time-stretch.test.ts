import { describe, expect, it } from 'vitest'
import { SPEEDS } from '../../shared/speech/index.ts'
import { timeStretch } from './time-stretch.ts'

const RATE = 24_000

/** A voice's tone with two overtones. */
const tone = (hertz: number, ms: number) =>
  Float32Array.from({ length: (RATE * ms) / 1000 }, (_, at) => {
    const turn = (2 * Math.PI * hertz * at) / RATE
    return 0.5 * Math.sin(turn) + 0.2 * Math.sin(2 * turn) + 0.1 * Math.sin(3 * turn)
  })

/** The pitch in hertz: the shift at which the sound is most like itself. */
function pitchOf(samples: Float32Array): number {
  let best = 0
  let most = -Infinity
  for (let shift = RATE / 400; shift < RATE / 70; shift += 1) {
    let likeness = 0
    for (let at = 2000; at < 8000; at += 1) {
      likeness += (samples[at] ?? 0) * (samples[at + shift] ?? 0)
    }
    if (likeness > most * 1.001) {
      most = likeness
      best = shift
    }
  }
  return RATE / best
}

const power = (samples: Float32Array) =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length

describe('speech at another speed', () => {
  it.each([...SPEEDS])('%d times: its length changes, its pitch and loudness do not', (speed) => {
    const voice = tone(130, 1_000)
    const heard = timeStretch(voice, RATE, speed)
    expect(heard.length / voice.length).toBeCloseTo(1 / speed, 2)
    expect(pitchOf(heard)).toBeGreaterThan(125)
    expect(pitchOf(heard)).toBeLessThan(135)
    expect(power(heard) / power(voice)).toBeGreaterThan(0.8)
    expect(power(heard) / power(voice)).toBeLessThan(1.2)
  })

  it('leaves what is shorter than a period or two as it is', () => {
    const click = tone(130, 40)
    expect(timeStretch(click, RATE, 0.6)).toBe(click)
  })
})
