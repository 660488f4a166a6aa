import { z } from 'zod'
import { idleMs } from './idle-time.ts'
import { SESSION_LIMITS } from './limits.ts'
import { contextSchema } from './visit.ts'

/**
 * A visit as it is kept, sealed, from touch to touch: where it stands, what it holds, and the
 * answers to the last commands, so that a page which reconnects and repeats one moves nothing.
 */
const draftSchema = z.strictObject({
  value: z.strictObject({
    visit: z.enum([
      'notice',
      'declined',
      'identify',
      'access-number',
      'look-up',
      'card-part',
      'confirm',
      'resume',
      'choose',
      'prepare',
      'answer',
      'stop',
      'papers',
      'review',
      'declare',
      'leave',
      'submitting',
      'done',
    ]),
    presence: z.enum(['active', 'warned']),
    help: z.enum(['closed', 'open']),
  }),
  context: contextSchema,
  /** Version of the form that is being answered; null where none is. */
  edition: z.string().nullable(),
  commands: z.array(z.tuple([z.string(), z.enum(['done', 'ignored'])])),
})
export type Draft = z.infer<typeof draftSchema>

export function encodeDraft(draft: Draft): Uint8Array {
  return Buffer.from(JSON.stringify(draft), 'utf8')
}

/**
 * Reads what another core left. Null where it is not a draft of this version, or its last touch is
 * so old that its owner has gone, or from a clock that was ahead of this one. News from the outbox
 * and the printers is kept as well, and says nothing of an owner.
 */
export function decodeDraft(bytes: Uint8Array, nowMs: number): Draft | null {
  try {
    const parsed = draftSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    if (!parsed.success) return null
    const { value, context } = parsed.data
    const age = nowMs - context.lastTouchMs
    const maxAge = idleMs({ ...value, display: context.display }) + SESSION_LIMITS.WARNING_MS
    return age < 0 || age > maxAge ? null : parsed.data
  } catch {
    return null
  }
}
