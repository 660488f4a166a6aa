import { z } from 'zod'
import type { Store } from './store.ts'

/** Limits of a key's life. */
export const KEY_LIMITS = {
  /** A key that is as old is replaced by the next start. */
  OLD_MS: 30 * 86_400_000,
} as const

/** Since when a key seals, as the database remembers it. */
export type KeyBirth = { readonly kekId: string; readonly bornMs: number }

/**
 * How the current key stands.
 * - `new`: its birth is not known, or is of the future, for the clock was set back: it is now.
 * - `old`: it is to be replaced. So is one that the database knows nothing of where a damaged
 *   database was put aside: data keys of filings that are erased later may lie in that one.
 */
export function judgeKey(
  birth: KeyBirth | null,
  { kekId, nowMs, isBesideDamaged }: { kekId: string; nowMs: number; isBesideDamaged: boolean },
): 'new' | 'young' | 'old' {
  if (birth === null) return isBesideDamaged ? 'old' : 'new'
  if (birth.kekId !== kekId || birth.bornMs > nowMs) return 'new'
  return nowMs - birth.bornMs >= KEY_LIMITS.OLD_MS ? 'old' : 'young'
}

/** What the database remembers; null where it never knew a key, as after a rescue. */
export function readKeyBirth({ db }: Pick<Store, 'db'>): KeyBirth | null {
  const value = db.prepare(`SELECT value FROM meta WHERE key = 'key_birth'`).pluck().get()
  if (value === undefined) return null
  return birthSchema.parse(JSON.parse(z.string().parse(value)))
}

/** Remembers since when a key seals. */
export function noteKeyBirth({ db }: Pick<Store, 'db'>, birth: KeyBirth): void {
  db.prepare(
    `INSERT INTO meta (key, value) VALUES ('key_birth', ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(JSON.stringify(birth))
}

const birthSchema = z.object({ kekId: z.string(), bornMs: z.int() })
