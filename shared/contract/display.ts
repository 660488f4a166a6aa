import { z } from 'zod'
import { languageTagSchema, voiceSettingsSchema } from '../speech/schema.ts'
import { defaultVoice } from '../speech/settings.ts'

/** How the page is drawn for this citizen; reset after each session. */
export const displaySchema = z.strictObject({
  text: z.enum(['normal', 'large', 'larger', 'largest']),
  contrast: z.enum(['normal', 'high']),
  lowered: z.boolean(),
  /** BCP 47; one of the kiosk's languages. */
  language: languageTagSchema,
  voice: voiceSettingsSchema,
  /** The screen shows nothing, so that nobody else reads it; only while the voice is on. */
  blank: z.boolean(),
})
export type Display = z.infer<typeof displaySchema>

/** What a touch changes of it. Two quick touches change two things: neither undoes the other. */
export const displayChangeSchema = displaySchema
  .partial()
  .extend({ voice: voiceSettingsSchema.partial().optional() })
export type DisplayChange = z.infer<typeof displayChangeSchema>

export const changedDisplay = (display: Display, change: DisplayChange): Display => ({
  text: change.text ?? display.text,
  contrast: change.contrast ?? display.contrast,
  lowered: change.lowered ?? display.lowered,
  language: change.language ?? display.language,
  voice: {
    on: change.voice?.on ?? display.voice.on,
    speed: change.voice?.speed ?? display.voice.speed,
    volume: change.voice?.volume ?? display.voice.volume,
  },
  blank: change.blank ?? display.blank,
})

/** What every visit begins with. */
export const defaultDisplay: Display = {
  text: 'normal',
  contrast: 'normal',
  lowered: false,
  language: 'vi',
  voice: defaultVoice,
  blank: false,
}
