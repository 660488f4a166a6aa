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
 * A page printer. `offline`: the queue says that its printer is away. `unreachable`: nobody answers
 * at the address. `stopped`: it was paused, or says that it is stopped and not why. `unknown`: not
 * asked yet, or what answers there is no printer.
 */
export const pagePrinterStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready'), low: z.enum(['toner', 'paper']).nullable() }),
  z.strictObject({ state: z.literal('paper-out') }),
  z.strictObject({ state: z.literal('jam') }),
  z.strictObject({ state: z.literal('door-open') }),
  z.strictObject({ state: z.literal('toner-out') }),
  z.strictObject({ state: z.literal('offline') }),
  z.strictObject({ state: z.literal('stopped') }),
  z.strictObject({ state: z.literal('unreachable') }),
  z.strictObject({ state: z.literal('unknown') }),
  z.strictObject({ state: z.literal('not-configured') }),
])
export type PagePrinterState = z.infer<typeof pagePrinterStateSchema>

/**
 * What is wrong with the simulated printer, apart from its paper. `cutter`, `heat` and `offline`
 * stop it; `silent` prints and answers nothing; `slow` takes its time; `rubbish` answers what no
 * printer says; `unplugged` is not there.
 */
export const printerFaultSchema = z.enum([
  'none',
  'cover-open',
  'cutter',
  'heat',
  'offline',
  'silent',
  'slow',
  'rubbish',
  'unplugged',
])
export type PrinterFault = z.infer<typeof printerFaultSchema>
