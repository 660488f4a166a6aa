import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPortalClient, type PortalAdapter } from '../portal/index.ts'
import { createSealedFiles, openKeyFile, openStore, storeSchemaSql } from '../store/index.ts'
import { createSandboxPortal } from '../training/portal/index.ts'
import type { EnqueueRequest } from './enqueue.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { OutboxDeps } from './ports.ts'
import { createManualTime, inventFiling, KIOSK_ID, must, PROCEDURE, START_MS } from './testing.ts'

/** For tests of the outbox: a kiosk's store and a sandbox portal in a folder of their own. */

export { createManualTime, KIOSK_ID, must, START_MS }

/** The confirmation of a filing of an invented person, always the same. `marker` stands in it. */
export function invent(marker = 'Nguyễn Văn Ví Dụ', nowMs = START_MS): EnqueueRequest {
  return inventFiling({ marker, nowMs, number: '083090000000' }).request
}

/** Resolves when the condition holds; looks again at every change. */
export function until(outbox: Outbox, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!condition()) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = outbox.subscribe(() => queueMicrotask(look))
    queueMicrotask(look)
  })
}

/** Everything around one outbox. `reopen` is a restart of the core on the same folder. */
export async function createHarness() {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-outbox-'))
  const time = createManualTime()
  const sandbox = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: time,
    validate: (filing) => (filing.procedureCode === PROCEDURE ? [] : ['procedureCode']),
  })
  const storeDir = join(dir, 'kiosk')
  const portals: PortalAdapter[] = []

  function client(url = sandbox.url): PortalAdapter {
    const portal = must(
      createPortalClient({ url, kioskId: KIOSK_ID, receiptKeys: sandbox.publicKeys }),
    )
    portals.push(portal)
    return portal
  }

  async function open(portal: PortalAdapter = client(), log: OutboxDeps['log'] = () => {}) {
    const keys = must(await openKeyFile(storeDir))
    const store = must(await openStore({ dir: storeDir, keys, schemas: [storeSchemaSql] }))
    const files = createSealedFiles(storeDir, keys)
    const outbox = createOutbox({
      store,
      keys,
      files,
      portal,
      clock: time,
      timers: time,
      random: () => 0.5,
      kioskId: KIOSK_ID,
      log,
    })
    return { store, keys, files, outbox }
  }

  let kiosk = await open()
  return {
    dir,
    storeDir,
    time,
    sandbox,
    client,
    kiosk: () => kiosk,
    async reopen(portal?: PortalAdapter, log?: OutboxDeps['log']) {
      await kiosk.outbox.stop()
      kiosk.store.close()
      kiosk = await open(portal, log)
      return kiosk
    },
    /** A bit of a sealed paper falls over. */
    async spoilPaper(clientRef: string, id: string): Promise<void> {
      const path = join(storeDir, 'outbox', clientRef, `${id}.bin`)
      const bytes = await readFile(path)
      bytes[bytes.length - 20] = 255 - (bytes.at(-20) ?? 0)
      await writeFile(path, bytes)
    },
    async close() {
      await kiosk.outbox.stop()
      kiosk.store.close()
      await Promise.all(portals.map((portal) => portal.close()))
      await sandbox.close()
      await rm(dir, { recursive: true })
    },
  }
}

/** What `createHarness` gives. */
export type Harness = Awaited<ReturnType<typeof createHarness>>
