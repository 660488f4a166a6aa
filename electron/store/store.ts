import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { KeyProvider } from './keys.ts'
import { takeLock } from './lock.ts'
import { migrate } from './migrations.ts'
import { firstWrongPragma, setPragmas, STORE_LIMITS } from './pragmas.ts'
import {
  openDatabase,
  sqliteCode,
  sqliteProblem,
  systemCode,
  type Database,
  type SqliteProblem,
} from './sqlite.ts'

/** The kiosk's database: one read-write connection, in the core process only. */
export type Store = {
  readonly db: Database
  /**
   * Moves the write-ahead log into the file and empties it: the last step of every erasure.
   * False where a reader (the technician's command) held the log; call again later.
   */
  checkpointTruncate(): boolean
  /**
   * Rebuilds the file where no filing is sealed in it any more. `secure_delete` clears what is
   * deleted, but when SQLite spreads rows over pages anew it leaves copies of them in the gaps; only
   * a rebuilt file is free of these. Does nothing while a filing waits. False: a reader was in the
   * way or the disk has no room; the next erasure or the next start does it.
   */
  rebuildIfEmptied(): boolean
  close(): void
}

/**
 * Why there is no store.
 * - `locked`: another core writes in this folder.
 * - `damaged`: the file fails its check. It is left as it is: filings may still be rescued.
 * - `pragma`: a setting did not take, so durability cannot be promised.
 * - `newer-schema`: written by a later version of this program.
 * - `wrong-key`: `undelivered` filings are sealed under another key; never start afresh over them.
 */
export type StoreProblem =
  | SqliteProblem
  | { readonly code: 'locked' }
  | { readonly code: 'pragma'; readonly name: string }
  | { readonly code: 'newer-schema'; readonly found: number; readonly known: number }
  | { readonly code: 'wrong-key'; readonly undelivered: number }

type StoreOptions = {
  /** Created, readable by its owner alone, if it is not there. */
  readonly dir: string
  readonly keys: KeyProvider
  /** `storeSchemaSql` first, then those of other folders; entries are only ever added at the end. */
  readonly schemas: readonly string[]
}

const databaseFile = (dir: string): string => join(dir, 'kiosk.sqlite')

/** Opens the store: lock, open, pragmas and their read-back, check, migrations, key. */
export async function openStore(options: StoreOptions): Promise<Result<Store, StoreProblem>> {
  try {
    await mkdir(options.dir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    return err({ code: 'io', reason: systemCode(cause) ?? 'mkdir' })
  }
  const lock = await takeLock(options.dir)
  if (!lock.ok) return lock
  const opened = await openDatabase(databaseFile(options.dir), {
    busyTimeoutMs: STORE_LIMITS.BUSY_TIMEOUT_MS,
  })
  if (!opened.ok) {
    lock.value.release()
    return opened
  }
  const db = opened.value
  const ready = prepare(db, options)
  if (!ready.ok) {
    db.close()
    lock.value.release()
    return ready
  }
  return ok({
    db,
    checkpointTruncate: () => checkpointTruncate(db),
    rebuildIfEmptied: () => rebuildIfEmptied(db),
    close() {
      db.close()
      lock.value.release()
    },
  })
}

/**
 * Opens the database for looking only, beside a running core, for the technician's command.
 * Takes no lock, migrates nothing and cannot write.
 */
export async function openStoreForReading(
  dir: string,
): Promise<Result<{ readonly db: Database; close(): void }, SqliteProblem>> {
  const opened = await openDatabase(databaseFile(dir), {
    readonly: true,
    busyTimeoutMs: STORE_LIMITS.BUSY_TIMEOUT_MS,
  })
  if (!opened.ok) return opened
  const db = opened.value
  return ok({ db, close: () => void db.close() })
}

function prepare(db: Database, options: StoreOptions): Result<void, StoreProblem> {
  try {
    setPragmas(db)
    const check = db.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') return err({ code: 'damaged', reason: 'quick_check' })
    const wrong = firstWrongPragma(db)
    if (wrong !== undefined) return err({ code: 'pragma', name: wrong })
    const migrated = migrate(db, options.schemas)
    if (!migrated.ok) return migrated
    // A crash between an erasure and its checkpoint left the erased pages in the log.
    rebuildIfEmptied(db)
    checkpointTruncate(db)
    return checkKey(db, options.keys.kekId)
  } catch (cause) {
    return err(sqliteProblem(cause))
  }
}

/** Remembers which key seals this database, and refuses another one while it matters. */
function checkKey(db: Database, kekId: string): Result<void, StoreProblem> {
  const known = z
    .object({ value: z.string() })
    .optional()
    .parse(db.prepare(`SELECT value FROM meta WHERE key = 'kek_id'`).get())
  if (known?.value === kekId) return ok(undefined)
  const { undelivered } = z.object({ undelivered: z.int() }).parse(
    db
      .prepare(
        `SELECT count(*) AS undelivered FROM submission
           WHERE kek_id <> ? AND dek_wrapped IS NOT NULL`,
      )
      .get(kekId),
  )
  if (undelivered > 0) return err({ code: 'wrong-key', undelivered })
  db.prepare(
    `INSERT INTO meta (key, value) VALUES ('kek_id', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(kekId)
  return ok(undefined)
}

function rebuildIfEmptied(db: Database): boolean {
  const { sealed } = z
    .object({ sealed: z.int() })
    .parse(
      db
        .prepare('SELECT EXISTS (SELECT 1 FROM submission WHERE group_key IS NOT NULL) AS sealed')
        .get(),
    )
  if (sealed === 1) return true
  try {
    db.exec('VACUUM')
    return true
  } catch (cause) {
    if (sqliteCode(cause) === undefined) throw cause
    return false
  }
}

function checkpointTruncate(db: Database): boolean {
  const rows = z
    .array(z.object({ busy: z.int() }))
    .length(1)
    .parse(db.pragma('wal_checkpoint(TRUNCATE)'))
  return rows.every((row) => row.busy === 0)
}
