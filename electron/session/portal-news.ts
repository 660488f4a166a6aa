import { z } from 'zod'
import { askedForSchema } from '../filing/index.ts'

/** What the portal says of the filing whose slip is looked up. Gone with the visit. */
export const portalNewsSchema = z.discriminatedUnion('state', [
  /** Nobody was asked: the portal cannot say, or has not accepted it yet. */
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('asking') }),
  /** It has it, and nothing is asked for. */
  z.strictObject({ state: z.literal('nothing') }),
  /** No answer in time, or none that says anything. */
  z.strictObject({ state: z.literal('unheard') }),
  /** It says something else than this kiosk knows. */
  z.strictObject({ state: z.literal('differs') }),
  z.strictObject({ state: z.literal('asked-for'), asked: askedForSchema }),
])
export type PortalNews = z.infer<typeof portalNewsSchema>

/** Whether a paper can be made of it: one without its day or without a line would be wrong. */
export function isPrintable(news: PortalNews): boolean {
  return (
    news.state === 'asked-for' && news.asked.requestedAt !== null && news.asked.items.length > 0
  )
}
