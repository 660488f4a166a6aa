import { mkdir } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { KeyProvider } from './keys.ts'
import { takeLock, type Lock } from './lock.ts'
import { STORE_LIMITS } from './pragmas.ts'
import { checkpointTruncate, passes, prepare } from './prepare.ts'
import { compactSealed } from './sealed-rows.ts'
import { openDatabase, systemCode, type Database, type SqliteProblem } from './sqlite.ts'
import {
  markStopped,
  markUnverified,
  missingPart,
  readFailure,
  stoppedUncleanly,
  storeFiles,
} from './store-files.ts'

/** How SQLite looks at its pages: `quick_check` leaves the indexes out. */
export type Check = 'quick_check' | 'integrity_check'

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

/** What `openStore` needs. */
export type StoreOptions = {
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
