import type BetterSqlite3 from 'better-sqlite3'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/** A connection. Transactions on it are synchronous; nothing may be awaited inside one. */
export type Database = BetterSqlite3.Database

/** A database file that could not be opened. `reason` is an SQLite or system code, never contents. */
export type SqliteProblem =
  | { readonly code: 'no-driver'; readonly reason: string }
  | { readonly code: 'damaged'; readonly reason: string }
  | { readonly code: 'io'; readonly reason: string }

type OpenOptions = {
  readonly readonly?: boolean
  /** How long a statement waits for a lock of another connection. */
  readonly busyTimeoutMs: number
}

/**
 * Opens a database file. This is the only module that loads the native driver, and it loads it
 * lazily: where the driver is missing or built for another runtime, that is a `no-driver` status.
 */
export async function openDatabase(
  file: string,
  options: OpenOptions,
): Promise<Result<Database, SqliteProblem>> {
  let driver: typeof BetterSqlite3
  try {
    driver = (await import('better-sqlite3')).default
  } catch (cause) {
    return err({ code: 'no-driver', reason: systemCode(cause) ?? 'load-failed' })
  }
  const readonly = options.readonly ?? false
  try {
    return ok(
      new driver(file, { readonly, fileMustExist: readonly, timeout: options.busyTimeoutMs }),
    )
  } catch (cause) {
    const code = systemCode(cause)
    // The binary itself is loaded by the first constructor call, so its failure shows up here.
    if (code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND') {
      return err({ code: 'no-driver', reason: code })
    }
    return err(sqliteProblem(cause))
  }
}

/**
 * A function that runs as one write transaction and holds the write lock from its start. It is
 * rolled back whole if it throws. It must not be async: nothing else may run in between.
 */
export function transaction<A extends unknown[], R>(
  db: Database,
  run: (...args: A) => R,
): (...args: A) => R {
  const wrapped = db.transaction(run)
  return (...args) => wrapped.immediate(...args)
}

/**
 * As `transaction`, without waiting for the disk. A power cut may undo it, whole and with all that
 * came after it, never in part: the log is a sequence, and the next durable commit makes it so
 * too. Only for what the kiosk finds out again by itself; a killed process loses none of it.
 */
export function unsynced<A extends unknown[], R>(
  db: Database,
  run: (...args: A) => R,
): (...args: A) => R {
  const wrapped = transaction(db, run)
  return (...args) => {
    db.pragma('synchronous = NORMAL')
    try {
      return wrapped(...args)
    } finally {
      db.pragma('synchronous = FULL')
    }
  }
}

/** Names the expected failures of SQLite; anything else is a bug and is thrown again. */
export function sqliteProblem(cause: unknown): SqliteProblem {
  const code = sqliteCode(cause)
  if (code !== undefined) {
    const damaged = code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')
    return { code: damaged ? 'damaged' : 'io', reason: code }
  }
  // The driver refuses a path whose folder does not exist with a TypeError of its own.
  if (cause instanceof TypeError && cause.message.includes('directory does not exist')) {
    return { code: 'io', reason: 'ENOENT' }
  }
  throw cause
}

/** `SQLITE_FULL`, `SQLITE_BUSY`, …; undefined where the error did not come from SQLite. */
export function sqliteCode(cause: unknown): string | undefined {
  const code = systemCode(cause)
  return code?.startsWith('SQLITE_') ? code : undefined
}

/** The `code` of a system error; undefined for anything else. */
export function systemCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}
