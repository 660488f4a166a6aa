import { z } from 'zod'
import { headsetSchema, languageTagSchema } from '../speech/schema.ts'
import {
  cardReaderStateSchema,
  documentScannerStateSchema,
  pagePrinterStateSchema,
  printerStateSchema,
  readerBridgeStateSchema,
  scannerStateSchema,
} from './devices.ts'
import { displaySchema } from './display.ts'
import { keypadSchema } from './keypad.ts'
import { pageScannerSchema } from './scan.ts'
import { sessionViewSchema } from './session-view.ts'

/**
 * What the page shows. The core computes it; the page draws it and holds no truth of its own.
 * Sent as a snapshot and then as numbered changes of one topic each (`contract.ts`).
 */

/** What is not always on an assistant's strip, in the order in which it stands there. */
export const stripToolSchema = z.enum([
  'work',
  /** Only while the assistant works, and words may be written. */
  'dictate',
  'choose-other',
  'to-counter',
  'reprint',
  'retry',
  'face',
  'finish',
])
export type StripTool = z.infer<typeof stripToolSchema>

/** A call for a person, and who of the staff has stepped in. The core decides both. */
export const assistanceViewSchema = z.strictObject({
  /** `long`: so long that the screen says what else one can do. */
  call: z.enum(['none', 'waiting', 'long']),
  role: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('locked') }),
    /** Somebody wants to unlock. */
    z.strictObject({
      state: z.literal('asking'),
      /** `wait`: no try is taken for so long; `stopped`: none until a technician allows it. */
      door: z.discriminatedUnion('state', [
        z.strictObject({ state: z.literal('open') }),
        z.strictObject({ state: z.literal('wait'), seconds: z.int() }),
        z.strictObject({ state: z.literal('stopped') }),
      ]),
      refused: z.enum(['pin', 'card']).nullable(),
    }),
    z.strictObject({
      state: z.literal('unlocked'),
      /** Two digits. */
      assistant: z.string(),
      counter: z.string().nullable(),
      /** The assistant works on this screen for the citizen. */
      working: z.boolean(),
      /** It locks in a moment if nobody touches the strip. */
      ending: z.boolean(),
      tools: z.array(stripToolSchema),
    }),
  ]),
})
export type AssistanceView = z.infer<typeof assistanceViewSchema>

export const viewSchema = z.strictObject({
  kiosk: z.strictObject({
    id: z.string(),
    commune: z.string(),
    province: z.string(),
    training: z.boolean(),
    /** CSS pixels per millimetre of this panel. */
    pixelsPerMm: z.number(),
    /** yyyy-mm-dd in the kiosk's time zone, for ages. */
    today: z.string(),
    /** Scanners that the page itself must listen to. */
    pageScanners: z.array(pageScannerSchema),
    /** Null where nothing can be said: no voice pack, or a broken one. */
    voice: z.strictObject({ headset: headsetSchema }).nullable(),
    /** Vietnamese first. One without texts of its own is only spoken. */
    languages: z
      .array(z.strictObject({ tag: languageTagSchema, name: z.string(), texts: z.boolean() }))
      .min(1),
    /** Null where no keypad is to be listened to. */
    keypad: keypadSchema.nullable(),
  }),
  session: sessionViewSchema,
  /** `warned`: "are you still there?" lies over the screen; seconds until all is erased. */
  idle: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('active') }),
    z.strictObject({ state: z.literal('warned'), secondsLeft: z.number() }),
  ]),
  display: displaySchema,
  assistance: assistanceViewSchema,
  devices: z.strictObject({
    scanner: scannerStateSchema,
    printer: printerStateSchema,
    /** Null where this kiosk has none. */
    readerBridge: readerBridgeStateSchema.nullable(),
    pagePrinter: pagePrinterStateSchema,
    documentScanner: documentScannerStateSchema,
    cardReader: cardReaderStateSchema,
  }),
  delivery: z.strictObject({
    /** Filings that the portal has not accepted yet. */
    waiting: z.number(),
    portal: z.enum(['unknown', 'reachable', 'away']),
  }),
})
export type View = z.infer<typeof viewSchema>
export type Topic = keyof View
