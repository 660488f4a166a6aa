import { z } from 'zod'
import { countConfirmed } from './envelope-files.ts'
import { openDatabase, sqliteCode } from './sqlite.ts'
import { exists, missingPart, storeFiles } from './store-files.ts'

/** What lies in a store that nobody has opened yet. */
export type AtRest = {
  /** Filings that the portal has not acknowledged, or that are not erased yet. */
  readonly undelivered: number
  /** What kept the key when the store was last open; null for a new or unreadable store. */
  readonly provider: string | null
}

const countSchema = z.object({ number: z.int() })
const valueSchema = z.object({ value: z.string() }).optional()

/** How long the look waits for another program that holds the database. */
const BUSY_TIMEOUT_MS = 1000

/**
 * Looks into a store before its key is opened, so that no key is ever made over filings that
 * another one seals. Where the database is missing or unreadable, the sealed envelopes count.
 */
export async function filingsAtRest(storeDir: string): Promise<AtRest> {
  const byEnvelopes = async () => ({ undelivered: await countConfirmed(storeDir), provider: null })
  const { database } = storeFiles(storeDir)
  // To read a database that lacks its log would create an empty one, and hide the loss.
  if (!(await exists(database)) || (await missingPart(storeDir)) !== null) {
    return byEnvelopes()
  }
  const opened = await openDatabase(database, { readonly: true, busyTimeoutMs: BUSY_TIMEOUT_MS })
  if (!opened.ok) return byEnvelopes()
  const db = opened.value
  try {
    const { number } = countSchema.parse(
      db.prepare('SELECT count(*) AS number FROM submission WHERE group_key IS NOT NULL').get(),
    )
    const known = valueSchema.parse(
      db.prepare(`SELECT value FROM meta WHERE key = 'key_provider'`).get(),
    )
    const undelivered = number > 0 ? number : await countConfirmed(storeDir)
    return { undelivered, provider: known?.value ?? null }
  } catch (cause) {
    // No such table in a database that was never filled; or damage, which the opening will find.
    if (sqliteCode(cause) === undefined) throw cause
    return await byEnvelopes()
  } finally {
    db.close()
  }
}
