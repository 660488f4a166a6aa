import { mkdtemp, rm } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../../shared/domain/result.ts'
import { createPortalClient, type Filing, type PortalAdapter } from '../portal/index.ts'
import { createSealedFiles, openKeyFile, openStore, storeSchemaSql } from '../store/index.ts'
import { createSandboxPortal } from '../training/portal/index.ts'
import { newClientRef } from './client-ref.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { OutboxDeps } from './ports.ts'

/** For tests of the outbox: a kiosk's store and a sandbox portal in a folder of their own. */

export const KIOSK_ID = 'kiosk-1'
export const START_MS = Date.UTC(2026, 10, 21, 3)

/** The value of a result that the test expects to be one. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A clock that stands until it is moved, and its timers. */
export function createManualTime() {
  let now = START_MS
  const waiting = new Set<{ at: number; run: () => void }>()
  const time = {
    now: () => now,
    after(delayMs: number, run: () => void) {
      const timer = { at: now + delayMs, run }
      waiting.add(timer)
      return () => void waiting.delete(timer)
    },
    advance(ms: number): void {
      now += ms
      const due = [...waiting].filter(({ at }) => at <= now)
      for (const timer of due.sort((left, right) => left.at - right.at)) {
        if (waiting.delete(timer)) timer.run()
      }
    },
    /** Moves the clock on and on while real sockets do their work; returns the way to stop it. */
    flow(ms: number): () => void {
      const pulse = setInterval(() => time.advance(ms), 5)
      return () => clearInterval(pulse)
    },
  }
  return time
}

/** A filing of an invented person. `marker` stands in its contents. */
export function invent(marker = 'Nguyễn Văn Ví Dụ', nowMs = START_MS) {
  const clientRef = newClientRef(nowMs, randomBytes)
  const filing: Filing = {
    schemaVersion: 1,
    kioskId: KIOSK_ID,
    clientRef,
    procedureCode: '1.004873',
    capturedAt: new Date(nowMs).toISOString(),
    applicant: { name: marker, number: '083090000000' },
    form: { 'purpose.text': 'bổ túc hồ sơ' },
    components: [],
  }
  return {
    clientRef,
    requestId: `request-${clientRef}`.slice(0, 64),
    procedureCode: filing.procedureCode,
    citizenKey: filing.applicant.number,
    body: Buffer.from(JSON.stringify(filing)),
  }
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
    validate: (filing) => (filing.procedureCode === '1.004873' ? [] : ['procedureCode']),
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
    const outbox = createOutbox({
      store,
      keys,
      files: createSealedFiles(storeDir, keys),
      portal,
      clock: time,
      timers: time,
      random: () => 0.5,
      kioskId: KIOSK_ID,
      log,
    })
    return { store, keys, outbox }
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
