import { randomBytes } from 'node:crypto'
import {
  createOutbox,
  newClientRef,
  type Outbox,
  type OutboxDeps,
} from '../../electron/outbox/index.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import {
  createSealedFiles,
  openKeyFile,
  openStore,
  sealBody,
  storeSchemaSql,
  type SealedFiles,
} from '../../electron/store/index.ts'
import { ok } from '../../shared/domain/result.ts'
import { ticketSchemaSql } from '../../electron/tickets/index.ts'
import { systemTimers } from '../../electron/timers.ts'
import { nobody } from '../faults/kiosk.ts'

/** Files that write no envelope. */
const withoutEnvelopes = (files: SealedFiles): OutboxDeps['files'] => ({
  ...files,
  confirmNow: (clientRef, filing, _description, body) => ok(sealBody(filing, clientRef, body)),
  takeBackNow: () => ok(undefined),
  eraseNow: () => ok(undefined),
})

/** Size of a filing with two dozen answers. */
export const BODY_BYTES = 4096

/** The kiosk's own outbox over a store on disk. */
export interface BenchOutbox {
  start(): void
  /** Files these bytes under a new reference; durable when it returns. */
  enqueue(body: Uint8Array, clientRef?: string): void
  counts: Outbox['counts']
  subscribe: Outbox['subscribe']
  close(): Promise<void>
}

type BenchOptions = Partial<Pick<OutboxDeps, 'portal' | 'clock' | 'timers'>> & {
  /**
   * Off where the bar is about the rows: the envelope beside them costs three syncs more, whatever
   * the code.
   */
  readonly envelopes?: boolean
}

/**
 * Opens the outbox of a data directory with the store, keys and schemas that a core opens. Nothing
 * leaves it unless it is given a portal and started.
 */
export async function openBenchOutbox(
  dataDir: string,
  { envelopes = false, ...deps }: BenchOptions = {},
): Promise<BenchOutbox> {
  const files = kioskFiles(dataDir)
  const keys = await openKeyFile(files.keys)
  if (!keys.ok) throw new Error(`no key: ${keys.error.code}`)
  const store = await openStore({
    dir: files.store,
    keys: keys.value,
    schemas: [storeSchemaSql, ticketSchemaSql],
  })
  if (!store.ok) throw new Error(`no store: ${store.error.code}`)
  const sealedFiles = createSealedFiles(files.store, keys.value)
  const outbox = createOutbox({
    store: store.value,
    files: envelopes ? sealedFiles : withoutEnvelopes(sealedFiles),
    keys: keys.value,
    portal: nobody,
    clock: Date,
    timers: systemTimers,
    ...deps,
    random: Math.random,
    kioskId: 'BENCH',
    log: () => {},
  })
  return {
    start: () => outbox.start(),
    counts: outbox.counts,
    subscribe: outbox.subscribe,
    enqueue(body, clientRef = newClientRef(Date.now(), randomBytes)) {
      // The core names the confirmation by the filing's own reference.
      const request = { clientRef, requestId: clientRef, procedureCode: '1.004873', body }
      const kept = outbox.enqueue({ ...request, citizenKey: clientRef })
      if (!kept.ok) throw new Error(`not kept: ${kept.error.code}`)
    },
    async close() {
      await outbox.stop()
      store.value.close()
    },
  }
}
