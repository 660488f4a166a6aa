import { z } from 'zod'

/**
 * What the tests in the virtual machine ask of the machine around it, which holds the far end of
 * one USB serial adapter: one line of JSON each, answered with one
 * line when it has happened: `done`, or why it did not.
 */
export const requestSchema = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('plug'), serial: z.string() }),
  z.strictObject({ ask: z.literal('unplug') }),
  /** Bytes that come out of the adapter, hexadecimal. */
  z.strictObject({ ask: z.literal('send'), hex: z.string() }),
])
export type Request = z.infer<typeof requestSchema>

export const DONE = 'done'
