import { err, ok, type Result } from '../domain/result.ts'
import {
  authoredFieldSchema,
  type AuthoredField,
  type AuthoredProcedure,
  type AuthoredTable,
  type FormLibrary,
  type Use,
} from './authored.ts'
import type { Procedure, Table } from './definition.ts'
import type { Choice, Field, ValueSource } from './field.ts'
import type { Rule } from './rules.ts'

/** Why a procedure that is well-formed on its own cannot be written out. */
export type ExpandProblem =
  | { readonly code: 'unknown-group'; readonly name: string }
  | { readonly code: 'unknown-list'; readonly name: string }
  /** `without` or `with` names a field that the group has not. */
  | { readonly code: 'unknown-field'; readonly name: string }
  /** What `with` makes of a field is none. */
  | { readonly code: 'bad-field'; readonly name: string }
  /** More than `formLimits` allow; the name is their number. */
  | { readonly code: 'too-many-fields'; readonly name: string }

/** Bounds of a form that is written out; the longest of the commune's has 81 fields. */
export const formLimits = { MAX_FIELDS: 2_000 } as const

/** Writes a procedure out in full: groups, lists and tables become plain fields. */
export function expand(
  authored: AuthoredProcedure,
  library: FormLibrary,
): Result<Procedure, ExpandProblem[]> {
  const problems: ExpandProblem[] = []
  const tables: Table[] = []
  const fields = authored.form.fields.flatMap((entry): Field[] => {
    if ('use' in entry) return useGroup(entry, library, problems)
    if (!('table' in entry)) return writeOut([entry], library, problems, asItIs)
    const { table: key, label, least, most, columns } = entry
    tables.push({ key, label, least, most, columns: columns.map((column) => column.key) })
    return writeTable(entry, library, problems)
  })
  if (fields.length > formLimits.MAX_FIELDS) {
    problems.push({ code: 'too-many-fields', name: String(fields.length) })
  }
  if (problems.length > 0) return err(problems)
  return ok({ ...authored, form: { ...authored.form, tables, fields } })
}

/** How one field's parts are changed on the way into the form. */
interface Place {
  /** `name` or `.name` within the group as a key of the form. */
  readonly key: (key: string) => string
  readonly text: (text: string) => string
  readonly of: string | undefined
  readonly showIf: Rule | undefined
  /** Prefix of the key under which shared words stand. */
  readonly wordsOf: string | undefined
}

const asItIs: Place = {
  key: (key) => key,
  text: (text) => text,
  of: undefined,
  showIf: undefined,
  wordsOf: undefined,
}

function useGroup(use: Use, library: FormLibrary, problems: ExpandProblem[]): Field[] {
  const group = library.groups[use.use]
  if (group === undefined) {
    problems.push({ code: 'unknown-group', name: use.use })
    return []
  }
  const known = new Set(group.map(({ key }) => key))
  for (const name of [...(use.without ?? []), ...Object.keys(use.with ?? {})]) {
    if (!known.has(name)) problems.push({ code: 'unknown-field', name: `${use.use}.${name}` })
  }
  const taken = group
    .filter(({ key }) => !use.without?.includes(key))
    .flatMap((field): AuthoredField[] => {
      const patch = use.with?.[field.key]
      if (patch === undefined) return [field]
      const patched = authoredFieldSchema.safeParse({ ...field, ...patch })
      if (patched.success) return [patched.data]
      problems.push({ code: 'bad-field', name: `${use.as}.${field.key}` })
      return []
    })
  return writeOut(taken, library, problems, {
    key: (key) => `${use.as}.${key}`,
    text: (text) => fill(text, use.words ?? {}),
    of: use.of,
    showIf: use.showIf,
    wordsOf: undefined,
  })
}

function writeTable(
  table: AuthoredTable,
  library: FormLibrary,
  problems: ExpandProblem[],
): Field[] {
  const { table: key, least, most, more } = table
  return Array.from({ length: most }, (_, index) => index + 1).flatMap((row) => {
    const asked: Rule | undefined =
      row > least ? { '==': [{ var: `${key}.more.${row}` }, 'yes'] } : undefined
    const before: Rule | undefined =
      row - 1 > least ? { '==': [{ var: `${key}.more.${row - 1}` }, 'yes'] } : undefined
    const question = row === 1 ? (more.first ?? more.next) : more.next
    const onwards: Field[] =
      row > least
        ? [
            {
              key: `${key}.more.${row}`,
              label: question,
              source: { from: 'asked' },
              input: { kind: 'more', table: key, row },
              question,
              ...(more.hint === undefined ? {} : { hint: more.hint }),
              ...(more.drawing === undefined ? {} : { drawing: more.drawing }),
              required: true,
              box: false,
              wordsOf: row === 1 ? `${key}.first` : `${key}.next`,
              ...shown(both(table.showIf, before)),
            },
          ]
        : []
    return onwards.concat(
      writeOut(table.columns, library, problems, {
        key: (name) => `${key}.${row}.${name}`,
        text: (text) => fill(text, { n: String(row) }),
        of: undefined,
        showIf: both(table.showIf, asked),
        wordsOf: key,
      }),
    )
  })
}

function writeOut(
  fields: readonly AuthoredField[],
  library: FormLibrary,
  problems: ExpandProblem[],
  place: Place,
): Field[] {
  /** A key that begins with a dot is of the same group or row. */
  const key = (name: string) => (name.startsWith('.') ? place.key(name.slice(1)) : name)
  return fields.map((field) => {
    const { input, cases, checks, showIf, question, hint, ...rest } = field
    const source = (one: AuthoredField['source']) =>
      Array.isArray(one)
        ? one.map((item) => placedSource(item, key, place))
        : placedSource(one, key, place)
    const whole = both(place.showIf, showIf === undefined ? undefined : placedRule(showIf, key))
    return {
      ...rest,
      key: place.key(field.key),
      label: place.text(field.label),
      source: source(field.source),
      input: placedInput(input, library, problems),
      ...(cases && {
        cases: cases.map((one) => ({
          when: placedRule(one.when, key),
          source: source(one.source),
        })),
      }),
      ...(checks && {
        checks: checks.map((check) => ({
          wrongIf: placedRule(check.wrongIf, key),
          say: place.text(check.say),
        })),
      }),
      ...(question === undefined ? {} : { question: place.text(question) }),
      ...(hint === undefined ? {} : { hint: place.text(hint) }),
      ...(place.wordsOf === undefined ? {} : { wordsOf: `${place.wordsOf}.${field.key}` }),
      ...shown(whole),
    }
  })
}

const shown = (rule: Rule | undefined): Pick<Field, 'showIf'> =>
  rule === undefined ? {} : { showIf: rule }

function both(first: Rule | undefined, second: Rule | undefined): Rule | undefined {
  if (first === undefined || second === undefined) return first ?? second
  return { and: [first, second] }
}

function placedInput(
  input: AuthoredField['input'],
  library: FormLibrary,
  problems: ExpandProblem[],
): Field['input'] {
  if (input.kind !== 'listed') return input
  const choices: readonly Choice[] | undefined = library.lists[input.list]
  if (choices === undefined) problems.push({ code: 'unknown-list', name: input.list })
  return { kind: 'choice', choices: [...(choices ?? [])] }
}

function placedSource(
  source: ValueSource,
  key: (name: string) => string,
  { of }: Place,
): ValueSource {
  switch (source.from) {
    case 'card':
    case 'chip':
      return of === undefined || source.of !== undefined ? source : { ...source, of }
    case 'earlier':
    case 'field':
      return { ...source, key: key(source.key) }
    case 'composed':
      return {
        ...source,
        text: source.text.replace(/\{(\.[^{}]+)\}/g, (_, name: string) => `{${key(name)}}`),
      }
    case 'name-part':
      return {
        ...source,
        of: key(source.of),
        ...(source.without && { without: source.without.map(key) }),
      }
    case 'name-rest':
      return { ...source, of: key(source.of), without: source.without.map(key) }
    case 'computed':
      return { ...source, rule: placedRule(source.rule, key) }
    case 'default':
    case 'asked':
      return source
  }
}

function placedRule(rule: Rule, key: (name: string) => string): Rule {
  if (rule === null || typeof rule !== 'object') return rule
  if (isRules(rule)) return rule.map((item) => placedRule(item, key))
  return Object.fromEntries(
    Object.entries(rule).map(([operator, args]): [string, Rule] => {
      if (operator === 'var' && typeof args === 'string') return [operator, key(args)]
      return [operator, placedRule(args, key)]
    }),
  )
}

const isRules = (rule: Rule): rule is readonly Rule[] => Array.isArray(rule)

/** `<who>` by its word; what has no word stays, and the check of the words finds it. */
function fill(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/<([a-zA-Z]+)>/g, (whole, name: string) => words[name] ?? whole)
}
