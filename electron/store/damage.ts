import { readdir, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { syncDir } from './atomic-file.ts'
import { rebuildFromEnvelopes, type RebuiltFiling, type UnreadableFiling } from './files.ts'
import type { KeyProvider } from './keys.ts'
import { takeLock } from './lock.ts'
import { systemCode } from './sqlite.ts'
import { openStore, type Store, type StoreProblem } from './store.ts'
import { exists, storeFiles } from './store-files.ts'

/** What was saved of a damaged store. Raise an alarm: it never happens to a healthy machine. */
export type Rescue = {
  /** Why the database was given up: an SQLite code, `quick_check`, `log-missing`, … */
  readonly reason: string
  /** The names that the damaged files have now; a technician may remove them, the kiosk never. */
  readonly quarantined: readonly string[]
  /** Insert them as `IN_DOUBT`, each under its own `seq`, before anything else is done. */
  readonly rows: readonly RebuiltFiling[]
  readonly unreadable: readonly UnreadableFiling[]
}

type RescueOptions = {
  readonly dir: string
  readonly keys: KeyProvider
  readonly schemas: readonly string[]
  readonly nowMs: number
}

/**
 * Opens the store. A damaged one is put aside, and an empty one takes its place, to be filled from
 * the sealed envelopes. If the power goes before they are inserted, the sweep finds them.
 */
export async function openOrRescue(
  options: RescueOptions,
): Promise<Result<{ readonly store: Store; readonly rescue: Rescue | null }, StoreProblem>> {
  const { dir, keys, schemas, nowMs } = options
  const opened = await openStore({ dir, keys, schemas })
  if (opened.ok) return ok({ store: opened.value, rescue: null })
  if (opened.error.code !== 'damaged') return opened
  const { rows, unreadable } = await rebuildFromEnvelopes(dir, keys)
  // An envelope under a lost key would be left behind: the technician recovers it first.
  const foreign = unreadable.filter(({ code }) => code === 'unknown-key').length
  if (foreign > 0) return err({ code: 'wrong-key', undelivered: foreign })
  const quarantined = await quarantine(dir, nowMs)
  if (!quarantined.ok) return quarantined
  const fresh = await openStore({ dir, keys, schemas, overEnvelopes: true })
  if (!fresh.ok) return fresh
  const { reason } = opened.error
  return ok({
    store: fresh.value,
    rescue: { reason, quarantined: quarantined.value, rows, unreadable },
  })
}

/** Whether a damaged database lies in this folder that nobody has removed yet. */
export async function isBesideDamaged(dir: string): Promise<boolean> {
  const start = `${basename(storeFiles(dir).database)}.damaged-`
  return (await readdir(dir)).some((name) => name.startsWith(start))
}

/**
 * Renames the database and its log, so that they stay together and can be looked at. The log goes
 * first: a database without it is still known as damaged, a log without it would be lost.
 */
async function quarantine(
  dir: string,
  nowMs: number,
): Promise<Result<readonly string[], StoreProblem>> {
  const lock = await takeLock(dir)
  if (!lock.ok) return lock
  const { database, log, sharedMemory } = storeFiles(dir)
  const stamp = new Date(nowMs).toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const renamed: string[] = []
  try {
    let suffix = `damaged-${stamp}`
    for (let again = 2; await exists(`${database}.${suffix}`); again += 1) {
      suffix = `damaged-${stamp}-${again}`
    }
    for (const [file, ending] of [
      [sharedMemory, '-shm'],
      [log, '-wal'],
      [database, ''],
    ] as const) {
      if (!(await exists(file))) continue
      await rename(file, `${database}.${suffix}${ending}`)
      renamed.push(`${database}.${suffix}${ending}`)
    }
    await syncDir(dir)
    return ok(renamed)
  } catch (cause) {
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    return err({ code: 'io', reason })
  } finally {
    lock.value.release()
  }
}
