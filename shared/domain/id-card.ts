import { z } from 'zod'

/**
 * A date of which only a part may be known. Cards and old registers carry a year alone, or a
 * month and a year; 01/01 is never invented to fill the gap.
 */
export const partialDateSchema = z.strictObject({
  year: z.number().int().min(1800).max(2200),
  month: z.number().int().min(1).max(12).optional(),
  day: z.number().int().min(1).max(31).optional(),
})
export type PartialDate = z.infer<typeof partialDateSchema>

export const fullDateSchema = z.strictObject({
  year: z.number().int().min(1800).max(2200),
  month: z.number().int().min(1).max(12),
  day: z.number().int().min(1).max(31),
})
export type FullDate = z.infer<typeof fullDateSchema>

/** What the QR code of a CCCD (7 fields) or a Căn cước (11 fields) says. */
export const idCardSchema = z.strictObject({
  /** 12 digits. */
  number: z.string(),
  /** The former nine-digit CMND, raw; null where the card leaves it empty. */
  oldNumber: z.string().nullable(),
  /** As printed in the code, NFC. */
  name: z.string(),
  birth: partialDateSchema,
  sex: z.enum(['male', 'female']),
  /** Permanent or current residence, as the card says it; NFC. */
  address: z.string(),
  issued: fullDateSchema,
  /** Fields 7..10 of the 2024 card. Their meaning is not established: never shown, never used. */
  extra: z.array(z.string()),
  /**
   * Parts that no reader has read for certain, because a scanner that types loses letters: the
   * citizen writes them, and an officer compares them with the card. Absent where all was read.
   */
  unsure: z
    .array(z.enum(['name', 'address']))
    .min(1)
    .optional(),
  /** A vendor's service told of it, which reads as it likes. Absent where a code on the card did. */
  from: z.literal('bridge').optional(),
  /** Codes for the officer, such as `birth-year-differs`; never a reason to refuse. */
  warnings: z.array(z.string()),
})
export type IdCard = z.infer<typeof idCardSchema>
/** A part of a card that may have to be written by hand. */
export type CardPart = NonNullable<IdCard['unsure']>[number]

/**
 * What the signature over a chip's data is worth. `verified`: signed, and the signer belongs to an
 * authority that this deployment trusts; this one alone may be called authentic.
 * `signature-ok-chain-unknown`: whole, but anybody could have signed it. `failed`: changed, or a
 * copy. `not-attempted`: nobody could check it.
 */
export const chipVerdictSchema = z.enum([
  'verified',
  'signature-ok-chain-unknown',
  'failed',
  'not-attempted',
])
export type ChipVerdict = z.infer<typeof chipVerdictSchema>

/**
 * A part of the scanned card that its chip does not say, as where the chip hides it: it stands as
 * scanned or written, whatever the verdict on the chip is.
 */
export const unsaidPartSchema = z.enum(['name', 'address', 'oldNumber', 'issued'])
export type UnsaidPart = z.infer<typeof unsaidPartSchema>

/**
 * What only the chip knows of the holder, for the forms that ask for it; null where the card leaves
 * it out. Religion is not among it: no form may ask for it.
 */
export const populationSchema = z.strictObject({
  /** Dân tộc. */
  ethnicity: z.string().nullable(),
  /** Quê quán. */
  origin: z.string().nullable(),
  father: z.string().nullable(),
  mother: z.string().nullable(),
  spouse: z.string().nullable(),
  /** The former nine-digit CMND. */
  oldNumber: z.string().nullable(),
})
export type Population = z.infer<typeof populationSchema>
