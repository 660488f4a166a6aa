import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fuzzRuns } from '../../../test/fixtures/fuzz.ts'
import { parseDeviceId } from './device-id.ts'
import { createStatusReader, printerState } from './status.ts'

const numRuns = fuzzRuns(500)

it('the status reader answers at most once a byte, and never throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 256, size: 'medium' }), (bytes) => {
      const answers = createStatusReader().push(bytes)
      expect(answers.length).toBeLessThanOrEqual(bytes.length)
      for (const answer of answers) {
        if (answer.kind === 'automatic') printerState(answer.replies)
      }
    }),
    { numRuns },
  )
})

it('noise that ends does not keep a printer from being heard', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64, size: 'medium' }), (noise) => {
      const reader = createStatusReader()
      reader.push(noise)
      // At most three bytes of a block that noise has begun are lost.
      const answers = reader.push(Uint8Array.of(0x12, 0x12, 0x12, 0x16))
      expect(answers.at(-1)).toEqual({ kind: 'real-time', byte: 0x16 })
    }),
    { numRuns },
  )
})

it('a device id of any text gives fields without a colon in their name', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 512, size: 'medium' }), (text) => {
      for (const key of parseDeviceId(text).keys()) expect(key).not.toMatch(/[:;]/)
    }),
    { numRuns },
  )
})
