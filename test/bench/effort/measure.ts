import {
  boxes,
  components,
  isOwnWord,
  resolveValues,
  type Answers,
  type Known,
  type Path,
  type Procedure,
} from '../../../shared/forms/index.ts'
import type { FullDate } from '../../../shared/domain/id-card.ts'
import { walkForm } from '../../../shared/forms/paths.ts'
import type { Places } from '../../../electron/places/index.ts'
import type { Citizen } from './citizens.ts'
import { sum, type Cost } from './cost.ts'
import { entryFor } from './entries.ts'
import {
  costOfAnother,
  costOfAnswer,
  costOfBeginning,
  costOfEnding,
  costOfPaper,
  placeInGroup,
} from './screens.ts'

/**
 * What the kiosk knows. `none`: nothing at all, as a portal that starts with an empty form (the kiosk
 * sends whoever has no card to an officer). `card`: the code on the card, and of a second person
 * where the form is about two. `chip`: the applicant's chip too. `earlier`: the card, and a filing
 * made before in the same visit.
 */
export const modes = ['none', 'card', 'chip', 'earlier'] as const
export type Mode = (typeof modes)[number]

/** One filing without a mistake, from the first screen to the last. */
export interface Effort extends Cost {
  /** Questions asked. */
  readonly asked: number
  /** Boxes of the official form, and those that were filled without a question. */
  readonly boxes: number
  readonly filled: number
  /** What the citizen reached: null the end, or the form's own stop. */
  readonly stop: string | null
  readonly path: Path
}

export interface World {
  readonly pack: readonly Procedure[]
  readonly today: FullDate
  /** Null where the page has no list of places. */
  readonly places: Places | null
}

/** `cards`: how many other people's cards lie there; one where the form is about two. */
export function effortOf(
  world: World,
  procedure: Procedure,
  citizen: Citizen,
  mode: Mode,
  cards = procedure.persons === 'two' ? 1 : 0,
): Effort {
  const { pack, today, places } = world
  const before = mode === 'earlier' ? filedBefore(pack, procedure) : null
  const known = {
    card: mode === 'none' ? null : citizen.card,
    chip: mode === 'chip' ? citizen.chip : null,
    earlier: before === null ? {} : valuesOf(before, citizen, today, cards),
    today,
  }
  const path = walkAs(procedure, citizen, known, mode === 'none' ? 0 : cards)
  const place = placeInGroup(procedure, pack)
  const spent = sum([
    before === null
      ? costOfBeginning(place)
      : costOfAnother(place, before.after ?? [], procedure.code),
    costOfForm(procedure, known, path, places),
  ])
  const onForm = boxes(procedure, known, path.answers).filter(({ field }) => field.box !== false)
  return {
    ...spent,
    asked: path.steps.length,
    boxes: onForm.length,
    filled: onForm.filter((box) => !isOwnWord(box) && box.value !== null).length,
    stop: path.stop,
    path,
  }
}

/** From the first question to the last screen, which asks for nothing. */
export function costOfForm(
  procedure: Procedure,
  known: Known,
  { steps, answers }: Path,
  places: Places | null,
): Cost {
  const scope = { values: resolveValues(procedure, known, answers), today: known.today }
  const papers = components(procedure, scope).filter((one) => one.handling === 'scan')
  return sum([
    ...steps.map(({ field, value }) => costOfAnswer(field, value, places)),
    ...papers.map(() => costOfPaper),
    costOfEnding,
  ])
}

/** The cards that are there lie where they are asked for first. */
function walkAs(procedure: Procedure, citizen: Citizen, known: Known, cards: number): Path {
  let left = cards
  return walkForm(procedure, known, (field, fits) => {
    const entry = entryFor(field, citizen, left > 0, fits)
    if (field.input.kind === 'card' && entry !== null) left -= 1
    return entry
  })
}

/** What usually comes before this one, or else the same once more. */
export function filedBefore(pack: readonly Procedure[], procedure: Procedure): Procedure {
  return pack.find(({ after = [] }) => after.includes(procedure.code)) ?? procedure
}

function valuesOf(procedure: Procedure, citizen: Citizen, today: FullDate, cards: number): Answers {
  const known = { card: citizen.card, chip: null, earlier: {}, today }
  return resolveValues(procedure, known, walkAs(procedure, citizen, known, cards).answers)
}
