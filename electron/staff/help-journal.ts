import { z } from 'zod'
import type { Database } from '../store/index.ts'

/** One line of the journal about help: who, what kind, for which filing. No content, no person. */
export interface HelpLine {
  /** ISO 8601. */
  readonly at: string
  readonly actor: string
  readonly what: string
  readonly clientRef: string | null
}

const rowsSchema = z.array(
  z.object({
    at_ms: z.int(),
    actor: z.string(),
    reason: z.string(),
    client_ref: z.string().nullable(),
  }),
)

/** The last lines about help, unlocking and the book of assistants, the oldest of them first. */
export function readHelpJournal(db: Database, limit: number): HelpLine[] {
  const rows = db
    .prepare(
      `SELECT at_ms, actor, reason, client_ref FROM event
       WHERE actor GLOB 'assistant:*' OR reason GLOB 'assistant-*' OR reason GLOB 'unlock-*'
       ORDER BY id DESC LIMIT ?`,
    )
    .all(limit)
  return rowsSchema
    .parse(rows)
    .toReversed()
    .map(({ at_ms: atMs, actor, reason: what, client_ref: clientRef }) => ({
      at: new Date(atMs).toISOString(),
      actor,
      what,
      clientRef,
    }))
}
