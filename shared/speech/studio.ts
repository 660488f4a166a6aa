import { z } from 'zod'

/** What the studio's page and its server say to each other; the page is the server's own. */

export const studioLineSchema = z.strictObject({
  /** Id of the clip. */
  id: z.string(),
  /** What is read aloud. */
  text: z.string(),
  /** The Vietnamese text that it comes from, where the language has texts of its own; else null. */
  source: z.string().nullable(),
  part: z.enum(['visit', 'number', 'procedure', 'seldom']),
  procedures: z.array(z.string()),
  /** Ids of the Vietnamese clips that say it. */
  vietnamese: z.array(z.string()),
  recorded: z.boolean(),
})
export type StudioLine = z.infer<typeof studioLineSchema>

/** All that is to be recorded, in order of use. */
export const studioStateSchema = z.strictObject({
  tag: z.string(),
  name: z.string(),
  journeys: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  lines: z.array(studioLineSchema),
})
export type StudioState = z.infer<typeof studioStateSchema>

/** How loud a clip is that the page sends, dBFS. */
export const clipLoudnessSchema = z.strictObject({
  level: z.coerce.number().min(-200).max(0),
  peak: z.coerce.number().min(-200).max(0),
})

export const STUDIO = {
  /** `index.html` of the studio, within its own folder of built files. */
  PAGE: '/studio/index.html',
  STATE: '/api/state',
  /** A clip by its id: GET gives it, PUT takes a new one. */
  CLIPS: '/api/clips/',
} as const
