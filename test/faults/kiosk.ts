import { createHash } from 'node:crypto'
import { z } from 'zod'
import { adoptRebuilt, createOutbox, type OutboxDeps } from '../../electron/outbox/index.ts'
import { KIOSK_ID, must } from '../../electron/outbox/testing.ts'
import type { PortalAdapter } from '../../electron/portal/index.ts'
import {
  createSealedFiles,
  filingRows,
  openFilingKey,
  openKeyFile,
  openStore,
  storeSchemaSql,
  unseal,
  type SealedFiles,
} from '../../electron/store/index.ts'

/** The one place of the suite that knows how a kiosk's outbox is put together. */

export {
  inventFiling as invent,
  KIOSK_ID,
  must,
  PROCEDURE,
  START_MS,
  type Invented,
} from '../../electron/outbox/testing.ts'

type KioskOptions = Pick<
  OutboxDeps,
  'portal' | 'clock' | 'timers' | 'random' | 'log' | 'keepAcceptedMs'
> & {
  readonly dir: string
  /** Schemas after the product's own, for rows about updates. */
  readonly laterSchemas?: readonly string[]
  /** Leaves the envelopes alone, to see what the database itself has kept. */
  readonly databaseAlone?: boolean
  /** Stands before the sealed files. */
  readonly watchFiles?: (files: SealedFiles) => SealedFiles
}

/** The real store, keys and outbox over a folder. The outbox is not started. */
export async function openKiosk({
  dir,
  laterSchemas = [],
  databaseAlone = false,
  watchFiles = (files) => files,
  ...deps
}: KioskOptions) {
  const keys = must(await openKeyFile(dir))
  const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql, ...laterSchemas] }))
  const files = watchFiles(createSealedFiles(dir, keys))
  const rowOf = filingRows(store)
  if (!databaseAlone) {
    const { found } = await files.sweep({ rowOf, visiting: null, nowMs: deps.clock.now() })
    adoptRebuilt(store, found, deps.clock.now())
  }
  const outbox = createOutbox({ ...deps, store, keys, files, kioskId: KIOSK_ID })
  return {
    dir,
    keys,
    store,
    files,
    outbox,
    async close(): Promise<void> {
      await outbox.stop()
      store.close()
    },
  }
}

/** An open kiosk. */
export type Kiosk = Awaited<ReturnType<typeof openKiosk>>

/** What an invented filing is known by outside the process that made it. */
export const inventedSchema = z.object({
  clientRef: z.string(),
  marker: z.string(),
  number: z.string(),
})

const sealedRowSchema = z
  .object({
    body_ct: z.instanceof(Uint8Array),
    dek_wrapped: z.instanceof(Uint8Array),
    kek_id: z.string(),
  })
  .optional()

function sealedRow({ store }: Kiosk, clientRef: string) {
  return sealedRowSchema.parse(
    store.db
      .prepare(`SELECT body_ct, dek_wrapped, kek_id FROM submission
         JOIN sealed ON id = sealed_id WHERE client_ref = ?`)
      .get(clientRef),
  )
}

/** The filing's bytes as the store keeps them, opened; undefined where they are lost or damaged. */
export function readBody(kiosk: Kiosk, clientRef: string): Uint8Array | undefined {
  const row = sealedRow(kiosk, clientRef)
  if (row === undefined) return undefined
  const opened = unseal(
    kiosk.keys,
    { owner: clientRef, purpose: 'body' },
    { bytes: row.body_ct, dekWrapped: row.dek_wrapped, kekId: row.kek_id },
  )
  return opened.ok ? opened.value : undefined
}

/**
 * SHA-256 in hexadecimal of a paper as its file keeps it, opened with the key in the store;
 * undefined where either is lost or damaged.
 */
export async function readPaper(
  kiosk: Kiosk,
  clientRef: string,
  id: string,
): Promise<string | undefined> {
  const row = sealedRow(kiosk, clientRef)
  if (row === undefined) return undefined
  const key = openFilingKey(kiosk.keys, { dekWrapped: row.dek_wrapped, kekId: row.kek_id })
  const paper = key.ok ? await kiosk.files.openPaper(clientRef, key.value, id) : key
  if (!paper.ok) return undefined
  const bytes = await paper.value.read(0, paper.value.size)
  await paper.value.close()
  return bytes.ok ? createHash('sha256').update(bytes.value).digest('hex') : undefined
}

/** A portal that is not there, where nothing should leave the kiosk. */
export const nobody: PortalAdapter = {
  capabilities: {
    replaySafe: true,
    statusByRef: true,
    statusBatch: true,
    withdraw: false,
    resumableUpload: false,
    signedReceipt: true,
    supplement: false,
  },
  send: async () => ({ kind: 'not-sent', cause: 'nobody' }),
  status: async () => ({ kind: 'unknown', cause: 'nobody' }),
  statusOf: async (filings) =>
    new Map(filings.map(({ clientRef }) => [clientRef, { kind: 'unknown', cause: 'nobody' }])),
  withdraw: async () => ({ kind: 'unknown', cause: 'nobody' }),
  upload: async () => ({ kind: 'not-sent', cause: 'nobody' }),
  dropUpload: async () => {},
  health: async () => ({ kind: 'away', cause: 'nobody' }),
  close: async () => {},
}
