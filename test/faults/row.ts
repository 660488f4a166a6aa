import { rowOf, type RowId } from './rows.ts'
import { settings } from './settings.ts'

/**
 * Whether tests of this row run: those of a row that the product does not meet yet do so only
 * with `--awaited`. A test's title begins with the id of its row.
 */
export function runs(id: RowId): boolean {
  return settings.awaited || rowOf(id).status !== 'awaited'
}
