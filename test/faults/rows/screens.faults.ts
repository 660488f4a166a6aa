import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bringUp, type Running } from '../../../electron/bring-up.ts'
import { openKioskStore } from '../../../electron/open-store.ts'
import { createOutbox, systemTimers } from '../../../electron/outbox/index.ts'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { keyFileVault } from '../../../electron/store/index.ts'
import { createSandboxPortal } from '../../../electron/training/portal/index.ts'
import type { View } from '../../../shared/contract/index.ts'
import { putProfile, realProfile } from '../../fixtures/real-profile.ts'
import { checkInvariants, type Confirmed } from '../invariants.ts'
import { invent, must, nobody } from '../kiosk.ts'
import { settings } from '../settings.ts'

/** Row X5 with the whole core: what the page sees of it while a mountain of filings goes out. */

const MANY = 10_000
const KIOSK = 'KM4'
const GIB = 1024 ** 3

let root = ''
let sandbox: Awaited<ReturnType<typeof createSandboxPortal>>
let core: Running | null = null
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-screens-'))
  sandbox = await createSandboxPortal({
    dir: join(root, 'portal'),
    port: 0,
    clock: Date,
    validate: () => [],
  })
})
afterEach(async () => {
  await core?.close()
  core = null
  await sandbox.close()
  await rm(root, { recursive: true })
})

/** A data directory with so many confirmed filings, in order. */
async function fill(dataDir: string): Promise<Confirmed[]> {
  await mkdir(dataDir)
  const portal = { url: sandbox.url, receiptKeys: sandbox.publicKeys }
  await putProfile(dataDir, realProfile({ kioskId: KIOSK, portal }))
  const opened = must(
    await openKioskStore({
      files: kioskFiles(dataDir),
      training: false,
      recoveryKeyPem: undefined,
      kioskId: KIOSK,
      nowMs: Date.now(),
      log: () => {},
      vaults: [keyFileVault],
    }),
  )
  const outbox = createOutbox({
    ...opened,
    portal: nobody,
    clock: Date,
    timers: systemTimers,
    random: Math.random,
    kioskId: KIOSK,
    log: () => {},
  })
  const filings: Confirmed[] = []
  for (let n = 0; n < MANY; n += 1) {
    const { request, ...filing } = invent({
      nowMs: Date.now(),
      reshape: (body) => ({ ...body, kioskId: KIOSK }),
    })
    must(outbox.enqueue(request))
    filings.push(filing)
  }
  await outbox.stop()
  opened.store.close()
  return filings
}

/** What a page that connects now is shown first. */
async function snapshot({ ports }: Running): Promise<View> {
  const stop = new AbortController()
  for await (const update of ports.watch(stop.signal)) {
    stop.abort()
    if (update.kind === 'snapshot') return update.view
  }
  throw new Error('no view')
}

it(`X5 ${MANY} filings wait at a start: visits go on while all are sent, in order`, async () => {
  const dataDir = join(root, 'data')
  const filings = await fill(dataDir)
  const options = { dataDir, training: false, worldFile: null, serve: { kind: 'ports' } } as const
  const running = must(
    await bringUp(options, {
      log: () => {},
      storeDied: () => {},
      keyring: null,
      free: async () => 100 * GIB,
    }),
  )
  core = running
  expect((await snapshot(running)).delivery.waiting).toBeGreaterThan(MANY - 100)

  const waiting: number[] = []
  for (let visit = 0; visit < 20; visit += 1) {
    const before = sandbox.accepted()
    await expect
      .poll(() => sandbox.accepted(), { interval: 1, timeout: 60_000 })
      .toBeGreaterThan(before)
    expect(running.ports.act(randomUUID(), { type: 'start' })).toBe('done')
    const view = await snapshot(running)
    expect(view.session).toMatchObject({ screen: 'notice' })
    waiting.push(view.delivery.waiting)
    expect(running.ports.act(randomUUID(), { type: 'back' })).toBe('done')
    expect((await snapshot(running)).session).toEqual({ screen: 'attract' })
  }
  // Each page was answered in the middle of the work, not after it.
  expect(waiting).toEqual(waiting.toSorted((left, right) => right - left))
  expect(waiting.at(-1)).toBeLessThan(waiting[0] ?? 0)
  expect(waiting.at(-1)).toBeGreaterThan(0)

  const enough = settings.long ? MANY : 500
  await expect.poll(() => sandbox.accepted(), { timeout: 1_200_000 }).toBeGreaterThanOrEqual(enough)
  await running.close()
  core = null
  const dossiers = sandbox.filings()
  expect(dossiers.map(({ clientRef }) => clientRef)).toEqual(
    filings.slice(0, dossiers.length).map(({ clientRef }) => clientRef),
  )
  // The words of a few; to look for those of all in every file would take an hour.
  const confirmed = [...filings.slice(0, 10), ...filings.slice(-10)]
  const storeDir = kioskFiles(dataDir).store
  expect(await checkInvariants({ storeDir, confirmed, dossiers })).toEqual([])
})
