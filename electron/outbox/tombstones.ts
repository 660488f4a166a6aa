import { z } from 'zod'
import { transaction, type Database } from '../store/index.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

/**
 * Makes the function that drops what remains of filings erased before `beforeMs`, a batch at a
 * time, and tells how many went.
 */
export function createTombstones(db: Database): (beforeMs: number) => number {
  // The highest number stays, or the next slip would repeat it; so does what others wait for.
  const old = db.prepare(
    `SELECT seq, client_ref FROM submission WHERE state = 'ERASED' AND erased_at_ms < ?
       AND seq < (SELECT max(seq) FROM submission)
       AND client_ref NOT IN (SELECT depends_on FROM submission WHERE depends_on IS NOT NULL)
     LIMIT ?`,
  )
  const drops = ['attempt', 'attachment', 'submission'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE client_ref = ?`),
  )
  return transaction(db, (beforeMs: number): number => {
    const found = oldSchema.parse(old.all(beforeMs, limits.SWEEP_BATCH))
    for (const { client_ref: ref } of found) for (const drop of drops) drop.run(ref)
    return found.length
  })
}

const oldSchema = z.array(z.object({ client_ref: z.string() }))
