import { z } from 'zod'

/**
 * What this import looks at in a Form.io form (the builder's own export: a form with `components`).
 * Everything else in it is layout and is passed over. Nothing of it is ever run.
 */

/** Nesting and number of a form's components; a form beyond them is refused. */
export const FORMIO_LIMITS = {
  MAX_DEPTH: 20,
  MAX_COMPONENTS: 2_000,
  /** Nesting of the file itself: five levels for a cell of a table, and a rule within. */
  MAX_JSON_DEPTH: 160,
} as const

/** A flag, which some builders write as text. */
const flagged = z
  .unknown()
  .optional()
  .transform((value) =>
    value === true || value === 'true' ? true : value === false || value === 'false' ? false : null,
  )
/** Text that may be left out or empty. */
const said = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => String(value ?? ''))

const option = z.looseObject({
  label: said,
  value: z
    .union([z.string(), z.number(), z.boolean(), z.null()])
    .optional()
    .transform((value) => String(value ?? '')),
})

const condition = z.looseObject({
  component: z.string(),
  operator: z.string(),
  value: z.json().optional(),
})

/** `show` comes as a boolean, as text, or empty. */
const flag = z
  .union([z.boolean(), z.string(), z.null()])
  .optional()
  .transform((value) => value !== false && value !== 'false')

const conditional = z
  .looseObject({
    show: flag,
    when: z.string().nullish(),
    eq: z.union([z.string(), z.number(), z.boolean()]).nullish(),
    json: z.json().optional(),
    conjunction: z.string().nullish(),
    conditions: z.array(condition).nullish(),
  })
  .nullish()

const number = z.union([z.number(), z.string()]).nullish()

const validate = z
  .looseObject({
    required: flagged,
    min: number,
    max: number,
    maxLength: number,
    minLength: number,
    minWords: number,
    maxWords: number,
    minSelectedCount: number,
    maxSelectedCount: number,
    pattern: z.string().nullish(),
    custom: z.string().nullish(),
    json: z.json().optional(),
  })
  .nullish()

/** One component; `components`, `columns` and `rows` hold others. */
export const componentSchema = z.looseObject({
  type: z.string(),
  key: said,
  label: said,
  description: z.string().nullish(),
  tooltip: z.string().nullish(),
  hidden: flagged,
  disabled: flagged,
  multiple: flagged,
  unique: flagged,
  input: flagged,
  defaultValue: z.json().optional(),
  dataSrc: z.string().nullish(),
  values: z.array(option).nullish(),
  data: z.looseObject({ values: z.array(option).nullish() }).nullish(),
  questions: z.array(option).nullish(),
  decimalLimit: number,
  enableTime: flagged,
  suffix: z.string().nullish(),
  inputMask: z.string().nullish(),
  minDate: z.json().optional(),
  maxDate: z.json().optional(),
  datePicker: z
    .looseObject({ minDate: z.json().optional(), maxDate: z.json().optional() })
    .nullish(),
  html: z.string().nullish(),
  content: z.string().nullish(),
  custom: z.string().nullish(),
  nextPage: z.json().optional(),
  fields: z
    .looseObject({
      day: z.looseObject({ hide: flagged }).nullish(),
      month: z.looseObject({ hide: flagged }).nullish(),
    })
    .nullish(),
  conditional,
  customConditional: z.string().nullish(),
  calculateValue: z.json().optional(),
  customDefaultValue: z.json().optional(),
  logic: z.array(z.looseObject({ name: z.string().nullish() })).nullish(),
  validate,
  components: z.array(z.json()).nullish(),
  columns: z.array(z.looseObject({ components: z.array(z.json()).nullish() })).nullish(),
  rows: z
    .union([
      z.array(z.array(z.looseObject({ components: z.array(z.json()).nullish() }))),
      z.number(),
      z.string(),
    ])
    .nullish(),
})
export type Component = z.infer<typeof componentSchema>

export const formSchema = z.looseObject({
  title: z.string().nullish(),
  name: z.string().nullish(),
  path: z.string().nullish(),
  components: z.array(z.json()),
})
