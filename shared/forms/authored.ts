import { z } from 'zod'
import { procedureSchema } from './definition.ts'
import { choiceSchema, fieldSchema, partKeySchema } from './field.ts'
import { ruleSchema } from './rules.ts'

/**
 * How a procedure is written by hand: as `procedureSchema` has it, but with groups of fields that
 * stand in a library once, with lists of choices, and with tables whose rows are written once.
 * `expand.ts` makes a plain procedure of it.
 */

/** Within a group and a row, `.name` is the field `name` of the same group or row. */
const groupKeySchema = z.string().regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/)

/** A field as it is written: its choices may stand in a list of the library. */
export const authoredFieldSchema = z.strictObject({
  ...fieldSchema.shape,
  key: groupKeySchema,
  input: z.union([
    fieldSchema.shape.input,
    /** The choices of a list of the library. */
    z.strictObject({ kind: z.literal('listed'), list: z.string() }),
  ]),
})
export type AuthoredField = z.infer<typeof authoredFieldSchema>

/**
 * The fields of a group, with `as` before their keys. `words` stand for `<who>` and the like in
 * labels, questions and hints; `of` is the person whose card its `card` sources read; `without`
 * leaves fields out, and `with` puts parts of a field in their place.
 */
const useSchema = z.strictObject({
  use: z.string(),
  as: partKeySchema,
  words: z.record(z.string(), z.string()).optional(),
  of: partKeySchema.optional(),
  without: z.array(groupKeySchema).optional(),
  with: z.record(groupKeySchema, z.record(z.string(), z.json())).optional(),
  showIf: ruleSchema.optional(),
})
export type Use = z.infer<typeof useSchema>

/** Rows of the same fields; `<n>` in a label is the number of the row. */
const authoredTableSchema = z.strictObject({
  table: partKeySchema,
  label: z.string(),
  least: z.number().int().min(0),
  most: z.number().int().min(1).max(20),
  /**
   * "Có ai cùng đăng ký không?", where none is needed; and "Còn ai nữa không?". What is touched
   * then says the same in every table.
   */
  more: z.strictObject({
    first: z.string().optional(),
    next: z.string(),
    hint: z.string().optional(),
    drawing: z.string().optional(),
  }),
  columns: z.array(authoredFieldSchema).min(1),
  showIf: ruleSchema.optional(),
})
export type AuthoredTable = z.infer<typeof authoredTableSchema>

const authoredEntrySchema = z.union([authoredFieldSchema, useSchema, authoredTableSchema])

const { form } = procedureSchema.shape
export const authoredProcedureSchema = z.strictObject({
  ...procedureSchema.shape,
  form: z.strictObject({
    ...form.shape,
    tables: form.shape.tables.optional(),
    fields: z.array(authoredEntrySchema).min(1),
  }),
})
export type AuthoredProcedure = z.infer<typeof authoredProcedureSchema>

/** Groups of fields and lists of choices that every procedure may use. */
export const formLibrarySchema = z.strictObject({
  groups: z.record(z.string(), z.array(authoredFieldSchema).min(1)),
  lists: z.record(z.string(), z.array(choiceSchema)),
})
export type FormLibrary = z.infer<typeof formLibrarySchema>
export const emptyLibrary: FormLibrary = { groups: {}, lists: {} }
