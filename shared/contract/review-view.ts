import { z } from 'zod'
import { partialDateSchema } from '../domain/id-card.ts'
import { phraseSchema } from '../domain/phrase.ts'
import { feeViewSchema, procedureBriefSchema } from './procedure-view.ts'

/** What stands in a box, as the page says it. `words`: of each choice that was taken. */
const reviewValueSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), words: z.array(phraseSchema) }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('number'), number: z.number() }),
  /** đồng */
  z.strictObject({ kind: z.literal('money'), amount: z.number() }),
  z.strictObject({ kind: z.literal('date'), date: partialDateSchema }),
])
export type ReviewValue = z.infer<typeof reviewValueSchema>

const reviewRowSchema = z.strictObject({
  key: z.string(),
  label: phraseSchema,
  /** Null where an optional question was left empty. */
  value: reviewValueSchema.nullable(),
})
export type ReviewRow = z.infer<typeof reviewRowSchema>

/** A table with its rows. `change` is the question where rows are added and taken out. */
const reviewTableSchema = z.strictObject({
  key: z.string(),
  label: phraseSchema,
  rows: z.array(z.strictObject({ row: z.number(), cells: z.array(reviewRowSchema) })),
  change: z.string().nullable(),
})
export type ReviewTable = z.infer<typeof reviewTableSchema>

const reviewPaperSchema = z.strictObject({
  component: z.string(),
  name: phraseSchema,
  drawing: z.string(),
  /** Captured pages; 0 where the paper goes to the counter. */
  pages: z.number(),
})

/** All that will be filed, and the words to which the citizen puts their name. */
export const checkPage = {
  procedure: procedureBriefSchema,
  /** From the card: shown, locked. */
  known: z.array(reviewRowSchema),
  /** Answered here: each can be changed. */
  answers: z.array(reviewRowSchema),
  /** Not asked, may be added: each has a value once it was. */
  offered: z.array(reviewRowSchema),
  /** Filled in the usual way without asking: each can be changed. */
  assumed: z.array(reviewRowSchema),
  tables: z.array(reviewTableSchema),
  papers: z.array(reviewPaperSchema),
  statement: phraseSchema,
  fee: feeViewSchema,
}
