import { z } from 'zod'
import type { Database } from '../../store/index.ts'

/** One upload as the books have it; its offset is the length of its file. */
export type UploadRow = {
  readonly id: string
  readonly kioskId: string
  readonly clientRef: string
  readonly attachmentId: string
  /** Of the whole file, as the kiosk announced it. */
  readonly sha256: string
  readonly size: number
  readonly expiresAtMs: number
  /** Part of an accepted filing. */
  readonly frozen: boolean
}

const rowSchema = z
  .object({
    id: z.string(),
    kiosk_id: z.string(),
    client_ref: z.string(),
    attachment_id: z.string(),
    sha256: z.string(),
    size: z.int(),
    expires_at_ms: z.int(),
    frozen: z.int(),
  })
  .transform((row): UploadRow => ({
    id: row.id,
    kioskId: row.kiosk_id,
    clientRef: row.client_ref,
    attachmentId: row.attachment_id,
    sha256: row.sha256,
    size: row.size,
    expiresAtMs: row.expires_at_ms,
    frozen: row.frozen === 1,
  }))

/** The books' pages on uploads. */
export function createUploadRows(db: Database) {
  const insert = db.prepare(
    `INSERT INTO upload (id, kiosk_id, client_ref, attachment_id, sha256, size, expires_at_ms)
     VALUES (:id, :kioskId, :clientRef, :attachmentId, :sha256, :size, :expiresAtMs)`,
  )
  const byId = db.prepare('SELECT * FROM upload WHERE id = ?')
  const byPaper = db.prepare(
    'SELECT * FROM upload WHERE kiosk_id = ? AND client_ref = ? AND attachment_id = ?',
  )
  const freezeOne = db.prepare('UPDATE upload SET frozen = 1 WHERE id = ?')
  const remove = db.prepare('DELETE FROM upload WHERE id = ? AND frozen = 0')
  const prolong = db.prepare('UPDATE upload SET expires_at_ms = ? WHERE id = ?')
  const count = db.prepare('SELECT count(*) FROM upload').pluck()
  const parse = (row: unknown) => (row === undefined ? undefined : rowSchema.parse(row))
  return {
    add: (row: Omit<UploadRow, 'frozen'>): void => void insert.run(row),
    find: (id: string): UploadRow | undefined => parse(byId.get(id)),
    findPaper: (kioskId: string, clientRef: string, attachmentId: string): UploadRow | undefined =>
      parse(byPaper.get(kioskId, clientRef, attachmentId)),
    /** False where one is gone; to be called in a transaction that then must not go on. */
    freeze(ids: readonly string[]): boolean {
      if (ids.some((id) => byId.get(id) === undefined)) return false
      for (const id of ids) freezeOne.run(id)
      return true
    },
    count: (): number => z.int().parse(count.get()),
    prolong: (id: string, expiresAtMs: number): void => void prolong.run(expiresAtMs, id),
    /** Frozen uploads stay. */
    remove: (id: string): void => void remove.run(id),
  }
}
