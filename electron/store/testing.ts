import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import type { Result } from '../../shared/domain/result.ts'
import type { FilingDescription } from './envelope.ts'
import type { SealedFiles } from './files.ts'
import { newFilingKey } from './filing-key.ts'
import type { KeyProvider } from './keys.ts'
import { keepSealed } from './sealed-rows.ts'
import { unseal } from './sealing.ts'
import type { Store } from './store.ts'

/** For tests: a folder of its own, gone when the test ends. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-store-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

/** The value of a result that the test expects to be one. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A client reference that a test recognises: a UUID with this number at its end. */
export function inventedRef(number: number): string {
  return `01890000-0000-7000-8000-${String(number).padStart(12, '0')}`
}

/** Puts a filing into the store as an outbox would, with its sealed envelope; gives its body. */
export async function fileInvented(
  store: Pick<Store, 'db'>,
  files: SealedFiles,
  keys: KeyProvider,
  seq: number,
): Promise<{ clientRef: string; body: Buffer; sealedBody: Uint8Array }> {
  const clientRef = inventedRef(seq)
  const body = Buffer.from(`invented body ${seq}`)
  const filing = newFilingKey(keys)
  const description = inventedDescription(seq, body)
  const sealedBody = must(await files.confirm(clientRef, filing, description, body))
  const sealedId = keepSealed(store.db)({ ...filing.wrap(), sealedBody })
  store.db
    .prepare(
      `INSERT INTO submission (seq, client_ref, request_id, group_key, procedure_code,
         schema_version, portal_id, state, body_sha256, next_at_ms, captured_at_ms, sealed_id)
       VALUES (?, ?, ?, ?, '1.0', 1, 'portal', 'QUEUED', ?, 0, 0, ?)`,
    )
    .run(
      seq,
      clientRef,
      description.requestId,
      Buffer.from(description.groupKey, 'base64'),
      Buffer.from(description.bodySha256, 'base64'),
      sealedId,
    )
  return { clientRef, body, sealedBody }
}

/** What the envelope of an invented filing says. */
export function inventedDescription(seq: number, body: Uint8Array): FilingDescription {
  return {
    seq,
    requestId: `request-${seq}`,
    groupKey: Buffer.alloc(32, seq).toString('base64'),
    procedureCode: '1.0',
    schemaVersion: 1,
    portalId: 'portal',
    bodySha256: createHash('sha256').update(body).digest('base64'),
    capturedAtMs: 0,
    dependsOn: null,
    papers: [],
  }
}

/** The bodies that open in a store, by client reference; `null` where one does not. */
export function openBodies(
  { db }: Pick<Store, 'db'>,
  keys: KeyProvider,
): Record<string, string | null> {
  const rows = bodyRows.parse(
    db
      .prepare(`SELECT client_ref, body_ct, dek_wrapped, kek_id
         FROM submission JOIN sealed ON sealed.id = sealed_id`)
      .all(),
  )
  return Object.fromEntries(
    rows.map((row) => {
      const sealed = { bytes: row.body_ct, dekWrapped: row.dek_wrapped, kekId: row.kek_id }
      const body = unseal(keys, { owner: row.client_ref, purpose: 'body' }, sealed)
      return [row.client_ref, body.ok ? Buffer.from(body.value).toString() : null]
    }),
  )
}

const bodyRows = z.array(
  z.object({
    client_ref: z.string(),
    body_ct: z.instanceof(Uint8Array),
    dek_wrapped: z.instanceof(Uint8Array),
    kek_id: z.string(),
  }),
)
