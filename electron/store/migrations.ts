import { err, ok, type Result } from '../../shared/domain/result.ts'
import { userVersion } from './pragmas.ts'
import type { Database } from './sqlite.ts'

/**
 * Brings the file from its `user_version` to `schemas.length`: entry `n` of the list leads from
 * version `n` to `n + 1`. All steps are one transaction, so a cut in the middle leaves the old
 * version whole. A file from a newer program is left alone: going back would lose filings.
 */
export function migrate(
  db: Database,
  schemas: readonly string[],
): Result<void, { readonly code: 'newer-schema'; readonly found: number; readonly known: number }> {
  const found = userVersion(db)
  if (found > schemas.length) return err({ code: 'newer-schema', found, known: schemas.length })
  if (found === schemas.length) return ok(undefined)
  db.transaction(() => {
    for (const sql of schemas.slice(found)) db.exec(sql)
    db.pragma(`user_version = ${schemas.length}`)
  }).immediate()
  return ok(undefined)
}
