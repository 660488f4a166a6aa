import { z } from 'zod'
import { readOutbox, type Submission } from '../outbox/index.ts'
import { kioskFiles } from '../settings/index.ts'
import { openStoreForReading, sqliteCode, type Database } from '../store/index.ts'
import type { CommandContext } from './command.ts'

/** What a look into the store of a kiosk offers. */
type OutboxReader = ReturnType<typeof readOutbox>

/** Every filing on this kiosk, oldest first, without contents; null as for `lookIntoOutbox`. */
export function readFilings(context: CommandContext): Promise<readonly Submission[] | null> {
  return lookIntoOutbox(context, (outbox) => outbox.list())
}

/** Reads an outbox beside a running core. Null as for `lookIntoStore`. */
export function lookIntoOutbox<T>(
  context: CommandContext,
  look: (outbox: OutboxReader) => T,
): Promise<T | null> {
  return lookIntoStore(context, (db) => look(readOutbox(db, storedKioskId(db) ?? '')))
}

/** Reads a store beside a running core. Null where it cannot be read, which was said then. */
export async function lookIntoStore<T>(
  { dataDir, complain }: CommandContext,
  look: (db: Database) => T,
): Promise<T | null> {
  const dir = kioskFiles(dataDir).store
  const store = await openStoreForReading(dir)
  if (!store.ok) {
    complain(store.error.code === 'io' ? noKioskData(dataDir) : unreadable(store.error.reason, dir))
    return null
  }
  try {
    return look(store.value.db)
  } catch (cause) {
    const code = sqliteCode(cause)
    if (code === undefined) throw cause
    complain(unreadable(code, dir))
    return null
  } finally {
    store.value.close()
  }
}

/** The filing of a client reference or a slip reference, as people type them. */
export function findFiling(
  filings: readonly Submission[],
  reference: string,
): Submission | undefined {
  const wanted = reference.toUpperCase()
  const short = wanted.replace(/[\s.-]/g, '')
  return filings.find(
    ({ clientRef, shortRef }) => clientRef.toUpperCase() === wanted || shortRef === short,
  )
}

/** The id under which the last core ran; null where none ever did. */
export function storedKioskId(db: Database): string | null {
  const row = db.prepare(`SELECT value FROM meta WHERE key = 'kiosk_id'`).get()
  return z.object({ value: z.string() }).optional().parse(row)?.value ?? null
}

/** Nothing has ever been kept in this data directory. */
export function noKioskData(dataDir: string): string {
  return `no kiosk data: start a kiosk with --data-dir ${dataDir}, or name another`
}

/** The file is never to be thrown away: it may hold filings that only this kiosk has. */
function unreadable(reason: string, dir: string): string {
  return `the kiosk's store cannot be read (${reason}): keep ${dir} as it is, it may hold filings`
}
