import { nothingKnown, type Procedure } from '../../../shared/forms/index.ts'
import { citizens } from './citizens.ts'
import { effortOf, type World } from './measure.ts'
import { pressesOf } from './presses.ts'

/**
 * The ten commonest procedures with their budgets of key presses. No count of filings by procedure is
 * published for communes: these are what their pages show first (`often`) of births, marriages, deaths
 * and homes, with the two certifications that most people come for.
 */
const BUDGETS: Readonly<Record<string, { readonly presses: number; readonly why: string }>> = {
  '1.001193': { presses: 335, why: 'a name and a place in letters, two dates' },
  '1.004873': { presses: 60, why: 'choices' },
  '1.000894': { presses: 60, why: 'choices and the other card' },
  '1.000656': { presses: 190, why: 'who wrote the notice of death stands in letters' },
  '2.000635': { presses: 65, why: 'choices' },
  '2.000815': { presses: 50, why: 'choices and two numbers' },
  '2.000884': { presses: 50, why: 'choices and a number' },
  '1.004222': { presses: 130, why: 'the house in letters' },
  '1.004194': { presses: 140, why: 'the house in letters, a date' },
  '1.010041': { presses: 50, why: 'choices' },
}

/** Their codes. */
export const commonest: readonly string[] = Object.keys(BUDGETS)

/** One of the ten: presses of each citizen's journey, in the middle, and the budget. */
export interface PressRow {
  readonly procedure: Procedure
  readonly each: readonly number[]
  readonly presses: number
  readonly budget: number
  readonly why: string
}

/** The ten, in mode `card`. */
export function measurePresses(world: World): readonly PressRow[] {
  const { pack, today, places } = world
  return Object.entries(BUDGETS).map(([code, { presses: budget, why }]) => {
    const procedure = pack.find((one) => one.code === code)
    if (procedure === undefined) throw new Error(`no procedure ${code}`)
    const each = citizens.map((citizen) => {
      const { path } = effortOf(world, procedure, citizen, 'card')
      const known = { ...nothingKnown(today), card: citizen.card }
      return pressesOf(procedure, known, path, pack, places)
    })
    const middle = each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)] ?? Number.NaN
    return { procedure, each, presses: middle, budget, why }
  })
}

/** The table of `docs/effort.md` on the journey without sight. */
export function pressTable(rows: readonly PressRow[]): string {
  const head = ['Procedure', 'presses', ...citizens.map(({ who }) => who), 'budget', 'for']
  const lines = rows.map(({ procedure, each, presses, budget, why }) => [
    `${procedure.code} ${procedure.shortName}`,
    String(presses),
    ...each.map(String),
    String(budget),
    why,
  ])
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
