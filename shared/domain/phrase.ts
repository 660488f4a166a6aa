import { z } from 'zod'

/**
 * Words for a citizen that come from data (a procedure's name, a question). The key is stable
 * and is what a voice clip hangs on; the text is the Vietnamese that is shown.
 */
export const phraseSchema = z.strictObject({ key: z.string(), text: z.string() })

/**
 * A stretch of what is said. `said` is written as it is pronounced ("hai mươi tư"), in the language
 * `lang` (BCP 47; Vietnamese where it is left out). A `private` stretch (a name, a number, an
 * address, an answer) is for the headset alone.
 */
export interface SpokenPart {
  readonly said: string
  readonly private: boolean
  readonly lang?: string
}

/**
 * A phrase; where values stand in it, or where it is said otherwise than written, it carries how.
 * `lang` is the language in which the text stands; what has none is the Vietnamese source.
 */
export type Phrase = z.infer<typeof phraseSchema> & {
  readonly spoken?: readonly SpokenPart[]
  readonly lang?: string
}
