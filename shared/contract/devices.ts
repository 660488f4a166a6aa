import { z } from 'zod'

/** A card scanner. `busy`: another program holds the port. */
export const scannerStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('disconnected') }),
  z.strictObject({ state: z.literal('busy') }),
  z.strictObject({ state: z.literal('not-configured') }),
])
export type ScannerState = z.infer<typeof scannerStateSchema>

/** A slip printer. `unknown`: it takes bytes but answers no status query. */
export const printerStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready'), paper: z.enum(['enough', 'near-end']) }),
  z.strictObject({ state: z.literal('paper-out') }),
  z.strictObject({ state: z.literal('cover-open') }),
  z.strictObject({
    state: z.literal('error'),
    cause: z.enum(['cutter', 'unrecoverable', 'recoverable', 'offline']),
  }),
  z.strictObject({ state: z.literal('disconnected') }),
  z.strictObject({ state: z.literal('unknown') }),
  z.strictObject({ state: z.literal('not-configured') }),
])
export type PrinterState = z.infer<typeof printerStateSchema>

/**
 * A reader of ID card chips. `ready`: it waits for a card; `card`: one lies on it, which may be any;
 * `no-service`: the machine's PC/SC service is away; `no-driver`: this kiosk has no way to ask it.
 */
export const cardReaderStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('card') }),
  z.strictObject({ state: z.literal('reading') }),
  z.strictObject({ state: z.literal('no-reader') }),
  z.strictObject({ state: z.literal('no-service') }),
  z.strictObject({ state: z.literal('no-driver') }),
  z.strictObject({ state: z.literal('not-configured') }),
])
export type CardReaderState = z.infer<typeof cardReaderStateSchema>
