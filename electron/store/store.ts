import { mkdir } from 'node:fs/promises'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { KeyProvider } from './keys.ts'
import { takeLock, type Lock } from './lock.ts'
import { migrate } from './migrations.ts'
import { compactSealed } from './sealed-rows.ts'
import { firstWrongPragma, setPragmas, STORE_LIMITS } from './pragmas.ts'
import {
  openDatabase,
  sqliteCode,
  sqliteProblem,
  systemCode,
  type Database,
  type SqliteProblem,
} from './sqlite.ts'
import {
  markRunning,
  markStopped,
  markUnverified,
  missingPart,
  readFailure,
  stoppedUncleanly,
  storeFiles,
} from './store-files.ts'

type Check = 'quick_check' | 'integrity_check'

/** The kiosk's database: one read-write connection, in the core process only. */
export type Store = {
  readonly db: Database
  /** How it was checked when it was opened: every page and index after an unclean stop. */
  readonly check: Check
  /**
   * Moves the write-ahead log into the file and empties it: the last step of every erasure.
   * False where a reader (the technician's command) held the log; call again later.
   */
  checkpointTruncate(): boolean
  /** Gives the room of erased filings back, where that is worth the work. */
  compact(): void
  /** The full check of every page and index; once a day. False: close, and open with a rescue. */
  intact(): boolean
  close(): void
  /** Closes it after a failure, which it never makes worse: the next opening checks every page. */
  giveUp(): void
}

/**
 * Why there is no store.
 * - `locked`: another core writes in this folder.
 * - `damaged`: the file fails its check, or it or its log is missing though it should be there.
 *   It is left as it is: `openOrRescue` puts it aside.
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
  /** A new database may be made although sealed envelopes are there: they were read before. */
  readonly overEnvelopes?: boolean
  /**
   * The recovery key is about to open what is under another key: such filings do not lock the
   * store, and the caller holds its lock from before the new key was made.
   */
  readonly forRecovery?: Lock
}

const HELD_BY_CALLER: Lock = { release() {} }

/** Opens the store: lock, open, pragmas and their read-back, check, migrations, key. */
export async function openStore(options: StoreOptions): Promise<Result<Store, StoreProblem>> {
  try {
    await mkdir(options.dir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    return err({ code: 'io', reason: systemCode(cause) ?? 'mkdir' })
  }
  const lock = options.forRecovery ? ok(HELD_BY_CALLER) : await takeLock(options.dir)
  if (!lock.ok) return lock
  const missing = options.overEnvelopes === true ? null : await missingPart(options.dir)
  if (missing !== null) {
    lock.value.release()
    return err({ code: 'damaged', reason: `${missing}-missing` })
  }
  const check = (await stoppedUncleanly(options.dir)) ? 'integrity_check' : 'quick_check'
  const opened = await openDatabase(storeFiles(options.dir).database, {
    busyTimeoutMs: STORE_LIMITS.BUSY_TIMEOUT_MS,
  })
  if (!opened.ok) {
    lock.value.release()
    return opened
  }
  const db = opened.value
  const ready = await readableOr(prepare(db, options, check), options.dir)
  if (!ready.ok) {
    // Closing takes the log into the file: what is whole now must not look like a loss next time.
    if (ready.error.code !== 'damaged') markUnverified(options.dir)
    db.close()
    lock.value.release()
    return ready
  }
  return ok({
    db,
    check,
    checkpointTruncate: () => checkpointTruncate(db),
    compact: () => void compactSealed(db),
    intact: () => passes(db, 'integrity_check'),
    close() {
      if (!db.open) return
      try {
        markStopped(options.dir)
      } finally {
        db.close()
        lock.value.release()
      }
    },
    giveUp() {
      markUnverified(options.dir)
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
  const opened = await openDatabase(storeFiles(dir).database, {
    readonly: true,
    busyTimeoutMs: STORE_LIMITS.BUSY_TIMEOUT_MS,
  })
  if (!opened.ok) return opened
  const db = opened.value
  return ok({ db, close: () => void db.close() })
}

/** SQLite calls it damage where a disk does not give a page back: only then is the disk asked. */
async function readableOr(
  ready: Result<void, StoreProblem>,
  dir: string,
): Promise<Result<void, StoreProblem>> {
  if (ready.ok || ready.error.code !== 'damaged') return ready
  const reason = await readFailure(dir)
  return reason === null ? ready : err({ code: 'io', reason })
}

function passes(db: Database, check: Check): boolean {
  return db.pragma(`${check}(1)`, { simple: true }) === 'ok'
}

function prepare(db: Database, options: StoreOptions, check: Check): Result<void, StoreProblem> {
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

function checkpointTruncate(db: Database): boolean {
  const rows = z
    .array(z.object({ busy: z.int() }))
    .length(1)
    .parse(db.pragma('wal_checkpoint(TRUNCATE)'))
  return rows.every((row) => row.busy === 0)
}
