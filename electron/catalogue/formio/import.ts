import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import {
  authoredProcedureSchema,
  checkProcedure,
  emptyLibrary,
  expand,
  type AuthoredProcedure,
  type Rule,
} from '../../../shared/forms/index.ts'
import { cardSource, inputOf } from './fields.ts'
import { behaviourOf, conditionsOf, jsonLogic, type Target } from './rules.ts'
import { componentSchema, FORMIO_LIMITS, formSchema, type Component } from './schema.ts'

/** What was made of a Form.io form. */
export interface FormioImport {
  /** Components of the form that ask for something. */
  readonly fields: number
  /** Their keys, as far as they were taken over. */
  readonly mapped: readonly string[]
  readonly notMapped: readonly {
    readonly key: string
    readonly what: string
    readonly why: string
  }[]
  /** True as soon as anything was left behind. */
  readonly needsOfficer: boolean
  readonly definition: AuthoredProcedure
  /** What its author has still to mend before a kiosk takes it (`kiosk form check`). */
  readonly findings: readonly string[]
}

/** Why a file is no form. */
export type FormioProblem =
  | { readonly code: 'not-a-form'; readonly where: string }
  | { readonly code: 'too-deep' | 'too-large' }

type AuthoredEntry = AuthoredProcedure['form']['fields'][number]
type AuthoredColumn = Extract<AuthoredEntry, { table: string }>['columns'][number]
type Paper = AuthoredProcedure['components'][number]

/** Layout that holds fields, and is nothing itself. */
const HOLDERS = new Set(['panel', 'fieldset', 'well', 'columns', 'table', 'tabs', 'form'])
/** Words and keys of the page that ask for nothing. */
const ORNAMENTS = new Set(['button', 'content', 'htmlelement', 'recaptcha'])
const GRIDS = new Set(['datagrid', 'editgrid'])
/** Rows of a grid that is not bounded. */
const USUAL_ROWS = 10
const MOST_ROWS = 20

/**
 * Takes over a form that was made in Form.io's builder (which many provincial portals use): what has
 * a counterpart becomes a field with its condition; scripts are never run; what is left behind is
 * named, and the procedure then needs an officer.
 */
export function importFormio(json: unknown): Result<FormioImport, FormioProblem> {
  const form = formSchema.safeParse(json)
  if (!form.success) {
    return err({ code: 'not-a-form', where: form.error.issues[0]?.path.join('.') ?? '' })
  }
  const flat = flatten(form.data.components)
  if (!flat.ok) return flat
  const reader = new Reader(flat.value)
  const fields = reader.read()
  const title = words(form.data.title ?? form.data.name ?? '') || 'Thủ tục chưa có tên'
  const definition = authoredProcedureSchema.parse(
    procedureOf(title, fields, reader.papers, reader.notMapped.length > 0),
  )
  const expanded = expand(definition, emptyLibrary)
  return ok({
    fields: reader.asking,
    mapped: reader.mapped,
    notMapped: reader.notMapped,
    needsOfficer: reader.notMapped.length > 0,
    definition,
    findings: expanded.ok ? checkProcedure(expanded.value) : [],
  })
}

/** One component with what stands above it. */
interface Placed {
  readonly component: Component
  /** Conditions of everything that holds it. */
  readonly above: readonly Component[]
  /** Its columns, where it is a grid. */
  readonly columns: readonly Component[]
}

function flatten(roots: readonly unknown[]): Result<Placed[], FormioProblem> {
  const placed: Placed[] = []
  let count = 0
  const walk = (
    list: readonly unknown[],
    above: readonly Component[],
    depth: number,
  ): FormioProblem | null => {
    if (depth > FORMIO_LIMITS.MAX_DEPTH) return { code: 'too-deep' }
    for (const json of list) {
      count += 1
      if (count > FORMIO_LIMITS.MAX_COMPONENTS) return { code: 'too-large' }
      const parsed = componentSchema.safeParse(json)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        return { code: 'not-a-form', where: `component ${count}: ${issue?.path.join('.') ?? ''}` }
      }
      const component = parsed.data
      const inner = childrenOf(component)
      if (GRIDS.has(component.type)) {
        const columns = flatten(inner)
        if (!columns.ok) return columns.error
        placed.push({ component, above, columns: columns.value.map((one) => one.component) })
      } else if (HOLDERS.has(component.type) || component.type === 'container') {
        const problem = walk(inner, [...above, component], depth + 1)
        if (problem !== null) return problem
      } else placed.push({ component, above, columns: [] })
    }
    return null
  }
  const problem = walk(roots, [], 1)
  return problem === null ? ok(placed) : err(problem)
}

function childrenOf({ components, columns, rows }: Component): readonly unknown[] {
  const cells = Array.isArray(rows) ? rows.flat() : []
  return [
    ...(components ?? []),
    ...[...(columns ?? []), ...cells].flatMap((cell) => cell.components ?? []),
  ]
}

/** Reads the components in order; rules look only at what came before them. */
class Reader {
  readonly mapped: string[] = []
  readonly notMapped: { key: string; what: string; why: string }[] = []
  readonly papers: Paper[] = []
  asking = 0
  readonly #placed: readonly Placed[]
  readonly #targets = new Map<string, Target>()
  readonly #used = new Set<string>()

  constructor(placed: readonly Placed[]) {
    this.#placed = placed
  }

  read(): AuthoredEntry[] {
    return this.#placed.flatMap(({ component, above, columns }): AuthoredEntry[] => {
      const { type } = component
      if (ORNAMENTS.has(type) || component.input === false) return []
      this.asking += 1
      const showIf = this.#shownIf(component, above)
      if (type === 'file') {
        this.#takePaper(component, showIf)
        return []
      }
      if (GRIDS.has(type)) return this.#grid(component, columns, showIf)
      if (type === 'survey') return this.#survey(component, showIf)
      const field = this.#field(component, this.#newKey(component.key), showIf)
      if (field === null) return []
      this.mapped.push(component.key)
      this.#targets.set(component.key, {
        key: field.key,
        several: field.input.kind === 'choices',
      })
      return [field]
    })
  }

  #left(key: string, what: string, why: string): void {
    this.notMapped.push({ key, what, why })
  }

  readonly #target = (key: string): Target | null => this.#targets.get(key) ?? null

  /** Its own conditions and those of all that holds it. */
  #shownIf(component: Component, above: readonly Component[]): Rule | undefined {
    const rules = [...above, component].flatMap((one) => {
      const { rules: own, unmapped } = conditionsOf(one, this.#target)
      for (const { what, why } of unmapped) this.#left(one.key, what, why)
      return own
    })
    for (const holder of above) {
      for (const { what, why } of behaviourOf(holder)) this.#left(holder.key, what, why)
    }
    if (rules.length === 0) return undefined
    return rules.length === 1 ? rules[0] : { and: rules }
  }

  #field(component: Component, key: string, showIf: Rule | undefined): AuthoredColumn | null {
    const named = component.key
    for (const { what, why } of behaviourOf(component)) this.#left(named, what, why)
    if (component.hidden === true || component.type === 'hidden') return this.#fixed(component, key)
    const taken = inputOf(component)
    if (taken === null) {
      this.#left(named, component.type, 'there is no such question here')
      return null
    }
    for (const { what, why } of taken.unmapped) this.#left(named, what, why)
    const label = words(component.label) || named
    const calculated = this.#calculated(component)
    const card = cardSource(named, taken.input)
    const fromBirth = card !== null && taken.input.kind === 'date'
    const hint = words(component.description ?? component.tooltip ?? '')
    return {
      key,
      label,
      source: calculated ?? card ?? { from: 'asked' },
      input: fromBirth ? { ...taken.input, partial: isBirth(card) } : taken.input,
      ...(calculated === null ? { question: questionOf(label) } : {}),
      ...(hint === '' ? {} : { hint }),
      required: component.validate?.required === true,
      ...this.#check(component, key),
      ...(showIf === undefined ? {} : { showIf }),
    }
  }

  /** What the form fills in by itself and never shows. */
  #fixed(component: Component, key: string): AuthoredColumn | null {
    const calculated = this.#calculated(component)
    const { defaultValue } = component
    const text = typeof defaultValue === 'string' && defaultValue !== '' ? defaultValue : null
    if (calculated === null && text === null) {
      this.#left(component.key, 'hidden', 'it is hidden and nothing here fills it')
      return null
    }
    return {
      key,
      label: words(component.label) || component.key,
      source: calculated ?? { from: 'default', value: text ?? '' },
      input: { kind: 'text', maxLength: 499 },
      required: false,
    }
  }

  #calculated({ key, calculateValue }: Component): AuthoredColumn['source'] | null {
    if (calculateValue === undefined || calculateValue === null || calculateValue === '')
      return null
    if (typeof calculateValue === 'string') {
      this.#left(key, 'calculateValue', 'a script is never run')
      return null
    }
    const rule = jsonLogic(calculateValue, this.#target)
    if (rule.ok) return { from: 'computed', rule: rule.value }
    this.#left(key, 'calculateValue', rule.error)
    return null
  }

  /** `{ if: [holds, true, "what is wrong"] }`, the builder's way of a check by JsonLogic. */
  #check({ key: named, validate }: Component, key: string): Pick<AuthoredColumn, 'checks'> {
    const json = validate?.json
    if (json === undefined || json === null || json === '') return {}
    const own: (name: string) => Target | null = (name) =>
      name === 'input' || name === named ? { key, several: false } : this.#target(name)
    const shape = z
      .strictObject({ if: z.tuple([z.json(), z.literal(true), z.string()]) })
      .safeParse(json)
    const rule = shape.success
      ? jsonLogic(shape.data.if[0], own)
      : err('not of the form if-true-text')
    if (!rule.ok || !shape.success) {
      this.#left(named, 'validate.json', rule.ok ? 'not a check' : rule.error)
      return {}
    }
    return { checks: [{ wrongIf: { '!': [rule.value] }, say: words(shape.data.if[2]) }] }
  }

  #takePaper(component: Component, showIf: Rule | undefined): void {
    for (const { what, why } of behaviourOf(component)) this.#left(component.key, what, why)
    this.mapped.push(component.key)
    this.papers.push({
      code: component.key,
      name: words(component.label) || component.key,
      originals: 0,
      copies: 1,
      handling: 'scan',
      ...(component.validate?.required === true ? {} : { when: 'Nếu có' }),
      ...(showIf === undefined ? {} : { showIf }),
      source: IMPORTED,
    })
  }

  #grid(
    component: Component,
    columns: readonly Component[],
    showIf: Rule | undefined,
  ): AuthoredEntry[] {
    const { key: named, validate } = component
    for (const { what, why } of behaviourOf(component)) this.#left(named, what, why)
    const inRow = columns.flatMap((column): AuthoredColumn[] => {
      const { rules, unmapped } = conditionsOf(column, () => null)
      for (const { what, why } of unmapped) this.#left(`${named}.${column.key}`, what, why)
      const field = this.#field(
        column,
        partKey(column.key),
        rules.length > 0 ? rules[0] : undefined,
      )
      return field === null ? [] : [field]
    })
    if (inRow.length === 0) {
      this.#left(named, component.type, 'none of its columns could be taken over')
      return []
    }
    this.mapped.push(named)
    const most = Math.min(Number(validate?.maxLength ?? USUAL_ROWS) || USUAL_ROWS, MOST_ROWS)
    const least = validate?.required === true ? 1 : 0
    const label = words(component.label) || named
    return [
      {
        table: this.#newKey(named),
        label,
        least,
        most: Math.max(most, least, 1),
        more: {
          first: 'Có ai cần ghi vào bảng không?',
          next: 'Còn ai nữa không?',
        },
        columns: inRow,
        ...(showIf === undefined ? {} : { showIf }),
      },
    ]
  }

  #survey(component: Component, showIf: Rule | undefined): AuthoredEntry[] {
    const taken = (component.questions ?? []).flatMap((question): AuthoredEntry[] => {
      const inner = { ...component, type: 'radio', label: question.label }
      const key = this.#newKey(`${component.key}_${question.value}`)
      const field = this.#field(inner, key, showIf)
      return field === null ? [] : [field]
    })
    if (taken.length > 0) this.mapped.push(component.key)
    else this.#left(component.key, 'survey', 'it has no questions')
    return taken
  }

  /** A key that no other field has. */
  #newKey(key: string): string {
    const base = partKey(key)
    let found = base
    for (let n = 2; this.#used.has(found); n += 1) found = `${base}${n}`
    this.#used.add(found)
    return found
  }
}

const isBirth = (source: AuthoredColumn['source'] | null): boolean =>
  source !== null && !Array.isArray(source) && source.from === 'card' && source.path === 'birth'

/** Letters and digits, beginning with a small letter; never a name of JavaScript's own. */
function partKey(key: string): string {
  const plain = key.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/giu, 'd')
  const camel = plain
    .replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())
    .replace(/^[^a-zA-Z]+/, '')
  const name = camel === '' ? 'field' : camel.charAt(0).toLowerCase() + camel.slice(1)
  return name in Object.prototype ? `${name}Field` : name
}

/** Text without markup and stray spaces. */
const words = (text: string): string =>
  text
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC')

const questionOf = (label: string): string =>
  /[?:.]$/.test(label) ? label.replace(/[:.]$/, '?') : `${label}?`

const IMPORTED = { mark: 'open', text: 'Nhập từ biểu mẫu Form.io, xã chưa xác nhận' } as const

function procedureOf(
  title: string,
  fields: readonly AuthoredEntry[],
  components: readonly Paper[],
  needsOfficer: boolean,
) {
  return {
    code: '0.000000',
    name: title,
    shortName: title,
    field: 'Chưa xếp',
    group: 'civil-status',
    drawing: 'file',
    level: 'partial',
    ends: 'counter',
    persons: 'one',
    ...(needsOfficer && { needsOfficer }),
    next: 'Ông/bà đưa phiếu cho cán bộ ở quầy.',
    limit: { value: 0, unit: 'UNKNOWN', source: IMPORTED },
    fee: { kind: 'unknown', source: IMPORTED },
    result: 'Kết quả theo cán bộ trả lời',
    components,
    form: {
      name: title,
      version: '1',
      validFrom: '2026-01-01',
      source: IMPORTED,
      people: [],
      stops: [],
      fields: fields.length > 0 ? fields : [NOTHING_ASKED],
      declaration: 'Tôi cam đoan những điều khai trên đây là đúng sự thật.',
    },
    source: IMPORTED,
  }
}

/** A form must ask something; one of which nothing could be taken over asks for a phone number. */
const NOTHING_ASKED: AuthoredEntry = {
  key: 'contactPhone',
  label: 'Số điện thoại',
  source: { from: 'asked' },
  input: { kind: 'phone' },
  question: 'Số điện thoại để xã gọi lại?',
  required: false,
  box: false,
}
