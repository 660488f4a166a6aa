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
import { isDeeperThan } from '../json-depth.ts'
import { cardSource, inputOf } from './fields.ts'
import { flatten, GRIDS, type FormioProblem, type Placed } from './flatten.ts'
import { lostOf, lostOrnament } from './lost.ts'
import {
  behaviourOf,
  conditionsOf,
  jsonLogic,
  type Target,
  type TargetOf,
  type Unmapped,
} from './rules.ts'
import { FORMIO_LIMITS, formSchema, type Component } from './schema.ts'
import { IMPORTED, procedureOf, type AuthoredEntry, type Paper } from './procedure.ts'
import { newKey, plainWords } from './text.ts'

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

type AuthoredColumn = Extract<AuthoredEntry, { table: string }>['columns'][number]

/** Words and keys of the page that ask for nothing. */
const ORNAMENTS = new Set(['button', 'content', 'htmlelement', 'recaptcha'])
/** Rows of a grid that is not bounded. */
const USUAL_ROWS = 10
const MOST_ROWS = 20

/**
 * Takes over a form that was made in Form.io's builder (which many provincial portals use): what has
 * a counterpart becomes a field with its condition; scripts are never run; what is left behind is
 * named, and the procedure then needs an officer.
 */
export function importFormio(json: unknown): Result<FormioImport, FormioProblem> {
  if (isDeeperThan(FORMIO_LIMITS.MAX_JSON_DEPTH, json)) return err({ code: 'too-deep' })
  const form = formSchema.safeParse(json)
  if (!form.success) {
    return err({ code: 'not-a-form', where: form.error.issues[0]?.path.join('.') ?? '' })
  }
  const flat = flatten(form.data.components, isKnown)
  if (!flat.ok) return flat
  const reader = new Reader(flat.value)
  const fields = reader.read()
  const title = plainWords(form.data.title ?? form.data.name ?? '') || 'Thủ tục chưa có tên'
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
    findings: expanded.ok
      ? checkProcedure(expanded.value)
      : expanded.error.map(({ code, name }) => `${code}: ${name}`),
  })
}

/** Whether a component is one by itself here, whatever it holds. */
const isKnown = (component: Component): boolean =>
  ORNAMENTS.has(component.type) ||
  ['file', 'survey', 'hidden'].includes(component.type) ||
  inputOf(component) !== null

/** Reads the components in order; rules look only at what came before them. */
class Reader {
  readonly mapped: string[] = []
  readonly notMapped: { key: string; what: string; why: string }[] = []
  readonly papers: Paper[] = []
  asking = 0
  readonly #placed: readonly Placed[]
  readonly #targets = new Map<string, Target>()
  readonly #used = new Set<string>()
  /** Paths of what has been read. */
  readonly #met = new Set<string>()

  constructor(placed: readonly Placed[]) {
    this.#placed = placed
  }

  read(): AuthoredEntry[] {
    return this.#placed.flatMap((placed): AuthoredEntry[] => {
      const { component, above, path } = placed
      const { type } = component
      if (ORNAMENTS.has(type)) {
        this.#leave(component.key, lostOrnament(component))
        return []
      }
      this.asking += 1
      if (this.#met.has(path)) {
        this.#left(component.key, 'key', 'another part has it too; each is asked by itself')
      }
      this.#met.add(path)
      const showIf = this.#shownIf(component, above, this.#target)
      if (type === 'file') {
        this.#takePaper(component, showIf)
        return []
      }
      if (GRIDS.has(type)) return this.#grid(placed, showIf)
      if (type === 'survey') return this.#survey(component, showIf)
      const field = this.#field(component, newKey(component.key, this.#used), showIf, this.#target)
      if (field === null) return []
      this.mapped.push(component.key)
      for (const name of [component.key, path]) {
        this.#targets.set(name, targetFor(component, field, field.key))
      }
      return [field]
    })
  }

  #left(key: string, what: string, why: string): void {
    const same = (one: FormioImport['notMapped'][number]) =>
      one.key === key && one.what === what && one.why === why
    // What a panel leaves behind it leaves behind once, however many fields it holds.
    if (!this.notMapped.some(same)) this.notMapped.push({ key, what, why })
  }

  #leave(key: string, all: readonly Unmapped[]): void {
    for (const { what, why } of all) this.#left(key, what, why)
  }

  readonly #target: TargetOf = (key) => this.#targets.get(key) ?? null

  /** Its own conditions and those of all that holds it. */
  #shownIf(
    component: Component,
    above: readonly Component[],
    targetOf: TargetOf,
  ): Rule | undefined {
    const rules = [...above, component].flatMap((one) => {
      const { rules: own, unmapped } = conditionsOf(one, targetOf)
      this.#leave(one.key, unmapped)
      return own
    })
    for (const holder of above) this.#leave(holder.key, behaviourOf(holder))
    if (rules.length === 0) return undefined
    return rules.length === 1 ? rules[0] : { and: rules }
  }

  #field(
    component: Component,
    key: string,
    showIf: Rule | undefined,
    targetOf: TargetOf,
  ): AuthoredColumn | null {
    const named = component.key
    this.#leave(named, behaviourOf(component))
    if (component.hidden === true || component.type === 'hidden') {
      return this.#fixed(component, key, targetOf)
    }
    const taken = inputOf(component)
    if (taken === null) {
      this.#left(named, component.type, 'there is no such question here')
      return null
    }
    this.#leave(named, [...taken.unmapped, ...lostOf(component)])
    const label = plainWords(component.label) || named || key
    const calculated = this.#calculated(component, targetOf)
    const card = cardSource(named, taken.input)
    const required = component.validate?.required === true
    const fromBirth = card !== null && taken.input.kind === 'date'
    const hint = plainWords(component.description ?? component.tooltip ?? '')
    return {
      key,
      label,
      // An optional box that the card leaves empty is still asked.
      source: calculated ?? (required || card === null ? card : [card, ASKED]) ?? ASKED,
      input: fromBirth ? { ...taken.input, partial: card.path === 'birth' } : taken.input,
      ...(calculated === null ? { question: questionOf(label) } : {}),
      ...(hint === '' ? {} : { hint }),
      required,
      ...this.#checks(component, { key, kind: taken.input.kind }, targetOf),
      ...(showIf === undefined ? {} : { showIf }),
    }
  }

  /** What the form fills in by itself and never shows. */
  #fixed(component: Component, key: string, targetOf: TargetOf): AuthoredColumn | null {
    const calculated = this.#calculated(component, targetOf)
    const { defaultValue } = component
    const text = typeof defaultValue === 'string' && defaultValue !== '' ? defaultValue : null
    if (calculated === null && text === null) {
      this.#left(component.key, 'hidden', 'it is hidden and nothing here fills it')
      return null
    }
    return {
      key,
      label: plainWords(component.label) || component.key,
      source: calculated ?? { from: 'default', value: text ?? '' },
      input: { kind: 'text', maxLength: 499 },
      required: false,
    }
  }

  #calculated(
    { key, calculateValue }: Component,
    targetOf: TargetOf,
  ): AuthoredColumn['source'] | null {
    if (calculateValue === undefined || calculateValue === null || calculateValue === '')
      return null
    if (typeof calculateValue === 'string') {
      this.#left(key, 'calculateValue', 'a script is never run')
      return null
    }
    const rule = jsonLogic(calculateValue, targetOf)
    if (rule.ok) return { from: 'computed', rule: rule.value }
    this.#left(key, 'calculateValue', rule.error)
    return null
  }

  /** What makes an answer wrong: a tick that is needed, or the builder's JsonLogic. */
  #checks(
    component: Component,
    field: Pick<Target, 'key' | 'kind'>,
    targetOf: TargetOf,
  ): Pick<AuthoredColumn, 'checks'> {
    const { type, validate } = component
    const mustTick = type === 'checkbox' && validate?.required === true
    const checks = [
      ...(mustTick ? [{ wrongIf: { '==': [{ var: field.key }, 'no'] }, say: MUST_TICK }] : []),
      ...this.#logicCheck(component, { ...field, isTick: type === 'checkbox' }, targetOf),
    ]
    return checks.length > 0 ? { checks } : {}
  }

  /** `{ if: [holds, true, "what is wrong"] }`, the builder's way of a check by JsonLogic. */
  #logicCheck(
    { key: named, validate }: Component,
    field: Target,
    targetOf: TargetOf,
  ): { wrongIf: Rule; say: string }[] {
    const json = validate?.json
    if (json === undefined || json === null || json === '') return []
    const own: TargetOf = (name) => (name === 'input' || name === named ? field : targetOf(name))
    const shape = z
      .strictObject({ if: z.tuple([z.json(), z.literal(true), z.string()]) })
      .safeParse(json)
    const rule = shape.success
      ? jsonLogic(shape.data.if[0], own)
      : err('not of the form if-true-text')
    if (!rule.ok || !shape.success) {
      this.#left(named, 'validate.json', rule.ok ? 'not a check' : rule.error)
      return []
    }
    return [{ wrongIf: { '!': [rule.value] }, say: plainWords(shape.data.if[2]) }]
  }

  #takePaper(component: Component, showIf: Rule | undefined): void {
    const code = newKey(component.key, this.#used)
    this.#leave(component.key, behaviourOf(component))
    this.mapped.push(component.key)
    this.papers.push({
      code,
      name: plainWords(component.label) || component.key || code,
      originals: 0,
      copies: 1,
      handling: 'scan',
      ...(component.validate?.required === true ? {} : { when: 'Nếu có' }),
      ...(showIf === undefined ? {} : { showIf }),
      source: IMPORTED,
    })
  }

  #grid({ component, columns }: Placed, showIf: Rule | undefined): AuthoredEntry[] {
    const { key: named, validate } = component
    this.#leave(named, behaviourOf(component))
    const inRow: AuthoredColumn[] = []
    const used = new Set<string>()
    const row = new Map<string, Target>()
    /** Of the same row, or of what was asked before the table. */
    const targetOf: TargetOf = (key) => row.get(key) ?? this.#target(key)
    for (const { component: column, above, path } of columns) {
      if (ORNAMENTS.has(column.type)) {
        this.#leave(column.key, lostOrnament(column))
        continue
      }
      const shownIf = this.#shownIf(column, above, targetOf)
      const field = this.#field(column, newKey(column.key, used), shownIf, targetOf)
      if (field === null) continue
      inRow.push(field)
      for (const name of [column.key, path]) {
        row.set(name, targetFor(column, field, `.${field.key}`))
      }
    }
    if (inRow.length === 0) {
      this.#left(named, component.type, 'none of its columns could be taken over')
      return []
    }
    this.mapped.push(named)
    const wanted = rows(validate?.maxLength) || USUAL_ROWS
    const most = Math.min(wanted, MOST_ROWS)
    const least = Math.min(
      Math.max(rows(validate?.minLength), validate?.required === true ? 1 : 0),
      MOST_ROWS,
    )
    if (wanted > MOST_ROWS) {
      this.#left(named, 'validate.maxLength', `a table has at most ${MOST_ROWS} rows`)
    }
    const table = newKey(named, this.#used)
    const label = plainWords(component.label) || named || table
    return [
      {
        table,
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
      const key = newKey(`${component.key}_${question.value}`, this.#used)
      const field = this.#field(inner, key, showIf, this.#target)
      return field === null ? [] : [field]
    })
    if (taken.length > 0) this.mapped.push(component.key)
    else this.#left(component.key, 'survey', 'it has no questions')
    return taken
  }
}

const targetFor = ({ type }: Component, { input }: AuthoredColumn, key: string): Target => ({
  key,
  // A list of the library is a choice; an import takes none.
  kind: input.kind === 'listed' ? 'choice' : input.kind,
  isTick: type === 'checkbox' && input.kind === 'choice',
})

/** A number of rows; 0 where none is given. */
const rows = (given: string | number | null | undefined): number =>
  Math.max(0, Math.floor(Number(given ?? 0)) || 0)

const questionOf = (label: string): string =>
  /[?:.]$/.test(label) ? label.replace(/[:.]$/, '?') : `${label}?`

const ASKED = { from: 'asked' } as const

const MUST_TICK = 'Ông/bà cần chọn Có thì mới nộp được.'
