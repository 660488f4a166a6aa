import { z } from 'zod'

/** Four hexadecimal digits in lower case, as `lsusb` prints them. */
const usbNumberSchema = z.string().regex(/^[0-9a-f]{4}$/, 'four of 0-9 and a-f')

/**
 * What a USB device says of itself. Without a serial number any device of that make and model is
 * meant, as most scanners have none of their own.
 */
export const usbIdSchema = z.strictObject({
  vendorId: usbNumberSchema,
  productId: usbNumberSchema,
  serial: z.string().min(1).optional(),
})
export type UsbId = z.infer<typeof usbIdSchema>

/**
 * A card scanner. `busy`: another program holds the port. `not-allowed`: the kiosk's user may not
 * open it. `no-driver`: a part of the kiosk's own installation does not load.
 */
export const scannerStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('disconnected') }),
  z.strictObject({ state: z.literal('busy') }),
  z.strictObject({ state: z.literal('not-allowed') }),
  z.strictObject({ state: z.literal('no-driver') }),
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
 * A vendor's service in front of a card reader. `not-understood`: it answers, but not as the
 * profile says; its words or its version are others.
 */
export const readerBridgeStateSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('ready') }),
  z.strictObject({ state: z.literal('disconnected') }),
  z.strictObject({ state: z.literal('not-understood') }),
])
export type ReaderBridgeState = z.infer<typeof readerBridgeStateSchema>

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

/**
 * What lies on the simulated reader of chips. `same`: the card that was scanned last. `hasty`: the
 * same, pulled away in the middle. `other`: another person's. `strange`: the same, signed by an
 * authority that nobody here trusts.
 */
export const trainingCardSchema = z.enum(['none', 'same', 'hasty', 'other', 'strange'])
export type TrainingCard = z.infer<typeof trainingCardSchema>

/**
 * Where papers are captured. `camera`: the page looks after it, and knows alone how it is.
 * `busy`: another program holds the scanner. `missing`: not plugged in, or switched off.
 */
export const documentScannerStateSchema = z.discriminatedUnion('state', [
  /** `feeds`: it takes several sheets at once, from a feeder. */
  z.strictObject({ state: z.literal('ready'), feeds: z.literal(true).optional() }),
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
