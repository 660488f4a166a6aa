import { z } from 'zod'
import { manifestEntrySchema, type ManifestEntry } from '../portal/index.ts'
import type { Database } from '../store/index.ts'

/** A paper that lies sealed in the filing's folder, as the confirmation lists it. */
export type ConfirmedPaper = ManifestEntry & {
  /** Code of the component (thành phần hồ sơ) that it is. */
  readonly kind: string
}

/** A paper whose bytes the portal has not got whole. */
export type WaitingPaper = ManifestEntry & {
  /** Where its upload lies at the portal; null where none was begun. */
  readonly url: string | null
  /** The furthest that the portal has confirmed, in bytes. */
  readonly offset: number
  /** Turns since then that brought nothing. */
  readonly stalls: number
}

/** What a turn of the upload has brought. */
export type PaperProgress = {
  readonly complete: boolean
  readonly offset: number
  readonly stalls: number
}

const waitingSchema = manifestEntrySchema
  .extend({
    upload_url: z.string().nullable(),
    upload_offset: z.int(),
    stalls: z.int(),
  })
  .transform(({ upload_url: url, upload_offset: offset, ...rest }): WaitingPaper => ({
    ...rest,
    url,
    offset,
  }))

/** The table `attachment`: the papers of the filings, and how far each has come. */
export function createPapers(db: Database) {
  const insert = db.prepare(
    `INSERT INTO attachment (client_ref, id, ordinal, kind, size, sha256)
     VALUES (:clientRef, :id, :ordinal, :kind, :size, unhex(:sha256))`,
  )
  const manifest = db.prepare(
    `SELECT id, lower(hex(sha256)) AS sha256, size FROM attachment
     WHERE client_ref = ? ORDER BY ordinal`,
  )
  const firstWaiting = db.prepare(
    `SELECT id, lower(hex(sha256)) AS sha256, size, upload_url, upload_offset, stalls
     FROM attachment WHERE client_ref = ? AND state = 'WAITING' ORDER BY ordinal LIMIT 1`,
  )
  const waitingBytes = db
    .prepare(
      `SELECT sum(size - upload_offset) FROM attachment WHERE client_ref = ? AND state = 'WAITING'`,
    )
    .pluck()
  const allWaiting = db
    .prepare(
      `SELECT s.seq, sum(a.size - a.upload_offset) FROM attachment a
         JOIN submission s ON s.client_ref = a.client_ref
       WHERE a.state = 'WAITING' AND s.group_key IS NOT NULL GROUP BY s.seq`,
    )
    .raw()
  const locate = db.prepare(
    `UPDATE attachment SET upload_url = ?, upload_offset = 0 WHERE client_ref = ? AND id = ?`,
  )
  const note = db.prepare(
    `UPDATE attachment SET state = :state, upload_offset = :offset, stalls = :stalls
     WHERE client_ref = :clientRef AND id = :id`,
  )
  const again = db.prepare(
    `UPDATE attachment SET state = 'WAITING', upload_url = NULL, upload_offset = 0, stalls = 0
     WHERE client_ref = :clientRef AND (:id IS NULL OR id = :id)`,
  )
  const urls = db
    .prepare('SELECT upload_url FROM attachment WHERE client_ref = ? AND upload_url IS NOT NULL')
    .pluck()
  return {
    /** In the order of the body's manifest; inside the transaction that takes the filing in. */
    add(clientRef: string, papers: readonly ConfirmedPaper[]): void {
      for (const [ordinal, { id, kind, size, sha256 }] of papers.entries()) {
        insert.run({ clientRef, id, ordinal, kind, size, sha256 })
      }
    },
    manifest: (clientRef: string): ManifestEntry[] =>
      z.array(manifestEntrySchema).parse(manifest.all(clientRef)),
    /** The next paper to upload; undefined where all are complete. */
    waiting: (clientRef: string): WaitingPaper | undefined =>
      waitingSchema.optional().parse(firstWaiting.get(clientRef)),
    /** Bytes that the portal has not got; null where all papers are complete. */
    waitingBytes: (clientRef: string): number | null =>
      z.int().nullable().parse(waitingBytes.get(clientRef)),
    /** The same of every filing that has some, by its number. */
    allWaitingBytes: (): Map<number, number> =>
      new Map(z.array(z.tuple([z.int(), z.int()])).parse(allWaiting.all())),
    /** Where the upload lies from now on; null: it is begun anew. */
    locate: (clientRef: string, id: string, url: string | null): void =>
      void locate.run(url, clientRef, id),
    note(clientRef: string, id: string, { complete, offset, stalls }: PaperProgress): void {
      note.run({ clientRef, id, state: complete ? 'COMPLETE' : 'WAITING', offset, stalls })
    },
    /** The portal wants these once more, or all where it names none that it could mean. */
    again(clientRef: string, ids: readonly string[]): void {
      const known = new Set(ids.filter((id) => again.run({ clientRef, id }).changes > 0))
      if (known.size === 0) again.run({ clientRef, id: null })
    },
    /** Uploads at the portal that nobody needs any more once the filing is dropped. */
    urls: (clientRef: string): string[] => z.array(z.string()).parse(urls.all(clientRef)),
  }
}
