import type { ReviewRow, ReviewTable, ReviewValue } from '../../shared/contract/index.ts'
import { isPersonalNumber, maskNumber } from '../../shared/domain/personal-number.ts'
import { unreachable } from '../../shared/domain/result.ts'
import {
  boxes,
  isAddress,
  isCard,
  isDate,
  isDeclared,
  isList,
  isOwnWord,
  procedurePhrase,
  type Answers,
  type Box,
  type Known,
  type Procedure,
} from '../../shared/forms/index.ts'

/** The check page's boxes: known, answered, still to add, filled in the usual way, and the tables. */
export interface ReviewView {
  readonly known: ReviewRow[]
  readonly answers: ReviewRow[]
  readonly offered: ReviewRow[]
  readonly assumed: ReviewRow[]
  readonly tables: ReviewTable[]
}

/** The form as it stands, in rows for the check page. */
export function reviewView(procedure: Procedure, known: Known, answers: Answers): ReviewView {
  const all = boxes(procedure, known, answers)
  const { tables } = procedure.form
  const rest = all.filter(({ field }) => !tables.some(({ key }) => field.key.startsWith(`${key}.`)))
  const rows = (some: readonly Box[]) => some.map((box) => reviewRow(procedure, box))
  return {
    known: rows(
      rest.filter(
        (box) => !isOwnWord(box) && !box.changeable && box.value !== null && isDeclared(box),
      ),
    ),
    answers: rows(rest.filter((box) => box.asked)),
    offered: rows(rest.filter((box) => box.offered)),
    assumed: rows(rest.filter((box) => box.changeable)),
    tables: tables.flatMap((table) => tableView(procedure, table, all) ?? []),
  }
}

/** Null where nothing of the table applies. */
function tableView(
  procedure: Procedure,
  { key, label }: Procedure['form']['tables'][number],
  all: readonly Box[],
): ReviewTable | null {
  const own = all.filter(({ field }) => field.key.startsWith(`${key}.`))
  if (own.length === 0) return null
  const cells = own.flatMap((box) => {
    const row = /^(\d+)\./.exec(box.field.key.slice(key.length + 1))?.[1]
    return row === undefined || !(isOwnWord(box) || box.changeable)
      ? []
      : [{ row: Number(row), box }]
  })
  const change = own.findLast(({ field }) => field.input.kind === 'more')?.field.key ?? null
  return {
    key,
    label: procedurePhrase(procedure.code, `table.${key}`, label),
    rows: [...new Set(cells.map(({ row }) => row))].map((row) => ({
      row,
      cells: cells.filter((cell) => cell.row === row).map(({ box }) => reviewRow(procedure, box)),
    })),
    change,
  }
}

function reviewRow(procedure: Procedure, box: Box): ReviewRow {
  const { key, label } = box.field
  return {
    key,
    label: procedurePhrase(procedure.code, `label.${key}`, label),
    value: box.value === null ? null : reviewValue(procedure, box, box.value),
  }
}

function reviewValue(
  procedure: Procedure,
  { field, asked }: Box,
  value: NonNullable<Box['value']>,
): ReviewValue {
  const { input } = field
  if (input.kind === 'choice' || input.kind === 'choices') {
    const taken = typeof value === 'object' && isList(value) ? value : [value]
    const place = field.wordsOf ?? field.key
    return {
      kind: 'words',
      words: input.choices
        .filter((choice) => taken.some((one) => one === choice.value))
        .map((choice) =>
          procedurePhrase(procedure.code, `choice.${place}.${choice.value}`, choice.label),
        ),
    }
  }
  if (typeof value === 'number') {
    return input.kind === 'money'
      ? { kind: 'money', amount: value }
      : { kind: 'number', number: value }
  }
  if (typeof value === 'string') {
    const known = !asked && isPersonalNumber(value)
    return { kind: 'text', text: known ? maskNumber(value) : value }
  }
  if (isList(value)) return { kind: 'text', text: value.join(', ') }
  if (isDate(value)) return { kind: 'date', date: value }
  if (isAddress(value)) return { kind: 'text', text: value.text }
  if (isCard(value)) {
    const unsure = value.unsure?.includes('name') === true
    return { kind: 'text', text: unsure ? maskNumber(value.number) : value.name }
  }
  return unreachable(value)
}
