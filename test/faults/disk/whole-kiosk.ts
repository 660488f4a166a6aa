import { writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { readOutbox, type Submission } from '../../../electron/outbox/index.ts'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { openStoreForReading } from '../../../electron/store/index.ts'
import { createSandboxPortal } from '../../../electron/training/portal/index.ts'
import { createTrainingScanner } from '../../../electron/training/scanner.ts'
import type { SessionView } from '../../../shared/contract/index.ts'
import { inventedCard, walkToDeclare } from '../../fixtures/file-dossier.ts'
import { startKiosk, type KioskProcess } from '../../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../../fixtures/page-client.ts'
import { putProfile, realProfile } from '../../fixtures/real-profile.ts'
import { createFront } from '../front.ts'
import { checkInvariants, type Confirmed } from '../invariants.ts'
import { must, PROCEDURE } from '../kiosk.ts'

/** What the disk shim can fail; see `shim.c`. */
type DiskFault = 'sync' | 'write' | 'read' | 'read-only' | 'full' | 'low'

/** How long a kiosk may take to show something; it looks at a broken disk every five seconds. */
const PATIENCE_MS = 100_000

/**
 * A kiosk as it is installed, shell and core in processes of their own, with a scanner at a
 * serial line and a portal behind a front. With the disk shim its disk fails when it is told to.
 */
export async function createWholeKiosk(
  options: { readonly shim?: string; readonly recoveryKey?: string } = {},
) {
  const { shim, recoveryKey } = options
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-disk-'))
  const dataDir = join(dir, 'data')
  const faults = join(dir, 'faults')
  await mkdir(faults)
  const sandbox = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: Date,
    validate: () => [],
  })
  const front = await createFront(sandbox.url)
  const scanner = must(await createTrainingScanner({ dir }))
  await putProfile(
    dataDir,
    realProfile({
      portal: { url: `http://127.0.0.1:${front.port}`, receiptKeys: sandbox.publicKeys },
      scanner: { path: scanner.path, baud: 9600 },
      ...(recoveryKey !== undefined && { recoveryKey }),
    }),
  )
  const storeDir = kioskFiles(dataDir).store
  let running: KioskProcess | null = null
  let cards = 0

  const kiosk = {
    dataDir,
    storeDir,
    sandbox,
    front,

    /** From now on the disk fails so, where `part` is a part of the path. */
    breakDisk: (fault: DiskFault, part = '') => writeFile(join(faults, fault), part),
    /** The same before the next line of the test runs. */
    breakDiskNow: (fault: DiskFault) => writeFileSync(join(faults, fault), ''),
    mendDisk: (fault: DiskFault) => rm(join(faults, fault)),

    /** `env` is added to the kiosk's environment. */
    async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
      await running?.close()
      running = startKiosk(['--headless', '--data-dir', dataDir], {
        ...(shim !== undefined && { LD_PRELOAD: shim }),
        DISK_BELOW: dataDir,
        DISK_FAULTS: faults,
        ...env,
      })
      await running.url
    },

    async stop(): Promise<void> {
      await running?.close()
      running = null
    },

    /** Shell and core end as in a power cut: neither closes anything. */
    async crash(): Promise<void> {
      const core = await running?.corePid()
      if (core === undefined) throw new Error('no core to crash')
      // Stopped first, or it would see its shell go and close its store.
      process.kill(core, 'SIGSTOP')
      running?.kill()
      process.kill(core, 'SIGKILL')
      await running?.exited
      running = null
    },

    /** The events of the technician's log, in order. */
    events: (): readonly Readonly<Record<string, unknown>>[] =>
      (running?.said ?? []).flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])),

    /** Waits until the core that ran has said that its store died. */
    alarm: () => running?.line(/"event":"alarm","code":"store-died"/),

    /** Opens the page on whichever core runs, once it shows this. */
    page: (fits: (session: SessionView) => boolean): Promise<PageClient> =>
      vi.waitFor(
        async () => {
          const page = await openPage((await running?.url) ?? '')
          const { session } = await page.see(() => true)
          if (fits(session)) return page
          page.close()
          throw new Error(`the kiosk shows ${JSON.stringify(session)}`)
        },
        { timeout: PATIENCE_MS, interval: 100 },
      ),

    /** Walks a visit to the button that files. */
    async toDeclare(page: PageClient): Promise<void> {
      cards += 1
      await walkToDeclare(page, () => scanner.scan(inventedCard(cards)), PROCEDURE)
    },

    /** A whole visit, from the first screen to the last and away. */
    async file(page: PageClient): Promise<void> {
      await kiosk.toDeclare(page)
      await page.act({ type: 'declare' })
      await page.screen('done')
      await page.act({ type: 'finish' })
      await page.screen('attract')
    },

    /** Every filing that this kiosk knows, oldest first. */
    async filings(): Promise<readonly Submission[]> {
      const reading = must(await openStoreForReading(storeDir))
      try {
        return readOutbox(reading.db, 'KM7').list()
      } finally {
        reading.close()
      }
    },

    /** The five invariants over what the portal has and what this kiosk must have. */
    check: (clientRefs: readonly string[]): Promise<string[]> => {
      const words = { marker: 'Nguyễn Văn Ví Dụ', number: '083090000000' }
      const confirmed: Confirmed[] = clientRefs.map((clientRef) => ({ clientRef, ...words }))
      return checkInvariants({ storeDir, confirmed, dossiers: sandbox.filings() })
    },

    async close(): Promise<void> {
      await kiosk.stop()
      await scanner.close()
      await front.close()
      await sandbox.close()
      await rm(dir, { recursive: true, maxRetries: 3 })
    },
  }
  return kiosk
}

/** What `createWholeKiosk` gives. */
export type WholeKiosk = Awaited<ReturnType<typeof createWholeKiosk>>

/** The screen that says why the kiosk cannot serve. */
export const isOut =
  (reason: Extract<SessionView, { screen: 'out-of-service' }>['reason']) =>
  (session: SessionView): boolean =>
    session.screen === 'out-of-service' && session.reason === reason

/** Any of these screens. */
export const isOn =
  (...names: readonly SessionView['screen'][]) =>
  ({ screen }: SessionView): boolean =>
    names.includes(screen)
