import { z } from 'zod'
import { fold } from '../../shared/domain/vietnamese.ts'

/**
 * The two formats in which the National Public Service Portal publishes procedures, read into
 * one. The portal's records are uneven, so only what is used is asked for; the rest is ignored.
 */

/** A procedure as the catalogue keeps it. */
export interface CatalogueEntry {
  readonly code: string
  readonly name: string
  /** lĩnh vực; several are joined by a comma. */
  readonly field: string
  readonly departments: readonly string[]
  /** `commune`: a commune's People's Committee or police carries it out. */
  readonly level: 'commune' | 'other'
  /** For whom: "Công dân Việt Nam", … */
  readonly target: readonly string[]
  /** STANDARD (national), SPECIFIC (one province), STANDARD_INTERNAL (between agencies). */
  readonly type: string
  readonly state: string
  /** Null in the list format. */
  readonly detail: ProcedureDetail | null
}

/** What the portal says of one procedure. Times of method and case may disagree; both are kept. */
export const procedureDetailSchema = z.strictObject({
  methods: z.array(
    z.strictObject({
      /** ONLINE, DIRECT, POSTAL. */
      method: z.string(),
      time: z.number().nullable(),
      /** WORKING_DAY, DAY; OTHER: at once, or see the text. */
      unit: z.string().nullable(),
      /** An amount of 0 with a note that the provincial council sets it is not "free". */
      fees: z.array(z.strictObject({ amount: z.number(), note: z.string() })),
    }),
  ),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      components: z.array(
        z.strictObject({
          code: z.string(),
          name: z.string(),
          originals: z.number(),
          copies: z.number(),
        }),
      ),
    }),
  ),
  /** Time by case. */
  durations: z.array(z.strictObject({ name: z.string(), time: z.number(), unit: z.string() })),
  results: z.array(z.string()),
  legalBasis: z.array(z.string()),
})
export type ProcedureDetail = z.infer<typeof procedureDetailSchema>

/** NBSP, zero-width and soft-hyphen characters, tabs and line ends come with the portal's texts. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .normalize('NFC')
}

const text = z
  .string()
  .nullish()
  .transform((value) => cleanText(value ?? ''))
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? [])
/** `[""]` stands for "not said". */
const texts = list(text).transform((values) => [...new Set(values.filter((value) => value !== ''))])
const named = list(z.object({ name: text })).transform((items) =>
  items.map(({ name }) => name).filter((name) => name !== ''),
)
const quantity = z
  .number()
  .nullish()
  .transform((value) => value ?? 0)

/** `1.001193`; a few codes of one province carry a longer tail. */
const codeSchema = z
  .string()
  .transform(cleanText)
  .pipe(z.string().regex(/^\d\.\d{6}[\w-]{0,12}$/))
const nameSchema = z.string().transform(cleanText).pipe(z.string().min(1).max(2000))

const listLineSchema = z
  .object({
    code: codeSchema,
    name: nameSchema,
    categories: texts,
    departments: texts,
    formalityTargetType: texts,
    type: text,
    state: text,
  })
  .transform((line): CatalogueEntry => ({
    code: line.code,
    name: line.name,
    field: line.categories.join(', '),
    departments: line.departments,
    level: levelOf(line.departments),
    target: line.formalityTargetType,
    type: line.type,
    state: line.state,
    detail: null,
  }))

const detailSchema = z
  .object({
    code: z.literal('OK'),
    data: z.object({
      code: codeSchema,
      name: nameSchema,
      type: text,
      state: text,
      isWard: z.boolean().nullish(),
      categoriesDetails: named,
      departmentsExecuting: named,
      subjectTypesDetails: named,
      resultsDetails: named,
      legalBasisesDetails: list(z.object({ code: text, name: text })),
      executionMethods: list(
        z.object({
          submissionMethod: text,
          processingTime: z.number().nullish(),
          processingTimeUnit: z.string().nullish(),
          fees: list(z.object({ value: z.number().nullish(), description: text })),
        }),
      ),
      executionCases: list(
        z.object({
          name: text,
          profileComponents: list(
            z.object({ code: text, name: text, originalQty: quantity, copyQty: quantity }),
          ),
        }),
      ),
      cases: list(
        z.object({
          name: text,
          processingDay: z.object({ qty: z.number(), type: text }).nullish(),
        }),
      ),
    }),
  })
  .transform(({ data }): CatalogueEntry => ({
    code: data.code,
    name: data.name,
    field: data.categoriesDetails.join(', '),
    departments: data.departmentsExecuting,
    level: data.isWard === true ? 'commune' : levelOf(data.departmentsExecuting),
    target: data.subjectTypesDetails,
    type: data.type,
    state: data.state,
    detail: {
      methods: data.executionMethods.map((method) => ({
        method: method.submissionMethod,
        time: method.processingTime ?? null,
        unit: method.processingTimeUnit ?? null,
        fees: method.fees.map((fee) => ({ amount: fee.value ?? 0, note: fee.description })),
      })),
      cases: data.executionCases
        .map(({ name, profileComponents }) => ({
          name,
          components: profileComponents
            // 0 originals and 0 copies: a remark, not a paper.
            .filter((paper) => paper.originalQty > 0 || paper.copyQty > 0)
            .map((paper) => ({
              code: paper.code,
              name: paper.name,
              originals: paper.originalQty,
              copies: paper.copyQty,
            })),
        }))
        .filter(({ components }) => components.length > 0),
      durations: data.cases.flatMap(({ name, processingDay }) =>
        processingDay ? [{ name, time: processingDay.qty, unit: processingDay.type }] : [],
      ),
      results: data.resultsDetails,
      legalBasis: data.legalBasisesDetails
        .map(({ code, name }) => code || name)
        .filter((basis) => basis !== ''),
    },
  }))

const nationalSchema = z.union([detailSchema, listLineSchema])

/** Reads one record of either format, told apart by what it holds; null if it is neither. */
export function readRecord(json: unknown): CatalogueEntry | null {
  const parsed = nationalSchema.safeParse(json)
  return parsed.success ? parsed.data : null
}

/** "cấp xã" in any spelling, or a named commune's or ward's own committee. */
function levelOf(departments: readonly string[]): CatalogueEntry['level'] {
  const mentions = (department: string) =>
    /\bcap xa\b|\b(?:ubnd|uy ban nhan dan|cong an) (?:xa|phuong|dac khu)\b/.test(fold(department))
  return departments.some(mentions) ? 'commune' : 'other'
}
