import type { Database } from 'better-sqlite3'
import { z } from 'zod'

/**
 * Tables of the queue numbers. `ticket_counter` only ever counts up; `ticket` is the memory that
 * gives one request one number. No person, no errand.
 */
export const ticketSchemaSql = `
CREATE TABLE ticket_counter(
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  series TEXT NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (day, series)
) STRICT, WITHOUT ROWID;
CREATE TABLE ticket(
  request_id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  series TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n > 0),
  counter TEXT NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  UNIQUE (day, series, n)
) STRICT, WITHOUT ROWID;
`

/** The letter and the counter of each group of procedures. Letters must differ. */
export type TicketGroups = Readonly<
  Record<string, { readonly letter: string; readonly counter: string }>
>

/** A place in the queue. */
export type Ticket = {
  /** Letter and at least three digits, "A027". */
  readonly number: string
  readonly counter: string
  /** When it was taken first; a repeated request keeps it. ms since the epoch. */
  readonly issuedAtMs: number
}

/** Letters that are heard apart and not taken for digits. */
const LETTERS = 'ABCDEGHKLMNPRSTVX'

/** Gives the groups of a profile (`counters`) their letters, in the profile's order. */
export function ticketGroups(counters: Readonly<Record<string, string>>): TicketGroups {
  return Object.fromEntries(
    Object.entries(counters).map(([group, counter], index) => {
      const letter = LETTERS[index]
      if (letter === undefined) throw new Error('more ticket groups than letters')
      return [group, { letter, counter }]
    }),
  )
}

const ticketRow = z
  .object({ series: z.string(), n: z.number(), counter: z.string(), issued_at_ms: z.number() })
  .transform((row): Ticket => ({
    number: `${row.series}${String(row.n).padStart(3, '0')}`,
    counter: row.counter,
    issuedAtMs: row.issued_at_ms,
  }))
const counterRow = z.object({ last: z.number() })

/** The ticket that a request was given; null where it was given none. */
export function ticketOf(db: Database, requestId: string): Ticket | null {
  const row = db
    .prepare('SELECT series, n, counter, issued_at_ms FROM ticket WHERE request_id = ?')
    .get(requestId)
  return row === undefined ? null : ticketRow.parse(row)
}

/**
 * Takes the next number of a group's day, in one transaction (or inside the caller's). The same
 * request gets the same ticket again, also on another day; a number is never given twice. A group
 * that is not in `groups` is a bug of the caller and throws.
 */
export function nextTicket(
  db: Database,
  request: {
    readonly requestId: string
    /** yyyy-mm-dd in Vietnam. */
    readonly day: string
    readonly group: string
    readonly nowMs: number
  },
  groups: TicketGroups,
): Ticket {
  const group = groups[request.group]
  if (!group) throw new Error(`unknown ticket group ${request.group}`)

  return db
    .transaction((): Ticket => {
      const before = ticketOf(db, request.requestId)
      if (before !== null) return before

      const { last } = counterRow.parse(
        db
          .prepare(
            `INSERT INTO ticket_counter(day, series, last) VALUES (?, ?, 1)
             ON CONFLICT (day, series) DO UPDATE SET last = last + 1 RETURNING last`,
          )
          .get(request.day, group.letter),
      )
      return ticketRow.parse(
        db
          .prepare(
            `INSERT INTO ticket(request_id, day, series, n, counter, issued_at_ms)
             VALUES (?, ?, ?, ?, ?, ?) RETURNING series, n, counter, issued_at_ms`,
          )
          .get(request.requestId, request.day, group.letter, last, group.counter, request.nowMs),
      )
    })
    .immediate()
}
