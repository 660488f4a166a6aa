import { createJournal } from '../audit/index.ts'
import { createPapers } from './papers.ts'
import { keepSealed, transaction, type RebuiltFiling, type Store } from '../store/index.ts'

/**
 * Takes filings in whose row is lost and whose envelope is there, all or none, as `IN_DOUBT`: they
 * may have been sent, so the portal is asked before anything goes, and each counts as tried once.
 * It keeps its number, which stands on the slip, unless another filing has it. Call it before
 * `createOutbox`.
 */
export function adoptRebuilt(store: Store, rows: readonly RebuiltFiling[], nowMs: number): void {
  const { db } = store
  const journal = createJournal(db)
  const keep = keepSealed(db)
  const papers = createPapers(db)
  const isTaken = db.prepare('SELECT 1 FROM submission WHERE seq = ?')
  const insert = db.prepare(
    `INSERT INTO submission (seq, client_ref, request_id, group_key, procedure_code, schema_version,
       portal_id, state, body_sha256, sealed_id, next_at_ms, captured_at_ms, last_code, attempts,
       origin_kiosk_id, origin_seq, depends_on)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'IN_DOUBT', ?, ?, ?, ?, 'rebuilt', 1, ?, ?,
       (SELECT client_ref FROM submission WHERE client_ref = ?))`,
  )
  const bytes = (text: string) => Buffer.from(text, 'base64')
  transaction(db, () => {
    for (const { clientRef, description, wrapped, sealedBody } of rows) {
      insert.run(
        isTaken.get(description.seq) === undefined ? description.seq : null,
        clientRef,
        description.requestId,
        bytes(description.groupKey),
        description.procedureCode,
        description.schemaVersion,
        description.portalId,
        bytes(description.bodySha256),
        keep({ ...wrapped, sealedBody }),
        nowMs,
        description.capturedAtMs,
        description.origin?.kioskId ?? null,
        description.origin?.seq ?? null,
        description.dependsOn,
      )
      const inOrder = description.papers.toSorted((left, right) => left.ordinal - right.ordinal)
      papers.add(
        clientRef,
        inOrder.map(({ id, kind, size, sha256 }) => {
          return { id, kind, size, sha256: bytes(sha256).toString('hex') }
        }),
      )
      const reason = 'rebuilt'
      journal.append({
        clientRef,
        actor: 'outbox',
        from: null,
        to: 'IN_DOUBT',
        reason,
        atMs: nowMs,
      })
    }
  })()
}
