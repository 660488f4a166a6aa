import { z } from 'zod'
import { answersSchema } from '../../shared/forms/index.ts'

/** The form of a kept draft; another program's is not guessed at. */
export const KEPT_VERSION = 1

/**
 * What is kept of a visit where the citizen wants to go on another time: the procedure and what was
 * entered. Not the card, which is read again; not the cards of other people, who were not asked; not
 * captured papers.
 */
export const keptDraftSchema = z.strictObject({
  version: z.literal(KEPT_VERSION),
  procedure: z.string(),
  /** Version of the form that was answered. */
  edition: z.string(),
  earlier: answersSchema,
  answers: answersSchema,
  skipped: z.array(z.string()),
})
export type KeptDraft = z.infer<typeof keptDraftSchema>

/** What the citizen is offered who comes again. */
export const keptOfferSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('offered'), draft: keptDraftSchema }),
  /** It is erased already. `form-changed`: it cannot be filed any more as it was answered. */
  z.strictObject({ state: z.literal('gone'), why: z.enum(['form-changed', 'unreadable']) }),
])
export type KeptOffer = z.infer<typeof keptOfferSchema>
