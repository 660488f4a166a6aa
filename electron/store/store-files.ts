import { closeSync, openSync, rmSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirNow } from './atomic-file.ts'
import { countConfirmed } from './envelope-files.ts'

/** The files of a store, all in its folder. */
export function storeFiles(dir: string) {
  const database = join(dir, 'kiosk.sqlite')
  return {
    database,
    log: `${database}-wal`,
    sharedMemory: `${database}-shm`,
    /** There while a core has the database open: its absence says that the last stop was clean. */
    running: join(dir, 'kiosk.running'),
  }
}

/**
 * A part that should be there and is not.
 * - `database`: its log or sealed envelopes are there without it.
 * - `log`: the last core was killed, so the write-ahead log held its last commits.
 */
export async function missingPart(dir: string): Promise<'database' | 'log' | null> {
  const files = storeFiles(dir)
  const [database, log] = await Promise.all([exists(files.database), exists(files.log)])
  if (!database) return log || (await countConfirmed(dir)) > 0 ? 'database' : null
  return !log && (await stoppedUncleanly(dir)) ? 'log' : null
}

/** Whether the last core was killed, or lost its power. */
export function stoppedUncleanly(dir: string): Promise<boolean> {
  return exists(storeFiles(dir).running)
}

/** Notes that a core has the database open. Its log must be on disk by then. */
export function markRunning(dir: string): void {
  closeSync(openSync(storeFiles(dir).running, 'w', 0o600))
  syncDirNow(dir)
}

/** Notes a clean stop, before the log goes: in the other order a cut between looks like a loss. */
export function markStopped(dir: string): void {
  rmSync(storeFiles(dir).running, { force: true })
  syncDirNow(dir)
}

/** Whether something has this name. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
