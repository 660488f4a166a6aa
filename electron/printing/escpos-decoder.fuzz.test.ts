import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fuzzRuns } from '../../test/fixtures/fuzz.ts'
import { createEscPosDecoder, DECODER_LIMITS } from './escpos-decoder.ts'

/** Bytes that begin commands come often, so that noise gets deep into the decoder. */
const byte = fc.oneof(
  fc.constantFrom(0x10, 0x1b, 0x1d, 0x04, 0x14, 0x76, 0x30, 0x56, 0x28, 0x00, 0x01),
  fc.nat(255),
)

it('any bytes, cut anywhere, give the same commands, and no picture larger than a band', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 300, size: 'medium' }), fc.nat(), (noise, cut) => {
      const bytes = Uint8Array.from(noise)
      const at = cut % (bytes.length + 1)
      const whole = createEscPosDecoder().push(bytes)
      const pieces = createEscPosDecoder()
      expect([...pieces.push(bytes.subarray(0, at)), ...pieces.push(bytes.subarray(at))]).toEqual(
        whole,
      )
      for (const command of whole) {
        if (command.kind !== 'band') continue
        expect(command.raster.height).toBeLessThanOrEqual(DECODER_LIMITS.BAND_ROWS)
      }
    }),
    { numRuns: fuzzRuns(500) },
  )
})
