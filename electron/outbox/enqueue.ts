import { createHash } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { shortRef } from '../../shared/domain/short-ref.ts'
import type { Journal } from '../audit/index.ts'
import { PORTAL_LIMITS } from '../portal/index.ts'
import { seal, sqliteCode, transaction, type KeyProvider, type Store } from '../store/index.ts'
import { kioskNumberOf } from './kiosk-number.ts'

/** A filing as the citizen confirmed it. */
export type EnqueueRequest = {
  /** From `newClientRef`, made when the visit began. */
  readonly clientRef: string
  /** Names the confirmation: a repeated one gives the first answer. At most 64 characters. */
  readonly requestId: string
  readonly procedureCode: string
  /** The citizen's number; only a keyed hash of it is kept, for order. */
  readonly citizenKey: string
  /** The exact bytes to send. */
  readonly body: Uint8Array
}

/** The kiosk's promise: from here on the filing survives a power cut. */
export type Enqueued = {
  readonly clientRef: string
  readonly seq: number
  /** Eight characters, unspaced; `formatShortRef` sets them in pairs. */
  readonly shortRef: string
}

/**
 * Why nothing was promised.
 * - `too-large`: the body exceeds what a portal takes.
 * - `client-ref-used`: other bytes were filed under this reference.
 * - `disk-full`, `io`: the store could not make it durable.
 */
export type EnqueueProblem =
  | { readonly code: 'too-large' }
  | { readonly code: 'client-ref-used' }
  | { readonly code: 'disk-full' }
  | { readonly code: 'io'; readonly reason: string }

type EnqueueDeps = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly kioskId: string
  readonly portalId: string
}

const earlierSchema = z.object({
  client_ref: z.string(),
  seq: z.int(),
  request_id: z.string(),
  body_sha256: z.instanceof(Uint8Array),
})

/** Makes the function that takes filings in. It reports whether the filing is a new one. */
export function createEnqueue({ store, keys, journal, clock, kioskId, portalId }: EnqueueDeps) {
  const kioskNumber = kioskNumberOf(kioskId)
  const earlier = store.db.prepare(
    `SELECT client_ref, seq, request_id, body_sha256 FROM submission
     WHERE request_id = ? OR client_ref = ? ORDER BY request_id = ? DESC LIMIT 1`,
  )
  const insert = store.db.prepare(
    `INSERT INTO submission (client_ref, seq, request_id, group_key, procedure_code,
       schema_version, portal_id, state, body_ct, body_sha256, dek_wrapped, kek_id, next_at_ms,
       captured_at_ms)
     VALUES (:clientRef, (SELECT coalesce(max(seq), 0) + 1 FROM submission), :requestId,
       :groupKey, :procedureCode, 1, :portalId, 'QUEUED', :bodyCt, :bodySha256, :dekWrapped,
       :kekId, :now, :now)
     RETURNING seq`,
  )

  const take = transaction(
    store.db,
    (request: EnqueueRequest): Result<{ enqueued: Enqueued; isNew: boolean }, EnqueueProblem> => {
      const { clientRef, requestId, procedureCode } = request
      const bodySha256 = createHash('sha256').update(request.body).digest()
      const found = earlier.get(requestId, clientRef, requestId)
      if (found !== undefined) {
        const row = earlierSchema.parse(found)
        // A repeated confirmation may carry newly made bytes; the ones frozen first stand.
        if (row.request_id !== requestId && !bodySha256.equals(row.body_sha256)) {
          return err({ code: 'client-ref-used' })
        }
        return ok({ enqueued: promise(row.client_ref, row.seq), isNew: false })
      }
      const sealed = seal(keys, { owner: clientRef, purpose: 'body' }, request.body)
      const now = clock.now()
      const row = insert.get({
        clientRef,
        requestId,
        groupKey: keys.mac('citizen', request.citizenKey),
        procedureCode,
        portalId,
        bodyCt: sealed.bytes,
        bodySha256,
        dekWrapped: sealed.dekWrapped,
        kekId: sealed.kekId,
        now,
      })
      const { seq } = z.object({ seq: z.int() }).parse(row)
      journal.append({
        clientRef,
        actor: 'outbox',
        from: null,
        to: 'QUEUED',
        reason: 'confirmed',
        atMs: now,
      })
      return ok({ enqueued: promise(clientRef, seq), isNew: true })
    },
  )

  function promise(clientRef: string, seq: number): Enqueued {
    return { clientRef, seq, shortRef: shortRef({ kioskNumber, seq }) }
  }

  return function enqueue(request: EnqueueRequest): ReturnType<typeof take> {
    if (request.body.length > PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES) {
      return err({ code: 'too-large' })
    }
    try {
      return take(request)
    } catch (cause) {
      const code = sqliteCode(cause)
      if (code === undefined || code.startsWith('SQLITE_CONSTRAINT')) throw cause
      return err(code === 'SQLITE_FULL' ? { code: 'disk-full' } : { code: 'io', reason: code })
    }
  }
}
