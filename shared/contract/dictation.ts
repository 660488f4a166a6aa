import { z } from 'zod'
import { DICTATION } from '../domain/dictation.ts'

const SAMPLE_BYTES = 2
const BYTES_MAX = (DICTATION.RATE * DICTATION.LONGEST_MS * SAMPLE_BYTES) / 1000

const bytesIn = (base64: string): number =>
  (base64.length * 3) / 4 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0)

/** Sound of one dictation: samples of 16 bit, the lower byte first, in Base64. Kept nowhere. */
export const dictatedSoundSchema = z.strictObject({
  sound: z
    .base64()
    .min(1)
    .max(Math.ceil(BYTES_MAX / 3) * 4)
    .refine((base64) => bytesIn(base64) % SAMPLE_BYTES === 0, 'whole samples'),
})

/** What was understood; or why there is nothing to write. */
export const dictationSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), text: z.string().min(1).max(DICTATION.TEXT_MAX) }),
  z.strictObject({
    ok: z.literal(false),
    why: z.enum([
      /** Nobody works for the citizen, or nothing is written here. */
      'not-here',
      /** What was said before is still being looked at. */
      'busy',
      /** The program of this kiosk cannot be started. */
      'no-program',
      'too-slow',
      'failed',
      /** It heard no words. */
      'nothing',
      /** The assistant, or the screen, has gone meanwhile. */
      'stopped',
    ]),
  }),
])
export type Dictation = z.infer<typeof dictationSchema>
