import { z } from 'zod'
import type { Database } from './sqlite.ts'

/** Limits of the store. */
export const STORE_LIMITS = {
  /** Wait for another program that holds a lock, such as a backup tool. */
  BUSY_TIMEOUT_MS: 5000,
  /** The write-ahead log is cut back to this after a checkpoint. */
  JOURNAL_SIZE_LIMIT_BYTES: 4 * 1024 * 1024,
} as const

/**
 * Settings of the one read-write connection, each with the value that must be read back.
 * `synchronous` is the reason for the read-back: the driver is built so that WAL means NORMAL,
 * and NORMAL loses acknowledged filings at a power cut. `mmap_size` is never set.
 */
const pragmas: readonly (readonly [name: string, value: string, readBack: string | number])[] = [
  ['busy_timeout', String(STORE_LIMITS.BUSY_TIMEOUT_MS), STORE_LIMITS.BUSY_TIMEOUT_MS],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
  // In KiB. The driver's own 16 MiB would be filled by the check at every start, and never be used.
  ['cache_size', '-4096', -4096],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  [
    'journal_size_limit',
    String(STORE_LIMITS.JOURNAL_SIZE_LIMIT_BYTES),
    STORE_LIMITS.JOURNAL_SIZE_LIMIT_BYTES,
  ],
]

/** Sets every pragma. */
export function setPragmas(db: Database): void {
  for (const [name, value] of pragmas) db.pragma(`${name} = ${value}`)
}

/**
 * Names the first pragma that did not take, or undefined. Call it after a first read: SQLite
 * settles some of them only when it touches the file.
 */
export function firstWrongPragma(db: Database): string | undefined {
  return pragmas.find(([name, , expected]) => db.pragma(name, { simple: true }) !== expected)?.[0]
}

/** The schema version that the file says it has. */
export function userVersion(db: Database): number {
  return z.int().parse(db.pragma('user_version', { simple: true }))
}
