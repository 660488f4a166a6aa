import { z } from 'zod'

/** Where a value lies in the service's messages: names from the outside in, joined by dots. */
const placeSchema = z.string().regex(/^[\w-]+(?:\.[\w-]+)*$/, 'names joined by dots')

const onThisMachine: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** A reader's service never stands on another machine: what it sends is somebody's card. */
function localUrl(protocol: RegExp) {
  return (
    z
      .url({ protocol })
      // A socket is never opened to one, and throws instead.
      .refine((url) => !url.includes('#'), 'has a #')
      .refine((url) => onThisMachine.has(URL.parse(url)?.hostname ?? ''), 'not on this machine')
  )
}

const common = {
  /** What the service calls the parts of a card. */
  fields: z.strictObject({
    number: placeSchema,
    name: placeSchema,
    birth: placeSchema,
    sex: placeSchema,
    address: placeSchema,
    issued: placeSchema,
    oldNumber: placeSchema.optional(),
  }),
  /** How it writes dates. */
  dates: z.enum(['dd/MM/yyyy', 'dd-MM-yyyy', 'ddMMyyyy', 'yyyy-MM-dd', 'yyyyMMdd']),
}

/** A vendor's service in front of a card reader: asked again and again, or telling by itself. */
export const readerBridgeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), url: localUrl(/^http$/), ...common }),
  z.strictObject({
    kind: z.literal('websocket'),
    url: localUrl(/^ws$/),
    /** What the service wants to hear before it tells of cards; nothing where left out. */
    hello: z.string().max(1000).optional(),
    ...common,
  }),
])
export type ReaderBridgeSettings = z.infer<typeof readerBridgeSchema>
