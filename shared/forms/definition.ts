import { z } from 'zod'
import { phraseSchema } from '../domain/phrase.ts'
import { sourceSchema } from './fact.ts'
import { fieldKeySchema, fieldSchema, partKeySchema } from './field.ts'
import { ruleSchema } from './rules.ts'

/** Longest time that a limit may have, ten years in days: no law says more, and a due date is counted day by day. */
const MAX_LIMIT = 3_660

/** How long the authority has. */
const limitSchema = z.strictObject({
  /** Number of units; 0 with `IN_DAY`. */
  value: z.number().int().min(0).max(MAX_LIMIT),
  unit: z.enum(['WORKING_DAY', 'DAY', 'IN_DAY', 'UNKNOWN']),
  /** After this hour of the day (local time, HH:MM) the clock starts on the next working day. */
  cutoff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  /** The first case whose rule holds takes the place of value and unit. */
  cases: z
    .array(
      z.strictObject({
        when: ruleSchema,
        value: z.number().int().min(0).max(MAX_LIMIT),
        unit: z.enum(['WORKING_DAY', 'DAY', 'IN_DAY', 'UNKNOWN']),
        source: sourceSchema,
      }),
    )
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

/** Another person of the form, whose card the kiosk may read: field `KEY.card`. */
const personSchema = z.strictObject({
  key: partKeySchema,
  /** As it stands in a sentence: "người mẹ". */
  name: z.string(),
  /** Where this holds, the applicant is this person, and their card is known. */
  applicantIf: ruleSchema.optional(),
})
export type Person = z.infer<typeof personSchema>

/**
 * Why this citizen cannot go on here (too young, another authority). A page of its own, never an
 * error: it says where to go.
 */
const stopSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  when: ruleSchema,
  title: z.string(),
  text: z.string(),
  /** Code of the procedure that fits. */
  instead: z.string().optional(),
  source: sourceSchema,
})
export type Stop = z.infer<typeof stopSchema>

/** Rows of the same questions, written out one by one: `members.1.name`, `members.2.name`. */
const tableSchema = z.strictObject({
  key: partKeySchema,
  /** What the rows are: "Thành viên cùng đăng ký". */
  label: z.string(),
  least: z.number().int().min(0),
  most: z.number().int().min(1).max(20),
  /** Keys of a row's fields, within the row. */
  columns: z.array(fieldKeySchema).min(1),
})
export type Table = z.infer<typeof tableSchema>

/** What a filing may cost the citizen where the common budget cannot be met, and why. */
const effortSchema = z.strictObject({
  taps: z.number().int().positive().optional(),
  characters: z.number().int().positive().optional(),
  screens: z.number().int().positive().optional(),
  why: z.string(),
})

/** Groups of procedures, as a counter serves them. */
export const groupSchema = z.enum([
  'civil-status',
  'certification',
  'residence',
  'social-support',
  'business',
])

/** A procedure that this kiosk can file, with its form. One file each in `resources/procedures/`. */
export const procedureSchema = z.strictObject({
  code: z.string().regex(/^\d\.\d{6}$/),
  /** The official name. */
  name: z.string(),
  /** The name as people say it. */
  shortName: z.string(),
  /** lĩnh vực */
  field: z.string(),
  group: groupSchema,
  drawing: z.string(),
  level: z.enum(['full', 'partial']),
  /**
   * What filing here achieves. `filed`: the whole procedure is under way; `appointment`: it is
   * filed, and presence or a signature must follow (marriage); `counter`: the kiosk prepares, and an
   * officer does the rest (certification: the officer must see the original).
   */
  ends: z.enum(['filed', 'appointment', 'counter']),
  /** Whether one person is enough; a budget of effort follows from it. */
  persons: z.enum(['one', 'two']).default('one'),
  /** As people say it, beside the short name; words without tones are found as well. */
  words: z.array(z.string()).optional(),
  /** Codes of what usually comes next, offered on the last screen. */
  after: z.array(z.string()).optional(),
  /** True where the form came from elsewhere and a part of it could not be taken over. */
  needsOfficer: z.literal(true).optional(),
  effort: effortSchema.optional(),
  /** Asked for every day: it stands on the first page of its group. */
  often: z.literal(true).optional(),
  /** Said on the last screen and on paper: what the citizen does next. */
  next: z.string(),
  limit: limitSchema,
  fee: feeSchema,
  result: z.string(),
  components: z.array(componentSchema),
  form: z.strictObject({
    /** The official form's name, without a number where the number is not established. */
    name: z.string(),
    /** Changes with the questions: a kept draft goes on only under the version it was begun with. */
    version: z.string(),
    /** yyyy-mm-dd */
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    source: sourceSchema,
    people: z.array(personSchema).default([]),
    tables: z.array(tableSchema).default([]),
    stops: z.array(stopSchema).default([]),
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
  /** A list of choices with one that stands alone, or one twice. */
  z.strictObject({ code: z.literal('choices-clash') }),
  /** The card of the applicant, where another person's is asked for. */
  z.strictObject({ code: z.literal('same-card') }),
  z.strictObject({ code: z.literal('not-a-card') }),
  /** No whole words of the name whose part it should be. */
  z.strictObject({ code: z.literal('not-in-name') }),
  /** A given name of words that stand as the family name. */
  z.strictObject({ code: z.literal('is-family-name') }),
  /** The form's own check of this field says so, in its own words. */
  z.strictObject({ code: z.literal('check'), phrase: phraseSchema }),
])
export type AnswerProblem = z.infer<typeof answerProblemSchema>
