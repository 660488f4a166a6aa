import { systemCode } from './sqlite.ts'

/**
 * How the store failed; `reason` is an SQLite or system code.
 * - `full`: no room. The transaction was rolled back whole.
 * - `busy`: another program holds the lock longer than the busy timeout. Try again later.
 * - `dead`: the disk or the file failed. What was written last is not known: nothing may be
 *   promised, sent or written any more. The core ends itself, and the next start verifies the
 *   store. A failed fsync is never repeated and believed: it may have dropped what it was to keep.
 */
export type StoreFault = { readonly code: 'full' | 'busy' | 'dead'; readonly reason: string }

/** Names the failures of a disk; undefined where the error is a bug. */
export function storeFault(cause: unknown): StoreFault | undefined {
  const reason = systemCode(cause)
  return reason === undefined ? undefined : faultOf(reason)
}

/** As `storeFault`, by the code alone. */
export function faultOf(reason: string): StoreFault | undefined {
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)$/.test(reason)) return { code: 'full', reason }
  if (/^SQLITE_(BUSY|LOCKED)/.test(reason)) return { code: 'busy', reason }
  return DEAD.test(reason) ? { code: 'dead', reason } : undefined
}

const DEAD = /^(SQLITE_(IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|PROTOCOL)|EIO$|EROFS$)/
