import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPack } from '../../../electron/catalogue/index.ts'
import { withPeoplesFirst } from '../../../electron/filing/index.ts'
import { createPlaces } from '../../../electron/places/index.ts'
import { shipped } from '../../../electron/places/testing.ts'
import { figure, type Figure } from '../figure.ts'
import { home } from './citizens.ts'
import type { World } from './measure.ts'
import { measurePictures, PICTURE_RATIO_MAX, pictureTable } from './picture-rows.ts'
import { measurePresses, pressTable } from './press-budgets.ts'
import { BUDGETS, budgetOf, effortTable, measureAll, type Row } from './table.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The built-in procedures at a kiosk in its commune, on a day that stays. */
export async function effortWorld(): Promise<World> {
  const pack = await loadPack(join(root, 'resources', 'procedures'))
  if (!pack.ok) throw new Error('the procedures do not load')
  return {
    pack: pack.value.map((procedure) => withPeoplesFirst(procedure, home.peoples)),
    today: { year: 2026, month: 11, day: 24 },
    places: createPlaces(shipped, home),
  }
}

/** The citizen's effort: the table on stderr, and how near its budget each measure comes. */
export async function effortBench(): Promise<readonly Figure[]> {
  const world = await effortWorld()
  const rows = measureAll(world)
  const presses = measurePresses(world)
  const pictures = measurePictures(world)
  process.stderr.write(
    `${[effortTable(rows), pressTable(presses), pictureTable(pictures)].join('\n\n')}\n`,
  )
  return [
    ...(['one', 'two'] as const).flatMap((persons) =>
      (['taps', 'characters', 'screens'] as const).map((what) => over(rows, persons, what)),
    ),
    ...presses.map((row) =>
      figure(
        'effort',
        `presses without sight, ${row.procedure.code}`,
        row.presses,
        '',
        '<=',
        row.budget,
      ),
    ),
    figure(
      'effort',
      'touches without reading against those of reading, at most',
      Math.max(...pictures.map(({ worst }) => worst)),
      'times',
      '<=',
      PICTURE_RATIO_MAX,
      'ten procedures, three citizens',
    ),
  ]
}

/** Procedures that need more than their budget; beside it the median, and who meets the common one. */
function over(
  rows: readonly Row[],
  persons: 'one' | 'two',
  what: 'taps' | 'characters' | 'screens',
): Figure {
  const all = rows.filter(({ procedure }) => procedure.persons === persons)
  const common = BUDGETS[persons][what]
  const values = all.map(({ of }) => of.card[what]).toSorted((a, b) => a - b)
  const met = values.filter((value) => value <= common).length
  const own = all.filter(({ procedure }) => budgetOf(procedure)[what] !== common).length
  const exceeding = all.filter(({ procedure, of }) => of.card[what] > budgetOf(procedure)[what])
  return figure(
    'effort',
    `procedures over their budget of ${what}, ${persons} person`,
    exceeding.length,
    '',
    '<=',
    0,
    `median ${values[Math.floor(values.length / 2)]}, most ${values.at(-1)}; ${met} of ${all.length} meet ${common}, ${own} have a budget of their own with its reason`,
  )
}
