import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { openDatabase, sqliteCode, type SqliteProblem } from './sqlite.ts'

/** How long a starting core waits for a dying one to let go. */
export const LOCK_WAIT_MS = 250

/** A held lock. */
export type Lock = { release(): void }

/**
 * Makes sure that one process alone writes in `dir`. The lock is a side database held in
 * exclusive mode: the operating system frees it when the process dies, whatever the clock says,
 * which a lock file with a time in it would not do.
 */
export async function takeLock(
  dir: string,
): Promise<Result<Lock, SqliteProblem | { readonly code: 'locked' }>> {
  const opened = await openDatabase(join(dir, 'kiosk.lock'), { busyTimeoutMs: LOCK_WAIT_MS })
  if (!opened.ok) return opened
  const db = opened.value
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    // The lock is taken by the first write and, in this mode, kept after the commit.
    db.exec('BEGIN EXCLUSIVE; PRAGMA user_version = 1; COMMIT')
  } catch (cause) {
    const code = sqliteCode(cause)
    if (code === undefined) throw cause
    db.close()
    return err(code.startsWith('SQLITE_BUSY') ? { code: 'locked' } : { code: 'io', reason: code })
  }
  return ok({ release: () => void db.close() })
}
