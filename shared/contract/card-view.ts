import { z } from 'zod'
import {
  chipVerdictSchema,
  fullDateSchema,
  partialDateSchema,
  unsaidPartSchema,
} from '../domain/id-card.ts'

/** What is known of whoever stands here, as far as it is shown: the card and its chip. */

/** The card as the citizen sees it. The number is masked: people stand behind. */
export const cardViewSchema = z.strictObject({
  name: z.string(),
  maskedNumber: z.string(),
  birth: partialDateSchema,
  sex: z.enum(['male', 'female']),
  address: z.string(),
  issued: fullDateSchema,
  /** Parts that the citizen wrote, because the reader could not read them. */
  byHand: z.array(z.enum(['name', 'address'])),
})
export type CardView = z.infer<typeof cardViewSchema>

/**
 * What the chip of the scanned card has said. It is never asked for: who lays no card on the reader,
 * or takes it away, goes on without.
 */
export const chipViewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('reading') }),
  /** It is of the same person; `gave` are the parts that the scanner could not read. */
  z.strictObject({
    state: z.literal('read'),
    verdict: chipVerdictSchema,
    gave: z.array(z.enum(['name', 'address'])),
    /** Parts that the verdict does not speak of; absent where it speaks of all. */
    unsaid: z.array(unsaidPartSchema).min(1).optional(),
    /** No code was scanned: all that the screen shows is the chip's. */
    alone: z.literal(true).optional(),
  }),
  /** It opened, and says another person than the code that was scanned. */
  z.strictObject({ state: z.literal('differs') }),
  z.strictObject({
    state: z.literal('not-read'),
    /** `other-card`: it does not open with what the code says. `unreadable`: it gave no answer. */
    why: z.enum(['removed', 'other-card', 'no-id-card', 'unreadable']),
  }),
])
export type ChipView = z.infer<typeof chipViewSchema>

/**
 * Why the access number of a card did not open its chip. `removed`: no card lies there, or not for
 * long enough. `no-number`: it opens by its printed lines alone. `blocked`: it takes no number any
 * more. `hidden`: it opened, and does not say who its holder is, so that a code must be scanned.
 * `failed`: it opened, and what it says was changed.
 */
export const accessRefusalSchema = z.enum([
  'wrong',
  'removed',
  'no-id-card',
  'no-number',
  'blocked',
  'hidden',
  'failed',
  'unreadable',
])
export type AccessRefusal = z.infer<typeof accessRefusalSchema>

/** `open`: a number may be typed; `reading`: the chip is read with it. */
export const accessStateSchema = z.enum(['open', 'reading', ...accessRefusalSchema.options])
export type AccessState = z.infer<typeof accessStateSchema>
