import { z } from 'zod'

export const provinceSchema = z.strictObject({
  /** Two digits. */
  code: z.string(),
  /** With its kind: "Thành phố Đồng Nai". */
  name: z.string(),
})

/** A province in the list of all; `own`: the one that this kiosk stands in, and in which commune. */
export const listedProvinceSchema = provinceSchema.extend({
  own: z.boolean(),
  /** Null in all other provinces, and where the profile names no commune of the list. */
  commune: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
})
export type ListedProvince = z.infer<typeof listedProvinceSchema>

/** One line of the list from which somebody picks a province or a commune. */
export const placeSuggestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('province'),
    ...provinceSchema.shape,
    /** The name of before 1/7/2025 that it was found by; null where it was found by its own. */
    former: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('commune'),
    /** Five digits. */
    code: z.string(),
    name: z.string(),
    province: provinceSchema,
    former: z.string().nullable(),
  }),
])
export type PlaceSuggestion = z.infer<typeof placeSuggestionSchema>
export type ProvinceName = z.infer<typeof provinceSchema>

/** What is asked of the list: words as typed, within a province (its code) or anywhere. */
export const placeQuestionSchema = z.strictObject({
  words: z.string().max(200),
  province: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
})
export type PlaceQuestion = z.infer<typeof placeQuestionSchema>

/** Suggestions to one question; a screen holds eight. */
export const PLACE_SUGGESTIONS_MAX = 20
