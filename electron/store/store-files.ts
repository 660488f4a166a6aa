import { closeSync, createReadStream, openSync, renameSync, rmSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { syncDirNow } from './atomic-file.ts'
import { countConfirmed } from './envelope-files.ts'
import { systemCode } from './sqlite.ts'

/** The files of a store, all in its folder. */
export function storeFiles(dir: string) {
  const database = join(dir, 'kiosk.sqlite')
  return {
    database,
    log: `${database}-wal`,
    sharedMemory: `${database}-shm`,
    /** There while a core has the database open: its absence says that the last stop was clean. */
    running: join(dir, 'kiosk.running'),
    /** There after an opening that failed: the log may be gone, yet every page must be checked. */
    unverified: join(dir, 'kiosk.unverified'),
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
  return !log && (await exists(files.running)) ? 'log' : null
}

/** Whether the last core was killed, lost its power, or ended because its disk failed. */
export async function stoppedUncleanly(dir: string): Promise<boolean> {
  const { running, unverified } = storeFiles(dir)
  return (await exists(running)) || exists(unverified)
}

/** Notes that a core has the checked database open. Its log must be on disk by then. */
export function markRunning(dir: string): void {
  const { running, unverified } = storeFiles(dir)
  closeSync(openSync(running, 'w', 0o600))
  rmSync(unverified, { force: true })
  syncDirNow(dir)
}

/** Notes a clean stop, before the log goes: in the other order a cut between looks like a loss. */
export function markStopped(dir: string): void {
  rmSync(storeFiles(dir).running, { force: true })
  syncDirNow(dir)
}

/**
 * Notes, before the log may go, that this opening came to nothing: a stop that was unclean before
 * stays so. On a disk that takes no note, the log stays as well.
 */
export function markUnverified(dir: string): void {
  const { running, unverified } = storeFiles(dir)
  try {
    renameSync(running, unverified)
    syncDirNow(dir)
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause
  }
}

/** Why the disk does not give back some part of the database; null where every byte can be read. */
export async function readFailure(dir: string): Promise<string | null> {
  const { database, log } = storeFiles(dir)
  for (const file of [database, log]) {
    try {
      for await (const _ of createReadStream(file));
    } catch (cause) {
      const reason = systemCode(cause)
      if (reason === undefined) throw cause
      if (reason !== 'ENOENT') return reason
    }
  }
  return null
}

/** Whether something has this name. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
