import { z } from 'zod'
import { fullDateSchema } from '../domain/id-card.ts'
import { phraseSchema } from '../domain/phrase.ts'

export const procedureBriefSchema = z.strictObject({
  code: z.string(),
  name: phraseSchema,
  drawing: z.string(),
  /** False for a procedure of the national catalogue that this kiosk cannot file. */
  fileable: z.boolean(),
})
export type ProcedureBrief = z.infer<typeof procedureBriefSchema>

export const componentViewSchema = z.strictObject({
  code: z.string(),
  name: phraseSchema,
  when: phraseSchema.nullable(),
  handling: z.enum(['show', 'hand-in', 'scan']),
  drawing: z.string(),
})
export type ComponentView = z.infer<typeof componentViewSchema>

export const limitViewSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('WORKING_DAY'), value: z.number() }),
  z.strictObject({ unit: z.literal('DAY'), value: z.number() }),
  z.strictObject({ unit: z.literal('IN_DAY'), cutoff: z.string().nullable() }),
  z.strictObject({ unit: z.literal('UNKNOWN') }),
])
export type LimitView = z.infer<typeof limitViewSchema>

/** When the result can be had. */
export const dueViewSchema = z.discriminatedUnion('state', [
  /** `before`: HH:MM; null where the desk's hours are not known. */
  z.strictObject({ state: z.literal('day'), day: fullDateSchema, before: z.string().nullable() }),
  /** No day can be named: the portal has not accepted yet, or the calendar is not sure. */
  z.strictObject({
    state: z.literal('limit'),
    limit: limitViewSchema,
    counts: z.enum(['from-acceptance', 'since-acceptance']),
  }),
  /** The limit itself is not sure: an officer names the day. */
  z.strictObject({ state: z.literal('officer') }),
])
export type DueView = z.infer<typeof dueViewSchema>

export const feeViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('fixed'), amount: z.number(), per: phraseSchema }),
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('unknown') }),
])
export type FeeView = z.infer<typeof feeViewSchema>

/** What filing here achieves; `appointment`, `counter`: an officer does the rest. */
export const endsSchema = z.enum(['filed', 'appointment', 'counter'])
