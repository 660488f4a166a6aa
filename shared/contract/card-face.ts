import { z } from 'zod'
import { chipVerdictSchema } from '../domain/id-card.ts'

/**
 * The face on the card that lies on the reader: read for this one answer. It is compared by an
 * officer, who alone says whether it is the person; nothing here keeps it or passes it on.
 */
export const cardFaceSchema = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    image: z.strictObject({ type: z.literal('image/jpeg'), base64: z.string() }),
    /** Of the whole chip, the hash of the face in it. */
    verdict: chipVerdictSchema,
    /** Whether it is the card that was scanned in this visit; null: none was. */
    ofVisit: z.boolean().nullable(),
  }),
  z.strictObject({
    ok: z.literal(false),
    /**
     * `no-key`: nothing was scanned, and no access number given. `jp2`: the card has a picture of
     * JPEG 2000, which no browser shows: look at the print on the card.
     */
    why: z.enum([
      'no-key',
      'no-card',
      'wrong-key',
      'needs-mrz',
      'blocked',
      'no-id-card',
      'no-face',
      'jp2',
      'busy',
      'unreadable',
    ]),
  }),
])
export type CardFace = z.infer<typeof cardFaceSchema>
