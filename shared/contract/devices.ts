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
 * Where papers are captured. `camera`: the page looks after it, and knows alone how it is.
 * `busy`: another program holds the scanner. `missing`: not plugged in, or switched off.
 */
export const documentScannerStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('scanning') }),
  z.strictObject({ state: z.literal('no-paper') }),
  z.strictObject({ state: z.literal('jammed') }),
  z.strictObject({ state: z.literal('cover-open') }),
  z.strictObject({ state: z.literal('busy') }),
  z.strictObject({ state: z.literal('denied') }),
  z.strictObject({ state: z.literal('missing') }),
  z.strictObject({ state: z.literal('error'), cause: z.enum(['io', 'timeout', 'bad-picture']) }),
  z.strictObject({ state: z.literal('camera') }),
  z.strictObject({ state: z.literal('not-configured') }),
])
export type DocumentScannerState = z.infer<typeof documentScannerStateSchema>
