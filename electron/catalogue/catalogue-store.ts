import type BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import { fold } from '../../shared/domain/vietnamese.ts'
import { procedureDetailSchema, type CatalogueEntry } from './national.ts'

type Database = BetterSqlite3.Database

/** The national catalogue as imported; holds public facts only, in a file of its own. */
export const catalogueSchemaSql = `
CREATE TABLE catalogue_procedure (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  field TEXT NOT NULL,
  departments TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('commune', 'other')),
  target TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  detail_json TEXT,
  imported_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

const textsSchema = z.array(z.string())
const rowSchema = z.object({
  code: z.string(),
  name: z.string(),
  field: z.string(),
  departments: z.string(),
  level: z.enum(['commune', 'other']),
  target: z.string(),
  type: z.string(),
  state: z.string(),
  detail_json: z.string().nullable(),
})

/**
 * Writes entries in one transaction: all or none. A list line keeps the detail that is there; a
 * detail fills what it leaves out (departments are often missing) from the list.
 */
export function saveEntries(
  db: Database,
  entries: readonly CatalogueEntry[],
  importedAtMs: number,
): void {
  const upsert = db.prepare(`
    INSERT INTO catalogue_procedure (code, name, name_fold, field, departments, level, target,
      type, state, detail_json, imported_at_ms)
    VALUES (:code, :name, :nameFold, :field, :departments, :level, :target,
      :type, :state, :detail, :importedAtMs)
    ON CONFLICT (code) DO UPDATE SET
      name = excluded.name,
      name_fold = excluded.name_fold,
      field = CASE excluded.field WHEN '' THEN field ELSE excluded.field END,
      departments = CASE excluded.departments WHEN '[]' THEN departments ELSE excluded.departments END,
      level = CASE WHEN excluded.detail_json IS NOT NULL AND excluded.level = 'other'
        THEN level ELSE excluded.level END,
      target = CASE excluded.target WHEN '[]' THEN target ELSE excluded.target END,
      type = CASE excluded.type WHEN '' THEN type ELSE excluded.type END,
      state = CASE excluded.state WHEN '' THEN state ELSE excluded.state END,
      detail_json = coalesce(excluded.detail_json, detail_json),
      imported_at_ms = excluded.imported_at_ms
  `)
  db.transaction(() => {
    for (const entry of entries) {
      upsert.run({
        code: entry.code,
        name: entry.name,
        nameFold: fold(entry.name),
        field: entry.field,
        departments: JSON.stringify(entry.departments),
        level: entry.level,
        target: JSON.stringify(entry.target),
        type: entry.type,
        state: entry.state,
        detail: entry.detail && JSON.stringify(entry.detail),
        importedAtMs,
      })
    }
  }).immediate()
}

/** One procedure with everything that is known of it; null if it was never imported. */
export function showProcedure(db: Database, code: string): CatalogueEntry | null {
  const row = db
    .prepare(
      `SELECT code, name, field, departments, level, target, type, state, detail_json
       FROM catalogue_procedure WHERE code = ?`,
    )
    .get(code.trim())
  if (row === undefined) return null
  const { departments, target, detail_json: detail, ...plain } = rowSchema.parse(row)
  return {
    ...plain,
    departments: textsSchema.parse(JSON.parse(departments)),
    target: textsSchema.parse(JSON.parse(target)),
    detail: detail === null ? null : procedureDetailSchema.parse(JSON.parse(detail)),
  }
}

/** What the search reads of the catalogue. */
const searchRowSchema = rowSchema.pick({
  code: true,
  name: true,
  field: true,
  level: true,
  type: true,
})

/** Every imported procedure, for `createSearch`. */
export function readCatalogue(db: Database): z.infer<typeof searchRowSchema>[] {
  return z
    .array(searchRowSchema)
    .parse(db.prepare('SELECT code, name, field, level, type FROM catalogue_procedure').all())
}
