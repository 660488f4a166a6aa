import { createHash } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { shortRef } from '../../shared/domain/short-ref.ts'
import type { Journal } from '../audit/index.ts'
import { PORTAL_LIMITS } from '../portal/index.ts'
import {
  keepSealed,
  newFilingKey,
  sqliteCode,
  transaction,
  type FilingKey,
  type KeyProvider,
  type SealedFiles,
  type Store,
} from '../store/index.ts'
import { crashPoint } from './crash-point.ts'
import { kioskNumberOf } from './kiosk-number.ts'
import { createPapers, type ConfirmedPaper } from './papers.ts'

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
  /** The papers of the body's manifest, where it lists any. */
  readonly papers?: {
    /** From `SealedFiles.begin`: they were sealed under it when they were scanned. */
    readonly key: FilingKey
    readonly list: readonly ConfirmedPaper[]
  }
  /** Client reference of a filing that must be accepted before this one goes; it must be known. */
  readonly dependsOn?: string
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
  readonly files: Pick<SealedFiles, 'confirmNow' | 'takeBackNow'>
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly kioskId: string
  readonly portalId: string
  /** Kept with the filing, with `offsetMs`: what its times are worth. */
  readonly bootId: string
  readonly offsetMs: () => number | null
}

/** What the line needs to know of a new filing. */
export type Entered = {
  readonly seq: number
  readonly groupKey: Uint8Array
  readonly nextAtMs: number
  readonly dependsOn: string | null
  /** Of its papers; null where it has none. */
  readonly uploadBytes: number | null
}

/** The form of the bodies that this version of the kiosk makes. */
const SCHEMA_VERSION = 1

const earlierSchema = z.object({
  client_ref: z.string(),
  seq: z.int(),
  request_id: z.string(),
  body_sha256: z.instanceof(Uint8Array),
})

/** Makes the function that takes filings in. `entered` is null where it was there already. */
export function createEnqueue(deps: EnqueueDeps) {
  const { store, keys, files, journal, clock, kioskId, portalId, bootId, offsetMs } = deps
  const kioskNumber = kioskNumberOf(kioskId)
  const earlier = store.db.prepare(
    `SELECT client_ref, seq, request_id, body_sha256 FROM submission
     WHERE request_id = ? OR client_ref = ? ORDER BY request_id = ? DESC LIMIT 1`,
  )
  const keep = keepSealed(store.db)
  const papers = createPapers(store.db)
  // Reserved before the envelope is written, because the slip's reference is made of it.
  const nextSeq = store.db.prepare('SELECT coalesce(max(seq), 0) + 1 FROM submission').pluck()
  const insert = store.db.prepare(
    `INSERT INTO submission (seq, client_ref, request_id, group_key, procedure_code, schema_version,
       portal_id, state, body_sha256, sealed_id, next_at_ms, captured_at_ms, depends_on, boot_id,
       clock_offset_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?)`,
  )

  /** The key of the envelope that the running call has written; null before it has. */
  let enveloped: FilingKey | null = null

  type Taken = Result<{ enqueued: Enqueued; entered: Entered | null }, EnqueueProblem>
  const take = transaction(store.db, (request: EnqueueRequest): Taken => {
    const { clientRef, requestId, procedureCode } = request
    const bodySha256 = createHash('sha256').update(request.body).digest()
    const known = earlier.get(requestId, clientRef, requestId)
    if (known !== undefined) return takenBefore(known, request, bodySha256)
    const seq = z.int().parse(nextSeq.get())
    const filing = request.papers?.key ?? newFilingKey(keys)
    const list = request.papers?.list ?? []
    const groupKey = keys.mac('citizen', request.citizenKey)
    const now = clock.now()
    const dependsOn = request.dependsOn ?? null
    const sealedBody = files.confirmNow(
      clientRef,
      filing,
      {
        seq,
        requestId,
        groupKey: Buffer.from(groupKey).toString('base64'),
        procedureCode,
        schemaVersion: SCHEMA_VERSION,
        portalId,
        bodySha256: bodySha256.toString('base64'),
        capturedAtMs: now,
        dependsOn,
        papers: list.map(({ id, kind, size, sha256 }, ordinal) => {
          return { id, ordinal, kind, size, sha256: Buffer.from(sha256, 'hex').toString('base64') }
        }),
      },
      request.body,
    )
    if (!sealedBody.ok) return sealedBody
    enveloped = filing
    crashPoint('envelope-without-row')
    insert.run(
      seq,
      clientRef,
      requestId,
      groupKey,
      procedureCode,
      SCHEMA_VERSION,
      portalId,
      bodySha256,
      keep({ ...filing.wrap(), sealedBody: sealedBody.value }),
      now,
      now,
      dependsOn,
      bootId,
      offsetMs(),
    )
    papers.add(clientRef, list)
    journal.append({
      clientRef,
      actor: 'outbox',
      from: null,
      to: 'QUEUED',
      reason: 'confirmed',
      atMs: now,
    })
    const uploadBytes = list.length === 0 ? null : list.reduce((sum, { size }) => sum + size, 0)
    const entered = { seq, groupKey, nextAtMs: now, dependsOn, uploadBytes }
    return ok({ enqueued: promise(clientRef, seq), entered })
  })

  function takenBefore(known: unknown, { requestId }: EnqueueRequest, bodySha256: Buffer): Taken {
    const row = earlierSchema.parse(known)
    // A repeated confirmation may carry newly made bytes; the ones frozen first stand.
    if (row.request_id !== requestId && !bodySha256.equals(row.body_sha256)) {
      return err({ code: 'client-ref-used' })
    }
    return ok({ enqueued: promise(row.client_ref, row.seq), entered: null })
  }

  function promise(clientRef: string, seq: number): Enqueued {
    return { clientRef, seq, shortRef: shortRef({ kioskNumber, seq }) }
  }

  return function enqueue(request: EnqueueRequest): Taken {
    if (request.body.length > PORTAL_LIMITS.REQUEST_BODY_MAX_BYTES) {
      return err({ code: 'too-large' })
    }
    enveloped = null
    try {
      return take(request)
    } catch (cause) {
      // What was not promised must not be found by the next start and sent.
      if (enveloped !== null) files.takeBackNow(request.clientRef, enveloped)
      const code = sqliteCode(cause)
      // A violated constraint is a bug of the caller.
      if (code === undefined || code.startsWith('SQLITE_CONSTRAINT')) throw cause
      return err(code === 'SQLITE_FULL' ? { code: 'disk-full' } : { code: 'io', reason: code })
    }
  }
}
