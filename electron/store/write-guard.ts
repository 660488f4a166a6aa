import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Ballast } from './ballast.ts'
import { systemCode } from './sqlite.ts'

/**
 * How the store failed under a write.
 * - `full`: no room, though the ballast was given back. The transaction was rolled back whole.
 * - `busy`: another program holds the lock longer than the busy timeout. Try again later.
 * - `dead`: the disk or the file failed. What was written last is unknown: close the store, open
 *   it again, which verifies it. A failed fsync is never repeated and believed.
 */
export type StoreFault =
  | { readonly code: 'full' }
  | { readonly code: 'busy' }
  | { readonly code: 'dead'; readonly reason: string }

/** Names the failures of a disk; undefined where the error is a bug. `reason` is a code. */
export function storeFault(cause: unknown): StoreFault | undefined {
  const reason = systemCode(cause)
  if (reason === undefined) return undefined
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)$/.test(reason)) return { code: 'full' }
  if (/^SQLITE_(BUSY|LOCKED)/.test(reason)) return { code: 'busy' }
  return DEAD.test(reason) ? { code: 'dead', reason } : undefined
}

const DEAD = /^(SQLITE_(IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|PROTOCOL)|EIO$|EROFS$)/

/** Runs every write of the store, so that a full disk and a dead connection are met in one place. */
export type WriteGuard = {
  /**
   * Runs a synchronous write. On a full disk the ballast is given back and the write runs once
   * more. After a `dead` fault every call fails with it, and runs nothing.
   */
  run<T>(write: () => T): Result<T, StoreFault>
  /** The fault that ended the connection, or null. */
  dead(): Extract<StoreFault, { code: 'dead' }> | null
}

/** A guard over one connection; a reopened store gets a new one. */
export function createWriteGuard(ballast: Ballast): WriteGuard {
  let dead: Extract<StoreFault, { code: 'dead' }> | null = null
  const once = <T>(write: () => T): Result<T, StoreFault> => {
    try {
      return ok(write())
    } catch (cause) {
      const fault = storeFault(cause)
      if (fault === undefined) throw cause
      if (fault.code === 'dead') dead = fault
      return err(fault)
    }
  }
  return {
    run(write) {
      if (dead !== null) return err(dead)
      const first = once(write)
      if (first.ok || first.error.code !== 'full' || !ballast.release()) return first
      return once(write)
    },
    dead: () => dead,
  }
}
