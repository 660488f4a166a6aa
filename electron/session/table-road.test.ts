import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allKinds } from '../../test/fixtures/all-kinds.ts'
import type { Answers } from '../../shared/forms/index.ts'
import { answersWithout, dropRow } from './table-road.ts'
import { emptyVisit, type Visit } from './visit.ts'

/** Rows as a list, and as the answers of a form. `last`: what was said about one row more. */
function written(rows: readonly string[], least: number, last: 'no' | null): Answers {
  const answers: Record<string, string> = { who: 'father', membership: 'x' }
  rows.forEach((name, index) => {
    const row = index + 1
    if (row > least) answers[`members.more.${row}`] = 'yes'
    answers[`members.${row}.name`] = name
    if (name.length > 2) answers[`members.${row}.note`] = `của ${name}`
  })
  if (last !== null) answers[`members.more.${rows.length + 1}`] = last
  return answers
}

const rowsOf = fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })

describe('a row that is taken out', () => {
  it('leaves the answers as if it had never been written', () => {
    fc.assert(
      fc.property(
        rowsOf,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('no' as const, null),
        (rows, which, wanted, last) => {
          const least = Math.min(wanted, rows.length - 1)
          const row = (which % rows.length) + 1
          const left = rows.filter((_, index) => index + 1 !== row)
          const table = { key: 'members', least }
          expect(answersWithout(written(rows, least, last), table, row)).toEqual(
            written(left, least, last),
          )
        },
      ),
    )
  })

  const at = (answers: Answers, question: string, skipped: string[] = []): Visit => ({
    ...emptyVisit,
    procedure: allKinds.code,
    day: { year: 2026, month: 11, day: 22 },
    answers,
    skipped,
    at: question,
  })

  it('brings the question about the row after those that are left', () => {
    const visit = at(written(['An', 'Bình'], 0, null), 'members.more.3', ['members.2.note'])
    expect(dropRow(allKinds, visit, 1)).toMatchObject({
      at: 'members.more.2',
      answers: { 'members.more.1': 'yes', 'members.1.name': 'Bình' },
      skipped: ['members.1.note'],
    })
  })

  it('is one that stands on the screen, and no other', () => {
    const visit = at(written(['An', 'Bình'], 0, 'no'), 'members.more.2')
    expect(dropRow(allKinds, visit, 2)).toBe(visit)
    expect(dropRow(allKinds, { ...visit, at: 'who' }, 1).answers).toBe(visit.answers)
  })

  it('stays where the form needs it', () => {
    const [table] = allKinds.form.tables
    const tables = table === undefined ? [] : [{ ...table, least: 1 }]
    const needed = { ...allKinds, form: { ...allKinds.form, tables } }
    const visit = at(written(['An'], 0, null), 'members.more.2')
    expect(dropRow(needed, visit, 1)).toBe(visit)
  })
})
