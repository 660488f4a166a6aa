import { join } from 'node:path'
import { z } from 'zod'
import { isoDate, localDate } from '../../../shared/domain/local-time.ts'
import { manifestEntrySchema, type ManifestEntry } from '../../portal/index.ts'
import { openDatabase, transaction, type Database } from '../../store/index.ts'
import { createUploadRows } from './upload-rows.ts'

/** A filing as the sandbox keeps it: no contents, nothing personal. */
export type AcceptedFiling = {
  readonly clientRef: string
  readonly dossierCode: string
  readonly procedureCode: string
  /** SHA-256 of the filing's bytes, lower-case hex. */
  readonly sha256: string
  readonly receivedAtMs: number
  readonly attachments: readonly ManifestEntry[]
  readonly state: 'accepted' | 'processing' | 'rejected' | 'withdrawn'
  /** What the authority asks for beside it; null for nothing. Tests put rubbish here. */
  readonly supplement: unknown
}

type NewFiling = {
  readonly kioskId: string
  readonly clientRef: string
  readonly procedureCode: string
  readonly sha256: string
  readonly attachments: readonly ManifestEntry[]
  /** Uploads of the papers, in their order: frozen together with the acceptance. */
  readonly uploadIds: readonly string[]
  /** Questions until it is decided; 0 for at once. */
  readonly polls: number
  readonly verdict: 'accepted' | 'rejected'
  readonly nowMs: number
}

/** `conflict`: the reference came before with other bytes. `papers`: an upload went meanwhile. */
type Taken =
  | { readonly kind: 'new' | 'replay'; readonly filing: AcceptedFiling }
  | { readonly kind: 'conflict' | 'withdrawn' | 'papers' }

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
    attachments: z.string(),
    state: z.enum(['accepted', 'processing', 'rejected', 'withdrawn']),
    supplement: z.string().nullable(),
  })
  .transform((row): AcceptedFiling => ({
    clientRef: row.client_ref,
    dossierCode: `${ORGANISATION}-${row.day}-${String(row.number).padStart(7, '0')}`,
    procedureCode: row.procedure_code,
    sha256: row.sha256,
    receivedAtMs: row.received_at_ms,
    attachments: z.array(manifestEntrySchema).parse(JSON.parse(row.attachments)),
    state: row.state,
    supplement: row.supplement === null ? null : JSON.parse(row.supplement),
  }))

/** The sandbox's books, in an SQLite file of their own. */
export async function openRegister(dir: string) {
  const opened = await openDatabase(join(dir, 'portal.sqlite'), { busyTimeoutMs: 5000 })
  if (!opened.ok) throw new Error(`the sandbox portal has no database: ${opened.error.code}`)
  const db = opened.value
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  bringUpToDate(db)
  const uploads = createUploadRows(db)

  const insert = db.prepare(
    `INSERT INTO filing (kiosk_id, client_ref, sha256, procedure_code, day, number, received_at_ms,
       attachments, state, polls_left, verdict)
     VALUES (:kioskId, :clientRef, :sha256, :procedureCode, :day,
       (SELECT coalesce(max(number), 0) + 1 FROM filing WHERE day = :day), :nowMs,
       :attachments, iif(:polls > 0, 'processing', :verdict), :polls, :verdict)
     ON CONFLICT (kiosk_id, client_ref) DO NOTHING`,
  )
  const one = db.prepare('SELECT * FROM filing WHERE kiosk_id = ? AND client_ref = ?')
  const isGone = db.prepare('SELECT 1 FROM withdrawn WHERE kiosk_id = ? AND client_ref = ?')
  const count = db.prepare(`SELECT count(*) AS number FROM filing WHERE state = 'accepted'`)
  const accepted = db.prepare(`SELECT * FROM filing WHERE state = 'accepted' ORDER BY rowid`)

  const find = (kioskId: string, clientRef: string): AcceptedFiling | undefined => {
    const row = one.get(kioskId, clientRef)
    return row === undefined ? undefined : rowSchema.parse(row)
  }
  const withdrawn = (kioskId: string, clientRef: string): boolean =>
    isGone.get(kioskId, clientRef) !== undefined

  return {
    uploads,
    /** Insert first, look second, in one transaction: two equal requests make one dossier. */
    take: transaction(db, (filing: NewFiling): Taken => {
      const { kioskId, clientRef, uploadIds, attachments, ...rest } = filing
      if (withdrawn(kioskId, clientRef)) return { kind: 'withdrawn' }
      const day = isoDate(localDate(filing.nowMs)).replaceAll('-', '')
      if (find(kioskId, clientRef) === undefined && !uploads.freeze(uploadIds)) {
        return { kind: 'papers' }
      }
      const { changes } = insert.run({
        kioskId,
        clientRef,
        day,
        ...rest,
        attachments: JSON.stringify(attachments),
      })
      const kept = find(kioskId, clientRef)
      if (kept?.sha256 !== filing.sha256) return { kind: 'conflict' }
      return { kind: changes === 1 ? 'new' : 'replay', filing: kept }
    }),
    find,
    withdrawn,
    /** Like `find`, as a question of the kiosk: it brings a decision nearer. */
    ask: transaction(db, (kioskId: string, clientRef: string): AcceptedFiling | undefined => {
      db.prepare(
        `UPDATE filing SET polls_left = polls_left - 1,
           state = iif(polls_left <= 1, verdict, state)
         WHERE kiosk_id = ? AND client_ref = ? AND state = 'processing'`,
      ).run(kioskId, clientRef)
      return find(kioskId, clientRef)
    }),
    /** For ever, also where the reference never came. */
    withdraw: transaction(db, (kioskId: string, clientRef: string): void => {
      db.prepare('INSERT OR IGNORE INTO withdrawn VALUES (?, ?)').run(kioskId, clientRef)
      db.prepare(`UPDATE filing SET state = 'withdrawn' WHERE kiosk_id = ? AND client_ref = ?`).run(
        kioskId,
        clientRef,
      )
    }),
    /** Asks for more beside the filing that came last; false where there is none. */
    requestSupplement: (request: unknown): boolean =>
      db
        .prepare(
          `UPDATE filing SET supplement = ? WHERE rowid =
             (SELECT max(rowid) FROM filing WHERE state = 'accepted')`,
        )
        .run(request === null ? null : JSON.stringify(request)).changes === 1,
    /** Loses a filing, as a portal does that is restored from an older copy. */
    forget: (kioskId: string, clientRef: string): void =>
      void db
        .prepare('DELETE FROM filing WHERE kiosk_id = ? AND client_ref = ?')
        .run(kioskId, clientRef),
    all: (): AcceptedFiling[] => z.array(rowSchema).parse(accepted.all()),
    count: (): number => z.object({ number: z.int() }).parse(count.get()).number,
    close: () => void db.close(),
  }
}

/** The open books. */
export type Register = Awaited<ReturnType<typeof openRegister>>

/** Books of an earlier sandbox get the newer columns; their filings stay. */
function bringUpToDate(db: Database): void {
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
  const version = db.pragma('user_version', { simple: true })
  if (version === 0) addPapersAndStates(db)
  if (version === 0 || version === 1) {
    db.exec(`BEGIN;
      ALTER TABLE filing ADD COLUMN supplement TEXT;
      PRAGMA user_version = 2;
      COMMIT`)
  }
}

function addPapersAndStates(db: Database): void {
  db.exec(`BEGIN;
    ALTER TABLE filing ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE filing ADD COLUMN state TEXT NOT NULL DEFAULT 'accepted';
    ALTER TABLE filing ADD COLUMN polls_left INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE filing ADD COLUMN verdict TEXT NOT NULL DEFAULT 'accepted';
    CREATE TABLE withdrawn (
      kiosk_id TEXT NOT NULL,
      client_ref TEXT NOT NULL,
      PRIMARY KEY (kiosk_id, client_ref)
    ) STRICT;
    CREATE TABLE upload (
      id TEXT PRIMARY KEY,
      kiosk_id TEXT NOT NULL,
      client_ref TEXT NOT NULL,
      attachment_id TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size INTEGER NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      frozen INTEGER NOT NULL DEFAULT 0,
      UNIQUE (kiosk_id, client_ref, attachment_id)
    ) STRICT;
    PRAGMA user_version = 1;
    COMMIT`)
}
