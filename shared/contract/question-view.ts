import { z } from 'zod'
import { partialDateSchema } from '../domain/id-card.ts'
import { phraseSchema } from '../domain/phrase.ts'

const choiceViewSchema = z.strictObject({
  value: z.string(),
  label: phraseSchema,
  help: phraseSchema.nullable(),
  drawing: z.string().nullable(),
})

/** A second person's card. `name` is null where the reader could not read it for certain. */
const laidCardSchema = z.strictObject({
  name: z.string().nullable(),
  maskedNumber: z.string(),
  birth: partialDateSchema,
})
export type LaidCardView = z.infer<typeof laidCardSchema>

/** One row of a table, as far as it is filled in: its cells' labels and values. */
const tableRowSchema = z.strictObject({
  row: z.number(),
  cells: z.array(z.strictObject({ label: phraseSchema, value: z.string() })),
})
export type TableRow = z.infer<typeof tableRowSchema>

export const questionInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choices: z.array(choiceViewSchema) }),
  /** `none` is the value of the choice that stands alone. */
  z.strictObject({
    kind: z.literal('choices'),
    choices: z.array(choiceViewSchema),
    none: z.string().nullable(),
  }),
  z.strictObject({ kind: z.enum(['name', 'text']), maxLength: z.number() }),
  z.strictObject({ kind: z.literal('phone') }),
  z.strictObject({ kind: z.literal('personal-number') }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    unit: phraseSchema.nullable(),
  }),
  /** đồng */
  z.strictObject({ kind: z.literal('money'), min: z.number(), max: z.number() }),
  z.strictObject({ kind: z.literal('date'), partial: z.boolean() }),
  z.strictObject({ kind: z.literal('year') }),
  /** `old`: names of before July 2025 are right too; `detail`: with house, hamlet or street. */
  z.strictObject({ kind: z.literal('address'), old: z.boolean(), detail: z.boolean() }),
  /** The card of this person is to be held under the scanner; `read` is the one that was. */
  z.strictObject({
    kind: z.literal('card'),
    person: phraseSchema,
    read: laidCardSchema.nullable(),
  }),
  /** Whether one more row follows those that are there; each of them may be taken out. */
  z.strictObject({
    kind: z.literal('more'),
    table: z.string(),
    label: phraseSchema,
    rows: z.array(tableRowSchema),
    least: z.number(),
  }),
])
export type QuestionInput = z.infer<typeof questionInputSchema>

export const questionViewSchema = z.strictObject({
  key: z.string(),
  title: phraseSchema,
  hint: phraseSchema.nullable(),
  drawing: z.string(),
  required: z.boolean(),
  input: questionInputSchema,
})
export type QuestionView = z.infer<typeof questionViewSchema>
