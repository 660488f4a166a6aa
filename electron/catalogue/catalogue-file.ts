import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  openDatabase,
  setPragmas,
  sqliteProblem,
  type Database,
  type SqliteProblem,
} from '../store/index.ts'
import { catalogueSchemaSql } from './catalogue-store.ts'

/** A technician's import may wait this long for a core that is reading. */
const BUSY_TIMEOUT_MS = 5_000

const SCHEMA_VERSION = 1

/**
 * The imported catalogue has a file of its own: it holds public facts only, so it needs no
 * erasure, and a technician can import while the core holds the store for itself.
 */
export async function openCatalogue(path: string): Promise<Result<Database, SqliteProblem>> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const opened = await openDatabase(path, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  if (!opened.ok) return opened
  const db = opened.value
  try {
    setPragmas(db)
    const version = db.pragma('user_version', { simple: true })
    if (version === SCHEMA_VERSION) return ok(db)
    if (version !== 0) {
      db.close()
      return err({ code: 'damaged', reason: 'a catalogue of another version: import it again' })
    }
    db.transaction(() => {
      db.exec(catalogueSchemaSql)
      db.pragma(`user_version = ${SCHEMA_VERSION}`)
    }).immediate()
    return ok(db)
  } catch (cause) {
    db.close()
    return err(sqliteProblem(cause))
  }
}

/** The same for looking only; null where nothing was ever imported. */
export async function openCatalogueForReading(
  path: string,
): Promise<Result<Database | null, SqliteProblem>> {
  if (!existsSync(path)) return ok(null)
  return openDatabase(path, { readonly: true, busyTimeoutMs: BUSY_TIMEOUT_MS })
}
