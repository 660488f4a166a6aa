import { join } from 'node:path'
import { z } from 'zod'
import { isoDate, localDate } from '../../../shared/domain/local-time.ts'
import { openDatabase, transaction } from '../../store/index.ts'

/** A filing as the sandbox keeps it: no contents, nothing personal. */
export type AcceptedFiling = {
  readonly clientRef: string
  readonly dossierCode: string
  readonly procedureCode: string
  /** SHA-256 of the filing's bytes, lower-case hex. */
  readonly sha256: string
  readonly receivedAtMs: number
}

type NewFiling = {
  readonly kioskId: string
  readonly clientRef: string
  readonly procedureCode: string
  readonly sha256: string
  readonly nowMs: number
}

/** `conflict`: the reference came before with other bytes. */
type Taken =
  | { readonly kind: 'new' | 'replay'; readonly filing: AcceptedFiling }
  | { readonly kind: 'conflict' }

/** H19.99 belongs to no organisation. */
const ORGANISATION = 'H19.99'

const rowSchema = z
  .object({
    client_ref: z.string(),
    procedure_code: z.string(),
    sha256: z.string(),
    day: z.string(),
    number: z.int(),
    received_at_ms: z.int(),
  })
  .transform((row) => ({
    clientRef: row.client_ref,
    dossierCode: `${ORGANISATION}-${row.day}-${String(row.number).padStart(7, '0')}`,
    procedureCode: row.procedure_code,
    sha256: row.sha256,
    receivedAtMs: row.received_at_ms,
  }))

/** The sandbox's books, in an SQLite file of their own. */
export async function openRegister(dir: string) {
  const opened = await openDatabase(join(dir, 'portal.sqlite'), { busyTimeoutMs: 5000 })
  if (!opened.ok) throw new Error(`the sandbox portal has no database: ${opened.error.code}`)
  const db = opened.value
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(`CREATE TABLE IF NOT EXISTS filing (
    kiosk_id TEXT NOT NULL,
    client_ref TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    day TEXT NOT NULL,
    number INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    PRIMARY KEY (kiosk_id, client_ref),
    UNIQUE (day, number)
  ) STRICT`)
  const insert = db.prepare(
    `INSERT INTO filing (kiosk_id, client_ref, sha256, procedure_code, day, number, received_at_ms)
     VALUES (:kioskId, :clientRef, :sha256, :procedureCode, :day,
       (SELECT coalesce(max(number), 0) + 1 FROM filing WHERE day = :day), :nowMs)
     ON CONFLICT (kiosk_id, client_ref) DO NOTHING`,
  )
  const one = db.prepare('SELECT * FROM filing WHERE kiosk_id = ? AND client_ref = ?')
  const find = (kioskId: string, clientRef: string): AcceptedFiling | undefined => {
    const row = one.get(kioskId, clientRef)
    return row === undefined ? undefined : rowSchema.parse(row)
  }
  return {
    /** Insert first, look second, in one transaction: two equal requests make one dossier. */
    take: transaction(db, (filing: NewFiling): Taken => {
      const day = isoDate(localDate(filing.nowMs)).replaceAll('-', '')
      const { changes } = insert.run({ ...filing, day })
      const kept = find(filing.kioskId, filing.clientRef)
      if (kept?.sha256 !== filing.sha256) return { kind: 'conflict' }
      return { kind: changes === 1 ? 'new' : 'replay', filing: kept }
    }),
    find,
    all: (): AcceptedFiling[] =>
      z.array(rowSchema).parse(db.prepare('SELECT * FROM filing ORDER BY rowid').all()),
    count: (): number =>
      z.object({ number: z.int() }).parse(db.prepare('SELECT count(*) AS number FROM filing').get())
        .number,
    close: () => void db.close(),
  }
}

/** The open books. */
export type Register = Awaited<ReturnType<typeof openRegister>>
