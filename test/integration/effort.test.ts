import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { citizens } from '../bench/effort/citizens.ts'
import { effortWorld } from '../bench/effort/index.ts'
import { effortOf } from '../bench/effort/measure.ts'
import { measurePictures, PICTURE_RATIO_MAX, pictureTable } from '../bench/effort/picture-rows.ts'
import { measurePresses } from '../bench/effort/press-budgets.ts'
import { walkKeys } from '../bench/effort/key-walk.ts'
import { effortPage, measureAll, overBudget } from '../bench/effort/table.ts'
import { directKeys, telexKeys } from '../bench/effort/typing.ts'

/** What a filing costs the citizen: no procedure may cost more than its budget. */

const world = await effortWorld()
const rows = measureAll(world)
const presses = measurePresses(world)
const pictures = measurePictures(world)
const [citizen] = citizens
if (citizen === undefined) throw new Error('no citizen')

/**
 * Boxes of the official form that the cards fill, in percent: with the applicant's card and chip, and
 * with another person's card beside them. The second is asked for where the applicant is not the
 * person whom the form is about.
 */
const shares: Readonly<Record<string, readonly [one: number, two: number | null]>> = {
  '1.001193': [56, 81],
  '1.004873': [92, 88],
  '1.000894': [41, 79],
  '1.000656': [29, 65],
  '2.000635': [76, 72],
  '1.004884': [43, 64],
  '1.004859': [72, 69],
  '1.004837': [58, 92],
  '1.004845': [53, 83],
  '1.001022': [57, 89],
  '1.000689': [48, 70],
  '2.000986': [30, 48],
  // Two of seven and of six boxes: the originals are looked at, and tell no machine of themselves.
  '2.000815': [28, null],
  '2.000884': [33, null],
  // A row of a table takes no card yet, so the heirs' cards fill nothing.
  '2.001019': [28, null],
  '2.001016': [42, null],
  // Of heirs each has six boxes; one card stands against three people and their estate.
  '2.001406': [23, null],
  '1.001776': [25, 40],
  '1.001699': [38, 62],
  '1.001653': [38, 62],
  '1.001731': [27, 50],
  // Five boxes for each member of the household; whoever has residence data would have more.
  '1.011607': [34, null],
  '1.004222': [40, 60],
  // The householder's card is the second. Six of the ten boxes that these forms share are filled; where
  // what is asked beside them brings the share under 60 %, it is of all boxes (six of fourteen, thirteen).
  '1.004194': [40, 43],
  '1.002755': [40, 60],
  '1.003197': [40, 46],
  '1.010038': [40, 60],
  '1.010039': [40, 46],
  '1.010041': [40, 60],
  '1.003677': [50, null],
  '1.001612': [15, null],
  // The new owner's card fills boxes only where the owner changes.
  '2.000720': [40, null],
  '2.001263': [29, 47],
  '1.010833': [40, null],
}

describe.each(rows.map((row) => [row.procedure.code, row] as const))('%s', (code, row) => {
  it('costs no more than its budget', () => {
    expect(overBudget(row)).toEqual([])
  })

  it('has a budget of its own only where it needs one', () => {
    const { effort } = row.procedure
    const loose = (['taps', 'characters', 'screens'] as const).filter(
      (what) => effort?.[what] !== undefined && effort[what] > row.of.card[what] * 1.25 + 2,
    )
    expect(loose).toEqual([])
  })

  it('is filled by the cards at least as far as was found possible', () => {
    const [one, two] = shares[code] ?? [100, 100]
    const filled = (cards: number, chooses = {}) => {
      const somebody = { ...citizen, chooses: { ...citizen.chooses, ...chooses } }
      const effort = effortOf(world, row.procedure, somebody, 'chip', cards)
      expect(effort.stop).toBeNull()
      return (100 * effort.filled) / effort.boxes
    }
    expect(filled(0)).toBeGreaterThanOrEqual(one - 0.5)
    expect(filled(1, forAnother)).toBeGreaterThanOrEqual((two ?? one) - 0.5)
  })
})

/** The applicant files for somebody else, or lives with a householder. */
const forAnother = {
  'householder.relation': 'child',
  ...(citizen.card.sex === 'male' ? { 'requester.relation': 'father' } : {}),
}

describe.each(presses.map((row) => [row.procedure.code, row] as const))(
  '%s without sight',
  (_, row) => {
    it('takes no more presses than its budget, which is no larger than it needs', () => {
      expect(row.presses).toBeLessThanOrEqual(row.budget)
      expect(row.budget).toBeLessThanOrEqual(row.presses * 1.1 + 5)
    })
  },
)

describe.each(pictures.map((row) => [row.procedure.code, row] as const))(
  '%s without reading',
  (_, row) => {
    it('costs no citizen more than half as many touches again', () => {
      expect(row.worst).toBeLessThanOrEqual(PICTURE_RATIO_MAX)
    })
    it('has a drawing on each tile that is asked, but those of peoples', () => {
      const { fields } = row.procedure.form
      const asked = new Set(row.asked)
      const bare = fields.filter(
        ({ key, input }) =>
          asked.has(key) &&
          !key.endsWith('thnicity') &&
          input?.kind === 'choice' &&
          input.choices.some(({ drawing }) => drawing === undefined),
      )
      expect(bare.map(({ key }) => key)).toEqual([])
    })
  },
)

describe('a text on the rows of the keyboard', () => {
  const presses = (text: string) => walkKeys(text, 2, true).presses

  it('is walked from row to row and from key to key, the shorter way round', () => {
    // Two to the first row, two rows down, in, to the key, press.
    expect(presses('a')).toBe(2 + 2 + 1 + 0 + 1)
    // Nine keys in a row: the last is the neighbour of the first.
    expect(presses('i')).toBe(2 + 2 + 1 + 1 + 1)
    expect(presses('ab')).toBe(presses('a') + 1 + 1)
    // Out, two rows up, in, to the third of five tones and "no tone", press.
    expect(presses('ả')).toBe(presses('a') + 1 + 2 + 1 + 2 + 1)
  })
  it('turns the page for digits, which has a row less', () => {
    // Down to the last row, in, press; out, two rows up, in, press.
    expect(presses('1')).toBe(2 + 5 + 1 + 0 + 1 + (1 + 2 + 1 + 0 + 1))
  })
  it('has no keys for what is written on no keyboard', () => {
    expect(() => presses('€')).toThrow('has no €')
  })
})

describe('a text of eleven letters', () => {
  it('is a key for each letter and one for each tone, or more in Telex', () => {
    expect(directKeys('Đường Mẫu 3')).toBe(11 + 2 + 1)
    expect(telexKeys('Đường Mẫu 3')).toBe(directKeys('Đường Mẫu 3') + 1 + 1 + 1)
  })
})

describe('docs/effort.md', () => {
  it('says what was measured', async () => {
    const file = new URL('../../docs/effort.md', import.meta.url)
    // The columns of its tables are padded.
    const plain = (text: string) => text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{3,}/g, '---')
    expect(plain(await readFile(file, 'utf8'))).toBe(
      plain(effortPage(rows, presses, pictureTable(pictures))),
    )
  })
})
