import { z } from 'zod'
import { answerValueSchema } from './answer-value.ts'
import { sourceSchema } from './fact.ts'
import { ruleSchema } from './rules.ts'

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** Name of a person, a group or a table of a form: the first part of its fields' keys. */
export const partKeySchema = z.string().regex(/^[a-z][a-zA-Z0-9]*$/)

/** `mother.name`; a row of a table carries its number, `members.2.name`. */
export const fieldKeySchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]*(\.([a-z][a-zA-Z0-9]*|[1-9]\d?))*$/)

export const choiceSchema = z.strictObject({
  value: slug,
  label: z.string(),
  help: z.string().optional(),
  drawing: z.string().optional(),
})
export type Choice = z.infer<typeof choiceSchema>

export const cardPathSchema = z.enum([
  'name',
  'number',
  'oldNumber',
  'birth',
  'sex',
  'address',
  'issued',
])

/** What the chip says beside the card's printed side (DG13). */
export const chipPathSchema = z.enum(['ethnicity', 'origin', 'father', 'mother', 'spouse'])

/**
 * Where a field's value comes from. Only `asked` costs the citizen a screen; every other source that
 * has nothing to say falls back to asking, where there is a question and the box is required.
 */
export const valueSourceSchema = z.discriminatedUnion('from', [
  /** The card of the applicant, or of another person of the form (`procedure.people`). */
  z.strictObject({
    from: z.literal('card'),
    path: cardPathSchema,
    of: partKeySchema.optional(),
  }),
  /** The applicant's chip; `of`: where this person is the applicant. */
  z.strictObject({
    from: z.literal('chip'),
    path: chipPathSchema,
    of: partKeySchema.optional(),
  }),
  /** A field of what the same citizen filed before in this visit. */
  z.strictObject({ from: z.literal('earlier'), key: z.string() }),
  /**
   * With a question, the citizen may change it on the check page; it is not asked. `fixed`: nobody
   * changes it, nor does an answer that was given before it applied.
   */
  z.strictObject({
    from: z.literal('default'),
    value: answerValueSchema,
    fixed: z.literal(true).optional(),
  }),
  /** Copy of another field's value. */
  z.strictObject({ from: z.literal('field'), key: z.string() }),
  /** A sentence made of earlier answers: `{key}` stands for that field's value in words. */
  z.strictObject({ from: z.literal('composed'), text: z.string() }),
  /**
   * The family or given name in the name that stands in another field, as names are usually
   * written; with a question, the citizen may change it on the check page. `without`: parts that
   * have a box of their own already.
   */
  z.strictObject({
    from: z.literal('name-part'),
    of: z.string(),
    part: z.enum(['family', 'given']),
    without: z.array(z.string()).optional(),
  }),
  /** What is left of that name without these parts. */
  z.strictObject({ from: z.literal('name-rest'), of: z.string(), without: z.array(z.string()) }),
  /** What a rule comes to. */
  z.strictObject({ from: z.literal('computed'), rule: ruleSchema }),
  z.strictObject({ from: z.literal('asked') }),
])
export type ValueSource = z.infer<typeof valueSourceSchema>

/** One source, or several: the first that has something to say. */
const sourcesSchema = z.union([valueSourceSchema, z.array(valueSourceSchema).min(1)])

const inputSchema = z.discriminatedUnion('kind', [
  /** The most frequent choice stands first. More than eight are looked through by words. */
  z.strictObject({ kind: z.literal('choice'), choices: z.array(choiceSchema).min(2) }),
  /** Several at once; `none` is the value that stands alone ("Không có gì"). */
  z.strictObject({
    kind: z.literal('choices'),
    choices: z.array(choiceSchema).min(2),
    none: slug.optional(),
  }),
  /** `name` capitalises each word on the keyboard; `text` does not. */
  z.strictObject({
    kind: z.enum(['name', 'text']),
    maxLength: z.number().int().min(1).max(499),
  }),
  z.strictObject({ kind: z.literal('phone') }),
  /** Twelve digits of a personal number. */
  z.strictObject({ kind: z.literal('personal-number') }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number().int(),
    max: z.number().int(),
    unit: z.string().optional(),
  }),
  /** đồng */
  z.strictObject({
    kind: z.literal('money'),
    min: z.number().int().min(0),
    max: z.number().int().max(1_000_000_000_000),
  }),
  /** `partial` accepts a year alone, or month and year. */
  z.strictObject({
    kind: z.literal('date'),
    partial: z.boolean(),
    range: z.enum(['past', 'future', 'any']),
  }),
  /** A year and nothing else. */
  z.strictObject({ kind: z.literal('year'), range: z.enum(['past', 'future', 'any']) }),
  /**
   * A place: province, commune, and the rest in words. `old` takes names of before 1 July 2025 as
   * they stand on old papers; `detail` asks for house, hamlet or street.
   */
  z.strictObject({ kind: z.literal('address'), old: z.boolean(), detail: z.boolean() }),
  /** The card of another person, laid under the scanner. Always optional. */
  z.strictObject({ kind: z.literal('card'), person: partKeySchema }),
  /** Whether one more row follows in a table; `row` is the number of the row it would be. */
  z.strictObject({ kind: z.literal('more'), table: partKeySchema, row: z.number().int().min(1) }),
])
export type FieldInput = z.infer<typeof inputSchema>

/** One box of the official form, or a question that helps to fill it. */
export const fieldSchema = z.strictObject({
  key: fieldKeySchema,
  /** The box's name on the official form, for the officer and the check page. */
  label: z.string(),
  source: sourcesSchema,
  /** The first case whose rule holds takes the place of `source`. */
  cases: z.array(z.strictObject({ when: ruleSchema, source: sourcesSchema })).optional(),
  input: inputSchema,
  /** The question as an officer would say it; needed exactly where the citizen may be asked. */
  question: z.string().optional(),
  hint: z.string().optional(),
  drawing: z.string().optional(),
  required: z.boolean(),
  /**
   * Not asked, but offered on the check page: an optional box that most people leave, and that the
   * authority can find by itself or do without.
   */
  offered: z.literal(true).optional(),
  showIf: ruleSchema.optional(),
  /** What makes an entry wrong beside its kind, and what to say then. */
  checks: z.array(z.strictObject({ wrongIf: ruleSchema, say: z.string() })).optional(),
  /** False for what the official form has no box for: a helping question. */
  box: z.literal(false).optional(),
  /** Where its words stand, if they are the same in several fields: `members.name`. */
  wordsOf: z.string().optional(),
  /** Where this box is less sure than the form as a whole. */
  fact: sourceSchema.optional(),
})
export type Field = z.infer<typeof fieldSchema>

/** Every source that a field may be filled from, in whatever case. */
export const sourcesOf = ({ source, cases = [] }: Pick<Field, 'source' | 'cases'>): ValueSource[] =>
  [source, ...cases.map((one) => one.source)].flat()

/** Sources that may have nothing to say of a citizen; a required box is asked then. */
const mayBeSilent: ReadonlySet<ValueSource['from']> = new Set(['card', 'chip', 'earlier'])

/** Whether a source tells of the citizen and not of the form. */
export const isOfCitizen = ({ from }: ValueSource): boolean => mayBeSilent.has(from)

/** Whether the citizen may put something else in the place of what a source says. */
export const isGuess = (source: ValueSource): boolean =>
  source.from === 'name-part' || (source.from === 'default' && source.fixed !== true)

/** Whether the citizen may be asked, where these are the sources of a field. */
export const mayBeAsked = ({ required }: Field, sources: readonly ValueSource[]): boolean =>
  sources.some((source) => source.from === 'asked' || (required && isOfCitizen(source)))
