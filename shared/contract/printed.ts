import { z } from 'zod'
import { pagePrinterStateSchema, printerStateSchema } from './devices.ts'

/** A place in a queue: the number as it is called, and where. */
export const ticketViewSchema = z.strictObject({ number: z.string(), counter: z.string() })

/** What is known of the papers that this session prints. */
export const paperOutSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting') }),
  z.strictObject({ state: z.literal('printing') }),
  /** The printer said so after the cut. */
  z.strictObject({ state: z.literal('printed') }),
  /** Sent, but the printer answers no status query. */
  z.strictObject({ state: z.literal('unconfirmed') }),
  z.strictObject({ state: z.literal('failed'), printer: printerStateSchema }),
])
export type PaperOut = z.infer<typeof paperOutSchema>

/** A number for a counter, of whoever files nothing. */
export const stopTicketViewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('offered') }),
  /** It could not be given; nothing was promised. */
  z.strictObject({ state: z.literal('refused') }),
  ticketViewSchema.extend({ state: z.literal('issued'), paper: paperOutSchema }),
])
export type StopTicketView = z.infer<typeof stopTicketViewSchema>

/**
 * What is known of a paper of the page printer, such as the receipt that comes once the portal has
 * accepted.
 */
export const receiptOutSchema = z.discriminatedUnion('state', [
  /** Not accepted yet, or this kiosk has no page printer: an officer gives it. */
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('printing') }),
  z.strictObject({ state: z.literal('printed') }),
  /** Sent, but nobody knows what became of it. */
  z.strictObject({ state: z.literal('unconfirmed') }),
  /** None came and none will come by itself; an officer prints it from the dossier. */
  z.strictObject({ state: z.literal('failed'), printer: pagePrinterStateSchema }),
])
export type ReceiptOut = z.infer<typeof receiptOutSchema>
