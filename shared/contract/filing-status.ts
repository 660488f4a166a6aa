import { z } from 'zod'
import { fullDateSchema } from '../domain/id-card.ts'
import { receiptOutSchema } from './printed.ts'

/**
 * What became of a filing whose slip is held under the scanner. It tells what the slip itself
 * tells, and nothing of the person. `reference` is eight characters, unspaced; `counter` is where
 * to ask, null where the kiosk does not know.
 */
export const filingStatusSchema = z.discriminatedUnion('state', [
  /** Kept here; the portal has not accepted it yet. */
  z.strictObject({
    state: z.literal('waiting'),
    reference: z.string(),
    counter: z.string().nullable(),
  }),
  z.strictObject({
    state: z.literal('sent'),
    reference: z.string(),
    counter: z.string().nullable(),
    dossierCode: z.string(),
    /** The day on the portal's receipt. */
    acceptedOn: fullDateSchema,
    /** Whether the portal has been asked just now if anything is missing. It is waited for only briefly. */
    portal: z.enum(['not-asked', 'asking', 'asked', 'unheard']),
  }),
  /** Accepted, and the authority asks for more: papers only, whoever holds the slip sees them. */
  z.strictObject({
    state: z.literal('supplement'),
    reference: z.string(),
    counter: z.string().nullable(),
    dossierCode: z.string(),
    items: z.array(z.string()),
    /** There is more than the items, which an officer says. */
    more: z.boolean(),
    /** The last day for it; null where none is set. */
    due: fullDateSchema.nullable(),
    /** The list on paper; null where it cannot be had. */
    sheet: receiptOutSchema.nullable(),
  }),
  z.strictObject({
    state: z.literal('needs-officer'),
    reference: z.string(),
    counter: z.string().nullable(),
  }),
  /** Printed by another kiosk, or so long ago that this one has forgotten it. */
  z.strictObject({ state: z.literal('unknown') }),
])
export type FilingStatus = z.infer<typeof filingStatusSchema>
