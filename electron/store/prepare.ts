import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { KeyProvider } from './keys.ts'
import { migrate } from './migrations.ts'
import { firstWrongPragma, setPragmas } from './pragmas.ts'
import { compactSealed } from './sealed-rows.ts'
import { sqliteCode, sqliteProblem, systemCode, type Database } from './sqlite.ts'
import { markRunning } from './store-files.ts'
import type { Check, Store, StoreOptions, StoreProblem } from './store.ts'

/** Whether SQLite finds nothing wrong. */
export function passes(db: Database, check: Check): boolean {
  return db.pragma(`${check}(1)`, { simple: true }) === 'ok'
}

/** Pragmas and their read-back, check, migrations, log, key: what must hold before a row is read. */
export function prepare(
  db: Database,
  options: StoreOptions,
  check: Check,
): Result<void, StoreProblem> {
  try {
    setPragmas(db)
    if (!passes(db, check)) return err({ code: 'damaged', reason: check })
    const wrong = firstWrongPragma(db)
    if (wrong !== undefined) return err({ code: 'pragma', name: wrong })
    const migrated = migrate(db, options.schemas)
    if (!migrated.ok) return migrated
    compactSealed(db)
    // A crash between an erasure and its checkpoint left the erased pages in the log. After a
    // failed sync the log may stand in the cache and not on the disk: it is written anew, and
    // synced, into the file before anything in it is believed.
    const emptied = checkpointTruncate(db)
    if (!emptied && check === 'integrity_check') return err({ code: 'io', reason: 'SQLITE_BUSY' })
    const known = options.forRecovery ? ok(undefined) : checkKey(db, options.keys)
    if (!known.ok) return known
    rememberProvider({ db }, options.keys.name)
    markRunning(options.dir)
    return ok(undefined)
  } catch (cause) {
    const code = systemCode(cause)
    // The note that a core runs is a file of its own.
    if (code !== undefined && sqliteCode(cause) === undefined)
      return err({ code: 'io', reason: code })
    return err(sqliteProblem(cause))
  }
}

/** Refuses a store in which filings lie that none of the keys opens. */
function checkKey(db: Database, keys: KeyProvider): Result<void, StoreProblem> {
  const { undelivered } = z.object({ undelivered: z.int() }).parse(
    db
      .prepare(
        `SELECT count(*) AS undelivered FROM submission JOIN sealed ON sealed.id = sealed_id
           WHERE kek_id NOT IN (SELECT value FROM json_each(?))`,
      )
      .get(JSON.stringify(keys.kekIds)),
  )
  return undelivered > 0 ? err({ code: 'wrong-key', undelivered }) : ok(undefined)
}

/** Writes down what keeps the key, which a later start compares. */
export function rememberProvider({ db }: Pick<Store, 'db'>, name: string): void {
  db.prepare(
    `INSERT INTO meta (key, value) VALUES ('key_provider', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
  ).run(name)
}

/** Moves the log into the file and empties it; false where a reader held it. */
export function checkpointTruncate(db: Database): boolean {
  const rows = z
    .array(z.object({ busy: z.int() }))
    .length(1)
    .parse(db.pragma('wal_checkpoint(TRUNCATE)'))
  return rows.every((row) => row.busy === 0)
}
