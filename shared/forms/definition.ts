import { z } from 'zod'
import { partialDateSchema } from '../domain/id-card.ts'

/** What a citizen may answer, or what the card answers for them. */
export const answerValueSchema = z.union([z.string(), z.number(), partialDateSchema])
export type AnswerValue = z.infer<typeof answerValueSchema>

/** Answers by field key; a key that is absent has not been answered. */
export const answersSchema = z.record(z.string(), answerValueSchema)
export type Answers = z.infer<typeof answersSchema>

/**
 * A condition in a closed subset of JsonLogic: `var`, `==`, `!=`, `!`, `and`, `or`, `in`,
 * `<`, `<=`, `>`, `>=`. Data, never code; the engine interprets it.
 */
export type Rule =
  | string
  | number
  | boolean
  | null
  | readonly Rule[]
  | { readonly [operator: string]: Rule }

export const ruleSchema: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(ruleSchema),
    z.record(z.string(), ruleSchema),
  ]),
)

/** How sure a fact is, and where it was read. `memory` and `open` are shown to technicians only. */
export const sourceSchema = z.strictObject({
  mark: z.enum(['confirmed', 'two-sources', 'memory', 'open']),
  text: z.string(),
})

const choiceSchema = z.strictObject({
  value: z.string(),
  label: z.string(),
  help: z.string().optional(),
  drawing: z.string().optional(),
})

const cardPathSchema = z.enum(['name', 'number', 'oldNumber', 'birth', 'sex', 'address', 'issued'])

/** Where a field's value comes from. Only `asked` costs the citizen a screen. */
export const valueSourceSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('card'), path: cardPathSchema }),
  z.strictObject({ from: z.literal('default'), value: answerValueSchema }),
  /** Copy of another field's value. */
  z.strictObject({ from: z.literal('field'), key: z.string() }),
  /** A sentence made of earlier answers: `{key}` stands for that field's value in words. */
  z.strictObject({ from: z.literal('composed'), text: z.string() }),
  z.strictObject({ from: z.literal('asked') }),
])
export type ValueSource = z.infer<typeof valueSourceSchema>

const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choices: z.array(choiceSchema).min(2) }),
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
  /** `partial` accepts a year alone, or month and year. */
  z.strictObject({
    kind: z.literal('date'),
    partial: z.boolean(),
    range: z.enum(['past', 'future', 'any']),
  }),
])

/** One box of the official form. */
export const fieldSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z0-9]*(\.[a-z][a-zA-Z0-9]*)*$/),
  /** The box's name on the official form, for the officer and the check page. */
  label: z.string(),
  source: valueSourceSchema,
  /** The first case whose rule holds takes the place of `source`. */
  cases: z.array(z.strictObject({ when: ruleSchema, source: valueSourceSchema })).optional(),
  input: inputSchema,
  /**
   * The question as an officer would say it; needed exactly where the citizen may be asked: an
   * `asked` source, or a required box that the card may leave empty.
   */
  question: z.string().optional(),
  hint: z.string().optional(),
  drawing: z.string().optional(),
  required: z.boolean(),
  showIf: ruleSchema.optional(),
})
export type Field = z.infer<typeof fieldSchema>

const limitSchema = z.strictObject({
  /** Number of units; 0 with `IN_DAY`. */
  value: z.number().int().min(0),
  unit: z.enum(['WORKING_DAY', 'DAY', 'IN_DAY', 'UNKNOWN']),
  /** After this hour of the day (local time, HH:MM) the clock starts on the next working day. */
  cutoff: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
  source: sourceSchema,
})

/** `local`: set by the provincial council, so no amount is shown; it is not the same as free. */
const feeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free'), source: sourceSchema }),
  z.strictObject({
    kind: z.literal('fixed'),
    /** đồng */
    amount: z.number().int().positive(),
    /** What the amount is for: "một trang", "một lần nộp trên mạng". */
    per: z.string(),
    note: z.string().optional(),
    source: sourceSchema,
  }),
  z.strictObject({ kind: z.literal('local'), note: z.string().optional(), source: sourceSchema }),
  z.strictObject({ kind: z.literal('unknown'), source: sourceSchema }),
])

/** thành phần hồ sơ: a paper that the dossier needs beside the form. */
const componentSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  originals: z.number().int().min(0),
  copies: z.number().int().min(0),
  /**
   * `show`: seen and handed back at once (xuất trình); `hand-in`: stays with the dossier (nộp);
   * `scan`: a picture goes with the filing (đính kèm bản chụp), and the paper itself stays with the
   * citizen.
   */
  handling: z.enum(['show', 'hand-in', 'scan']),
  when: z.string().optional(),
  showIf: ruleSchema.optional(),
  drawing: z.string().optional(),
  source: sourceSchema,
})

/** A procedure that this kiosk can file, with its form. One file each in `resources/procedures/`. */
export const procedureSchema = z.strictObject({
  code: z.string().regex(/^\d\.\d{6}$/),
  /** The official name. */
  name: z.string(),
  /** The name as people say it. */
  shortName: z.string(),
  /** lĩnh vực */
  field: z.string(),
  group: z.enum(['civil-status', 'certification', 'residence', 'social-support']),
  drawing: z.string(),
  level: z.enum(['full', 'partial']),
  /**
   * What filing here achieves. `filed`: the whole procedure is under way; `counter`: the citizen
   * must still see an officer (certification: the officer must see the original).
   */
  ends: z.enum(['filed', 'counter']),
  /** Said on the last screen and on paper: what the citizen does next. */
  next: z.string(),
  limit: limitSchema,
  fee: feeSchema,
  result: z.string(),
  components: z.array(componentSchema),
  form: z.strictObject({
    /** The official form's name, without a number where the number is not established. */
    name: z.string(),
    version: z.string(),
    /** yyyy-mm-dd */
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    source: sourceSchema,
    fields: z.array(fieldSchema).min(1),
    /** What the applicant declares before filing; read aloud. */
    declaration: z.string(),
  }),
  source: sourceSchema,
})
export type Procedure = z.infer<typeof procedureSchema>

/** Why an answer was not taken; the page has one sentence for each. */
export const answerProblemSchema = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('required') }),
  z.strictObject({ code: z.literal('not-a-choice') }),
  z.strictObject({ code: z.literal('too-long'), max: z.number() }),
  z.strictObject({ code: z.literal('letters-only') }),
  z.strictObject({ code: z.literal('not-a-phone') }),
  z.strictObject({ code: z.literal('not-a-personal-number') }),
  z.strictObject({ code: z.literal('number-range'), min: z.number(), max: z.number() }),
  z.strictObject({ code: z.literal('date-incomplete') }),
  z.strictObject({ code: z.literal('date-impossible') }),
  z.strictObject({ code: z.literal('date-future') }),
  z.strictObject({ code: z.literal('date-past') }),
])
export type AnswerProblem = z.infer<typeof answerProblemSchema>
