import { z } from 'zod'
import {
  idCardSchema,
  partialDateSchema,
  type IdCard,
  type PartialDate,
} from '../domain/id-card.ts'

/**
 * A place in words, as it stands on paper ("Thôn 3, xã Đắk Ơ, thành phố Đồng Nai"). `commune` is the
 * five-digit code of today's commune, where it is known for certain.
 */
export const addressSchema = z.strictObject({
  text: z.string(),
  commune: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
})
export type Address = z.infer<typeof addressSchema>

/** What a citizen may enter on the page. Several choices are a list of their values. */
export const enteredValueSchema = z.union([
  z.string(),
  z.number(),
  partialDateSchema,
  addressSchema,
  z.array(z.string()),
])

export type EnteredValue = z.infer<typeof enteredValueSchema>

/**
 * What a citizen may answer, or what a card answers for them. The card of a second person stands
 * whole; it comes from a scanner alone, and never leaves the visit.
 */
export const answerValueSchema = z.union([enteredValueSchema, idCardSchema])
export type AnswerValue = z.infer<typeof answerValueSchema>

/** Answers by field key; a key that is absent has not been answered. */
export const answersSchema = z.record(z.string(), answerValueSchema)
export type Answers = z.infer<typeof answersSchema>

export const isDate = (value: AnswerValue): value is PartialDate =>
  typeof value === 'object' && 'year' in value

export const isAddress = (value: AnswerValue): value is Address =>
  typeof value === 'object' && 'text' in value

export const isCard = (value: AnswerValue): value is IdCard =>
  typeof value === 'object' && 'number' in value

export const isList = (value: AnswerValue): value is string[] => Array.isArray(value)
