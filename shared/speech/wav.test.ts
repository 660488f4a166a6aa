import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readWav, writeWav } from '../../scripts/voice/wav.ts'
import { toPcm16 } from './wav.ts'

it('keeps what was heard, as exactly as 16 bit can', () => {
  const sound = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 200 })
  fc.assert(
    fc.property(sound, (heard) => {
      const samples = Float32Array.from(heard)
      const back = readWav(writeWav({ rate: 16_000, samples }))
      expect(back.rate).toBe(16_000)
      expect(back.samples).toHaveLength(samples.length)
      back.samples.forEach((one, at) => expect(one).toBeCloseTo(samples[at] ?? 0, 3))
    }),
  )
})

it('cuts off what is louder than can be said', () => {
  expect([...toPcm16(Float32Array.of(2, -2))]).toEqual([0xff, 0x7f, 0x01, 0x80])
})
