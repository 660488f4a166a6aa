import type { Procedure } from '../../../shared/forms/index.ts'
import { citizens } from './citizens.ts'
import { minutes, type Cost } from './cost.ts'
import { pressTable, type PressRow } from './press-budgets.ts'
import { effortOf, modes, type Effort, type Mode, type World } from './measure.ts'

/** What each mode costs in the middle of the three citizens. */
export interface Row {
  readonly procedure: Procedure
  readonly of: Readonly<Record<Mode, Middle>>
}

/** Medians, each of its own. */
export type Middle = Record<keyof Cost | 'asked' | 'boxes' | 'filled', number> & {
  readonly elder: number
  readonly adult: number
}

/** The common budgets in card mode; a definition may have its own, with its reason. */
export const BUDGETS = {
  one: { taps: 35, characters: 15, screens: 12 },
  two: { taps: 90, characters: 60, screens: 20 },
} as const

export function budgetOf({ persons, effort }: Procedure) {
  const { taps, characters, screens } = BUDGETS[persons]
  return {
    taps: effort?.taps ?? taps,
    characters: effort?.characters ?? characters,
    screens: effort?.screens ?? screens,
  }
}

/** What a budget that is not met costs, in words; none where all are met. */
export function overBudget({ procedure, of }: Row): string[] {
  const budget = budgetOf(procedure)
  const spent = of.card
  return (['taps', 'characters', 'screens'] as const)
    .filter((what) => spent[what] > budget[what])
    .map((what) => `${procedure.code}: ${spent[what]} ${what}, budget ${budget[what]}`)
}

export function measureAll(world: World): Row[] {
  return world.pack.map((procedure) => ({
    procedure,
    of: {
      none: middle(world, procedure, 'none'),
      card: middle(world, procedure, 'card'),
      chip: middle(world, procedure, 'chip'),
      earlier: middle(world, procedure, 'earlier'),
    },
  }))
}

function middle(world: World, procedure: Procedure, mode: Mode): Middle {
  const all = citizens.map((citizen) => effortOf(world, procedure, citizen, mode))
  const of = (pick: (one: Effort) => number) => median(all.map(pick))
  return {
    taps: of(({ taps }) => taps),
    characters: of(({ characters }) => characters),
    keys: of(({ keys }) => keys),
    telexKeys: of(({ telexKeys }) => telexKeys),
    decisions: of(({ decisions }) => decisions),
    screens: of(({ screens }) => screens),
    feeds: of(({ feeds }) => feeds),
    asked: of(({ asked }) => asked),
    boxes: of(({ boxes }) => boxes),
    filled: of(({ filled }) => filled),
    elder: of((one) => minutes(one).elder),
    adult: of((one) => minutes(one).adult),
  }
}

/** The one in the middle. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The table of `docs/effort.md`. */
export function effortTable(rows: readonly Row[]): string {
  const head = [
    'Procedure',
    ...modes.map((mode) => `${mode}: T / C / S`),
    'K (Telex), card',
    'D',
    'P',
    'asked of boxes, card',
    'filled, chip',
    'elder / adult, card',
  ]
  const lines = rows.map(({ procedure, of }) => [
    `${procedure.code} ${procedure.shortName}${procedure.persons === 'two' ? ' (two)' : ''}`,
    ...modes.map((mode) => `${of[mode].taps} / ${of[mode].characters} / ${of[mode].screens}`),
    `${of.card.keys} (${of.card.telexKeys})`,
    String(of.card.decisions),
    String(of.card.feeds),
    `${of.card.asked} of ${of.card.boxes}`,
    `${Math.round((100 * of.chip.filled) / of.chip.boxes)} %`,
    `${of.card.elder.toFixed(1)} / ${of.card.adult.toFixed(1)} min`,
  ])
  return [head, head.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** The whole of `docs/effort.md`: `npm run bench -- effort` prints its table. */
export function effortPage(
  rows: readonly Row[],
  presses: readonly PressRow[],
  pictures: string,
): string {
  return `# What a filing costs the citizen

Made by the benchmark (\`npm run bench -- effort\` prints the same table) and held by
\`test/integration/effort.test.ts\`: a procedure over its budget, or a table that is no longer true, fails
\`npm test\`. The counter is proved against the real page by \`test/e2e/effort.e2e.ts\`.

**Who.** Three invented citizens: a young father, a woman of seventy, a S'tiêng man whose name has an
apostrophe and whose people the kiosk's profile names (\`peoples\`). Each figure is the middle of the three. Nobody makes a mistake, and nobody answers what may
be left out; a telephone number is ten keys more.

**Modes.** \`none\`: nothing is known, as on a portal that starts with an empty form; this kiosk sends
whoever has no card to an officer, so the figure is there to compare with. \`card\`: the code on the card,
laid on the first screen, and the card of one more person where the form is about two. \`chip\`: the
applicant's chip too. \`earlier\`: the card, after what usually comes before (or the same once more) was
filed in the same visit.

**Measures.** T: touches that do something, each key of the keyboard among them. C: characters that the
citizen entered. S: screens from the first to the last, the small steps of a place, the pages of a group and
both views of a paper counted. K: presses of keys, one a letter and one a tone (in brackets with Telex). D:
choices made. P: papers laid under the camera. Minutes: 2.35 s a key for an elder and 1 s for other adults,
and 3 s a screen and a choice. Places are picked from the list of places, in the commune of the kiosk.

**Budgets** in mode \`card\`: one person 35 T, 15 C, 12 S; two persons 90 T, 60 C, 20 S. Before the first
question and after the last there are eight screens, the notice that the law asks for among them, so
twelve leave four questions. What most people leave empty is not asked: it is offered on the check page, and costs nobody a screen who has nothing to add. Where a form asks more,
its own budget stands in its definition (\`effort\`, with its reason).

${effortTable(rows)}

| Own budget | T | C | S | Why |
| --- | --- | --- | --- | --- |
${rows
  .flatMap(({ procedure: { code, effort } }) =>
    effort === undefined
      ? []
      : [
          `| ${code} | ${effort.taps ?? '-'} | ${effort.characters ?? '-'} | ${effort.screens ?? '-'} | ${effort.why} |`,
        ],
  )
  .join('\n')}

## Without sight

Presses of the keypad ([keypad.md](keypad.md)) from plugging in the headset to "Xong, xoá thông tin",
screen put out, for the ten commonest procedures: no count of filings by procedure is published for
communes, so these are what their pages show first of births, marriages, deaths and homes, with the two
certifications that most people come for. The same citizens and the same way as above in mode \`card\`:
down from the title to what is chosen, "next" for the way on, digits on a number row, letters by the rows
of the keyboard on the screen, the shorter way round. \`test/e2e/keypad.e2e.ts\` files two of them on
the real page and counts the same. More presses than the budget fail \`npm test\`.

${pressTable(presses)}

## Without reading

Touches of the same citizens on the same way for whoever cannot read, in mode \`card\`, by drawings and the
voice: the tile with the headphones on the first screen, where others lay their card at once; a touched
tile says itself and waits, and the way on is the same key. A drawing that no neighbour has costs nothing
more. Tiles that look alike are each touched until the one that is meant is heard; the peoples have no
drawings, and a profile's \`peoples\` brings those of the commune to the front. Digits say themselves.
Letters are spelled aloud: the citizen calls, an assistant steps in by PIN, types, goes on and steps out.

**pictures**: the citizen's touches, the call and the letters that are typed for them; **at most**: of the
citizen to whom it costs most; more than 1.5 fails \`npm test\`. **assistant**: what stepping in and out adds
(unlocking 10, "Làm thay" on each screen, leaving 1), which an assistant's own card shortens by nine.
\`test/e2e/pictures.e2e.ts\` files two of them on the real page and counts the same.

${pictures}
`
}
