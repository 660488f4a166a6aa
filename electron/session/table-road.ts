import type { Answers, Procedure } from '../../shared/forms/index.ts'
import { moveTo, openBox } from './road.ts'
import type { Visit } from './visit.ts'

/** Takes rows out of a form's tables. Pure, as `road.ts` is. */

/** A row's own keys are `members.2.…`; whether there is a second one is `members.more.2`. */
function keysOf(table: string) {
  const start = `${table}.`
  return {
    /** Number of the row and the rest of the key; null for what is no cell of this table. */
    cell(key: string): { row: number; rest: string } | null {
      const found = key.startsWith(start) ? /^(\d+)(\..+)$/.exec(key.slice(start.length)) : null
      return found ? { row: Number(found[1]), rest: found[2] ?? '' } : null
    },
    more(key: string): number | null {
      const found = key.startsWith(`${start}more.`) ? key.slice(start.length + 5) : ''
      return /^\d+$/.test(found) ? Number(found) : null
    },
  }
}

/**
 * Where a key stands once a row is taken out: the rows behind it move up by one. Null: it goes.
 * `least` rows are there unasked, so the first question that goes is the one after them.
 */
function keyWithout(table: string, least: number, dropped: number) {
  const keys = keysOf(table)
  return (key: string): string | null => {
    const cell = keys.cell(key)
    if (cell !== null) {
      if (cell.row === dropped) return null
      return cell.row < dropped ? key : `${table}.${cell.row - 1}${cell.rest}`
    }
    const row = keys.more(key)
    const first = Math.max(dropped, least + 1)
    if (row === null || row < first) return key
    return row === first ? null : `${table}.more.${row - 1}`
  }
}

/** The answers without one row of a table; those of later rows stand one row earlier. */
export function answersWithout(
  answers: Answers,
  { key, least }: Pick<Procedure['form']['tables'][number], 'key' | 'least'>,
  row: number,
): Answers {
  const place = keyWithout(key, least, row)
  return Object.fromEntries(
    Object.entries(answers).flatMap(([old, value]) => {
      const now = place(old)
      return now === null ? [] : [[now, value]]
    }),
  )
}

/**
 * Takes a row out of the table that the question on the screen is about; the question is then the
 * one about the row after those that are left. A row that must be there stays.
 */
export function dropRow(procedure: Procedure, visit: Visit, row: number): Visit {
  const box = visit.at === null ? null : openBox(procedure, visit, visit.at)
  const input = box?.field.input
  if (input?.kind !== 'more') return visit
  const table = procedure.form.tables.find(({ key }) => key === input.table)
  const rows = input.row - 1
  if (table === undefined || row > rows || rows <= table.least) return visit
  const place = keyWithout(table.key, table.least, row)
  const left: Visit = {
    ...visit,
    answers: answersWithout(visit.answers, table, row),
    skipped: visit.skipped.flatMap((key) => place(key) ?? []),
  }
  return moveTo(left, `${table.key}.more.${rows}`)
}
