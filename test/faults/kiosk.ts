import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import {
  adoptRebuilt,
  createOutbox,
  newClientRef,
  type OutboxDeps,
} from '../../electron/outbox/index.ts'
import type { Filing, PortalAdapter } from '../../electron/portal/index.ts'
import {
  createSealedFiles,
  filingRows,
  openKeyFile,
  openStore,
  storeSchemaSql,
  unseal,
} from '../../electron/store/index.ts'
import type { Result } from '../../shared/domain/result.ts'

/** The one place of the suite that knows how a kiosk's outbox is put together. */

export const KIOSK_ID = 'kiosk-1'
export const PROCEDURE = '1.004873'
export const START_MS = Date.UTC(2026, 10, 21, 3)

/** The value of a result that the test expects to be one. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

type KioskOptions = Pick<
  OutboxDeps,
  'portal' | 'clock' | 'timers' | 'random' | 'log' | 'keepAcceptedMs'
> & {
  readonly dir: string
  /** Schemas after the product's own, for rows about updates. */
  readonly laterSchemas?: readonly string[]
  /** Leaves the envelopes alone, to see what the database itself has kept. */
  readonly databaseAlone?: boolean
}

/** The real store, keys and outbox over a folder. The outbox is not started. */
export async function openKiosk({
  dir,
  laterSchemas = [],
  databaseAlone = false,
  ...deps
}: KioskOptions) {
  const keys = must(await openKeyFile(dir))
  const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql, ...laterSchemas] }))
  const files = createSealedFiles(dir, keys)
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
    outbox,
    async close(): Promise<void> {
      await outbox.stop()
      store.close()
    },
  }
}

/** An open kiosk. */
export type Kiosk = Awaited<ReturnType<typeof openKiosk>>

/** A filing of an invented person, and the words that must never stand on the disk in the clear. */
export type Invented = {
  readonly clientRef: string
  readonly marker: string
  readonly number: string
  readonly request: {
    readonly clientRef: string
    readonly requestId: string
    readonly procedureCode: string
    readonly citizenKey: string
    readonly body: Uint8Array
  }
}

type InventOptions = {
  readonly nowMs?: number
  /** Filings with the same number are one citizen's. */
  readonly number?: string
  readonly random?: (length: number) => Uint8Array
  readonly procedureCode?: string
  /** Added to the declaration, to make the filing larger. */
  readonly padding?: number
  /** What another version of the kiosk makes of it. */
  readonly reshape?: (filing: Filing) => object
}

/** Invents a filing; each one has words and, unless told otherwise, a person of its own. */
export function invent(options: InventOptions = {}): Invented {
  const { nowMs = START_MS, random = randomBytes, procedureCode = PROCEDURE, padding = 0 } = options
  const reshape = options.reshape ?? ((filing: Filing) => filing)
  const tag = Buffer.from(random(4))
  const marker = `Nguyễn Ví Dụ ${tag.toString('hex')}`
  // Province 083, then six digits of chance; 000000 at the end belongs to nobody.
  const number = options.number ?? `083${String(tag.readUInt32BE() % 1000).padStart(3, '0')}000000`
  const clientRef = newClientRef(nowMs, random)
  const filing: Filing = {
    schemaVersion: 1,
    kioskId: KIOSK_ID,
    clientRef,
    procedureCode,
    capturedAt: new Date(nowMs).toISOString(),
    applicant: { name: marker, number },
    form: { 'purpose.text': `bổ túc hồ sơ ${marker}${'.'.repeat(padding)}` },
    components: [],
  }
  const requestId = `confirm-${clientRef}`
  const body = Buffer.from(JSON.stringify(reshape(filing)))
  const citizenKey = options.number ?? clientRef
  const request = { clientRef, requestId, procedureCode, citizenKey, body }
  return { clientRef, marker, number, request }
}

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

/** The filing's bytes as the store keeps them, opened; undefined where they are lost or damaged. */
export function readBody({ store, keys }: Kiosk, clientRef: string): Uint8Array | undefined {
  const row = sealedRowSchema.parse(
    store.db
      .prepare(`SELECT body_ct, dek_wrapped, kek_id FROM submission
         JOIN sealed ON id = sealed_id WHERE client_ref = ?`)
      .get(clientRef),
  )
  if (row === undefined) return undefined
  const opened = unseal(
    keys,
    { owner: clientRef, purpose: 'body' },
    { bytes: row.body_ct, dekWrapped: row.dek_wrapped, kekId: row.kek_id },
  )
  return opened.ok ? opened.value : undefined
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
  },
  send: async () => ({ kind: 'not-sent', cause: 'nobody' }),
  status: async () => ({ kind: 'unknown', cause: 'nobody' }),
  statusOf: async (filings) =>
    new Map(filings.map(({ clientRef }) => [clientRef, { kind: 'unknown', cause: 'nobody' }])),
  withdraw: async () => ({ kind: 'unknown', cause: 'nobody' }),
  health: async () => ({ kind: 'away', cause: 'nobody' }),
  close: async () => {},
}
