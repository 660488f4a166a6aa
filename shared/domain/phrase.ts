import { z } from 'zod'

/**
 * Words for a citizen that come from data (a procedure's name, a question). The key is stable
 * and is what a voice clip hangs on; the text is the Vietnamese that is shown.
 */
export const phraseSchema = z.strictObject({ key: z.string(), text: z.string() })
export type Phrase = z.infer<typeof phraseSchema>
