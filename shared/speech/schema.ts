import { z } from 'zod'
import { SPEEDS, VOLUMES } from './settings.ts'

/** What a citizen has chosen; both numbers are places in `SPEEDS` and `VOLUMES`. Reset after each visit. */
export const voiceSettingsSchema = z.strictObject({
  on: z.boolean(),
  speed: z
    .int()
    .min(0)
    .max(SPEEDS.length - 1),
  volume: z
    .int()
    .min(0)
    .max(VOLUMES.length - 1),
})
export type VoiceSettings = z.infer<typeof voiceSettingsSchema>

/**
 * Whether a headset is heard: never, always (one hangs at the kiosk), or while a jack is in, which
 * the keypad tells by a key.
 */
export const headsetSchema = z.enum(['none', 'always', 'jack-key'])
export type Headset = z.infer<typeof headsetSchema>

const clipSchema = z.strictObject({
  /** What it says, in the form of `clipText`; its id is made from it. */
  text: z.string().min(1),
  /** SHA-256 of the file, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  ms: z.int().positive(),
  /** dBFS */
  level: z.number(),
  /** dBFS */
  peak: z.number(),
  /** What was recorded by a person is never rendered over. */
  source: z.enum(['espeak-ng', 'recorded']),
})
export type Clip = z.infer<typeof clipSchema>

/** BCP 47, without private parts: it also names a folder. */
export const languageTagSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)

/** `pack.json` of a language: its clips by id, the first 16 hex digits of their text's SHA-256. */
export const voicePackSchema = z.strictObject({
  version: z.literal(1),
  /** BCP 47 */
  language: languageTagSchema,
  /** As its speakers call it. */
  name: z.string().min(1).max(40),
  /** Which issue of the pack was signed, for technicians; none before. */
  release: z.string().min(1).max(40).optional(),
  /** SHA-256 of `texts.json`, hex; null where the Vietnamese texts stay and it is only spoken. */
  texts: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  clips: z.record(z.string().regex(/^[0-9a-f]{16}$/), clipSchema),
})
export type VoicePack = z.infer<typeof voicePackSchema>

/** `script.json`: the Vietnamese texts that a citizen can meet, in order of use. */
export const scriptSchema = z.strictObject({
  version: z.literal(1),
  /** The procedures, those that are asked for every day first. */
  journeys: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  texts: z.array(
    z.strictObject({
      /** Message key of the first place where it stands. */
      where: z.string(),
      /** With its placeholders. */
      text: z.string(),
      /** Said in every visit, by some procedures, or seldom (faults). */
      part: z.enum(['visit', 'procedure', 'seldom']),
      /** Codes of the procedures that say it. */
      procedures: z.array(z.string()),
    }),
  ),
})
export type Script = z.infer<typeof scriptSchema>
