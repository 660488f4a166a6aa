import { z } from 'zod'
import { PAGE_MAX_BYTES } from '../../shared/contract/index.ts'

/**
 * A page's request for a paper on its way through Electron's main process, which alone answers for
 * `kiosk://`. The only thing of a citizen's that passes there; main looks at nothing of it.
 */
const bytes = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .refine((body) => body.byteLength <= PAGE_MAX_BYTES)

export const paperQuestionSchema = z.strictObject({
  method: z.string().max(16),
  token: z.string().max(128),
  contentType: z.string().max(128).nullable(),
  body: bytes,
})
export type PaperQuestion = z.infer<typeof paperQuestionSchema>

export const paperAnsweredSchema = z.strictObject({
  status: z.int().min(200).max(599),
  contentType: z.string().max(128).nullable(),
  body: bytes,
})
export type PaperAnswered = z.infer<typeof paperAnsweredSchema>
