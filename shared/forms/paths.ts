import type { IdCard } from '../domain/id-card.ts'
import { isList, type Answers, type AnswerValue } from './answer-value.ts'
import type { Procedure } from './definition.ts'
import { boxes, type Box } from './boxes.ts'
import { checkEntry, components, nextQuestion, resolveValues, stopFor } from './engine.ts'
import { sourcesOf, type Field } from './field.ts'
import type { Known } from './known.ts'

/** One way through a form: what is answered at each question, in order; null leaves it empty. */
export interface Path {
  readonly steps: readonly { readonly field: Field; readonly value: AnswerValue | null }[]
  readonly answers: Answers
  readonly skipped: readonly string[]
  /** Key of the stop at which the way ended; null where it went to the end. */
  readonly stop: string | null
}

/** What the ways through a form lead past, and what none of them reached. */
export interface Coverage {
  readonly paths: readonly Path[]
  readonly reached: readonly string[]
  readonly missed: readonly string[]
}

/** Bounds of the search for ways; each way adds something, or is thrown away. */
export const pathLimits = {
  MAX_TRIES: 600,
  /** So many tries without anything new, and there is nothing more to find. */
  MAX_IDLE: 90,
  /** More questions than any form has; a form that asks on for ever ends here. */
  MAX_STEPS: 500,
} as const

/** So many choices of a list are met one by one. */
const LONG_LIST = 12

/** Draws a whole number below `below`. */
type Draw = (below: number) => number

/**
 * Ways through a form that together choose every choice, skip and answer every optional question,
 * and meet every box, paper and stop; `missed` names what could not be reached from what is known.
 * The same seed gives the same ways.
 */
export function pathsThrough(
  procedure: Procedure,
  known: Known,
  secondCard: IdCard,
  seed = 1,
): Coverage {
  const draw = drawFrom(seed)
  const goals = goalsOf(procedure)
  const wanted = new Set(goals)
  const reached = new Set<string>()
  const paths: Path[] = []
  let idle = 0
  for (let tried = 0; tried < pathLimits.MAX_TRIES && reached.size < goals.length; tried += 1) {
    if (idle >= pathLimits.MAX_IDLE) break
    const path = walkForm(
      procedure,
      known,
      (field, fits) => pick(field, secondCard, reached, fits, draw),
      (field) => newChoice(field, reached, draw),
    )
    const found = passedBy(procedure, known, path).filter(
      (goal) => wanted.has(goal) && !reached.has(goal),
    )
    idle = found.length === 0 ? idle + 1 : 0
    if (found.length === 0) continue
    for (const goal of found) reached.add(goal)
    paths.push(path)
  }
  return {
    paths,
    reached: goals.filter((goal) => reached.has(goal)),
    missed: goals.filter((goal) => !reached.has(goal)),
  }
}

/** The way that most people go: the first choice, the usual entry, nothing optional. */
export function usualPath(procedure: Procedure, known: Known, secondCard: IdCard | null): Path {
  return walkForm(procedure, known, (field, fits) => {
    if (field.input.kind === 'card') return secondCard
    return field.required ? (samples(field).find(fits) ?? null) : null
  })
}

/**
 * Answers question after question until none is left, or the form says stop. `change` may put
 * another choice in the place of a default on the check page, or add what is offered there, once a
 * field.
 */
export function walkForm(
  procedure: Procedure,
  known: Known,
  choose: (field: Field, fits: (value: AnswerValue) => boolean) => AnswerValue | null,
  change: (field: Field) => AnswerValue | null = () => null,
): Path {
  const answers: Record<string, AnswerValue> = {}
  const skipped: string[] = []
  const changed = new Set<string>()
  const steps: { field: Field; value: AnswerValue | null }[] = []
  const path = (stop: string | null): Path => ({ steps, answers, skipped, stop })
  while (steps.length < pathLimits.MAX_STEPS) {
    const field = nextQuestion(procedure, known, answers, skipped)
    if (field === null) {
      const defaults = boxes(procedure, known, answers).filter(
        (box) => (box.changeable || box.offered) && !changed.has(box.field.key),
      )
      if (defaults.length === 0) return path(null)
      for (const { field: one } of defaults) {
        changed.add(one.key)
        const value = change(one)
        if (value !== null) answers[one.key] = value
      }
      const stop = stopFor(procedure, known, answers)
      if (stop !== null) return path(stop.key)
      continue
    }
    const fits = (entry: AnswerValue) => checkEntry(procedure, known, answers, field, entry).ok
    const value = choose(field, fits)
    steps.push({ field, value })
    if (value === null && field.required) return path(`nothing fits ${field.key}`)
    if (value === null) skipped.push(field.key)
    else {
      const checked = checkEntry(procedure, known, answers, field, value)
      answers[field.key] = checked.ok ? checked.value : value
    }
    const stop = stopFor(procedure, known, answers)
    if (stop !== null) return path(stop.key)
  }
  return path('endless')
}

/** All that a set of ways is to lead past. */
function goalsOf({ components: papers, form }: Procedure): string[] {
  return [
    ...form.fields.flatMap((field) => [`field ${field.key}`, ...answerGoals(field)]),
    ...papers.map(({ code }) => `paper ${code}`),
    ...form.stops.map(({ key }) => `stop ${key}`),
    'end',
  ]
}

function answerGoals(field: Field): string[] {
  const { key, input, required, question } = field
  const sources = sourcesOf(field)
  // One row of a table stands for the others.
  if (question === undefined || /\.([2-9]|\d\d)\./.test(key)) return []
  if (sources.some(({ from }) => from === 'default') && input.kind === 'choice') {
    return input.choices.map(({ value }) => `${key} = ${value}`)
  }
  if (!sources.some(({ from }) => from === 'asked')) return []
  const skip = required ? [] : [`skip ${key}`]
  if (input.kind === 'more') return [`${key} = yes`, `${key} = no`]
  if (input.kind !== 'choice' && input.kind !== 'choices') return [`${key} answered`, ...skip]
  // A long list of names is one thing to choose from; its last one often opens a box of its own.
  return input.choices
    .filter((_, at) => at < LONG_LIST || at === input.choices.length - 1)
    .map(({ value }) => `${key} = ${value}`)
    .concat(skip)
}

function passedBy(procedure: Procedure, known: Known, path: Path): string[] {
  const values = resolveValues(procedure, known, path.answers)
  const filled = boxes(procedure, known, path.answers)
  const ended = path.stop === null
  return [
    ...filled.map(({ field: { key } }) => `field ${key}`),
    ...filled.flatMap((box) => unaskedGoal(box) ?? []),
    ...path.steps.flatMap(({ field: { key, input }, value }) => {
      if (value === null) return [`skip ${key}`]
      if (input.kind === 'choices' && typeof value === 'object' && isList(value)) {
        return value.map((one) => `${key} = ${one}`)
      }
      const isChosen = input.kind === 'choice' || input.kind === 'more'
      return [isChosen && typeof value === 'string' ? `${key} = ${value}` : `${key} answered`]
    }),
    ...components(procedure, { values, today: known.today }).map(({ code }) => `paper ${code}`),
    ended ? 'end' : `stop ${path.stop}`,
  ]
}

/** What stands in a box that was not asked for: filled in by itself, or offered on the check page. */
function unaskedGoal({ field: { key, input }, asked, offered, value }: Box): string | null {
  if (asked) return null
  if (offered && value === null) return `skip ${key}`
  const isSaid = typeof value === 'string' && (!offered || input.kind === 'choice')
  if (isSaid) return `${key} = ${value}`
  return offered ? `${key} answered` : null
}

/** A choice that a default hides and no way has met yet, or what nobody has added so far. */
function newChoice(field: Field, reached: ReadonlySet<string>, draw: Draw): AnswerValue | null {
  if (field.offered === true && field.input.kind !== 'choice') {
    const isNew = reached.has(`skip ${field.key}`) && !reached.has(`${field.key} answered`)
    return isNew ? (samples(field)[0] ?? null) : null
  }
  if (field.input.kind !== 'choice') return null
  const goals = field.input.choices.filter(({ value }) => !reached.has(`${field.key} = ${value}`))
  return goals[draw(goals.length)]?.value ?? null
}

/** What is new, if there is anything new; else something that fits. */
function pick(
  field: Field,
  secondCard: IdCard,
  reached: ReadonlySet<string>,
  fits: (value: AnswerValue) => boolean,
  draw: Draw,
): AnswerValue | null {
  const goals = answerGoals(field).filter((goal) => !reached.has(goal))
  const goal = goals[draw(goals.length)]
  const wanted = goal?.startsWith(`${field.key} = `) ? goal.slice(field.key.length + 3) : null
  if (goal === `skip ${field.key}`) return null
  // Rows far down a table are met only by who goes on.
  if (field.input.kind === 'more') return draw(4) === 0 ? 'no' : 'yes'
  if (field.input.kind === 'card') return draw(2) === 0 ? null : secondCard
  if (field.input.kind === 'choices' && wanted !== null) return [wanted]
  if (wanted !== null && fits(wanted)) return wanted
  if (goals.length === 0 && !field.required && draw(2) === 0) return null
  const fitting = samples(field).filter(fits)
  return fitting[draw(fitting.length)] ?? null
}

/** Entries of every sort that a field may take, the usual one first. */
export function samples({ input }: Field): AnswerValue[] {
  switch (input.kind) {
    case 'choice':
      return input.choices.map(({ value }) => value)
    case 'choices':
      return input.choices.map(({ value }) => [value])
    case 'more':
      return ['no', 'yes']
    case 'name':
      return ["H'Mẫu Thử", 'Lê Mẫu Đơn']
    case 'text':
      return ['Việc thử', 'Số 5']
    case 'phone':
      return ['0900000000']
    case 'personal-number':
      return ['083190000000', '083062000000']
    case 'number':
    case 'money':
      return [Math.max(input.min, 1), input.min, input.max].filter((one) => one <= input.max)
    case 'date':
      return [
        { year: 2026, month: 10, day: 20 },
        { year: 2026, month: 12, day: 20 },
        { year: 2027, month: 11, day: 20 },
        { year: 2010, month: 2, day: 28 },
        { year: 1995, month: 5, day: 9 },
        { year: 1960, month: 9, day: 2 },
        { year: 1940, month: 1, day: 1 },
      ]
    case 'year':
      return [{ year: 1958 }, { year: 2000 }, { year: 2026 }, { year: 2030 }]
    case 'address':
      return [{ text: 'Thôn Mẫu, xã Thử' }]
    case 'card':
      return []
  }
}

/** mulberry32: the same seed, the same ways. */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return below <= 0 ? 0 : Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}
