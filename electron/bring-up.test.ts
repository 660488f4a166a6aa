import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { View } from '../shared/contract/index.ts'
import { bringUp, type Running } from './bring-up.ts'
import { createOutbox, systemTimers } from './outbox/index.ts'
import { invent, must } from './outbox/harness.ts'
import { createPortalClient } from './portal/index.ts'
import { makeCertificate } from './portal/testing.ts'
import { openKioskStore } from './open-store.ts'
import { kioskFiles, type Profile } from './settings/index.ts'
import type { CoreOptions } from './shell/core-link.ts'
import { keyFileVault } from './store/index.ts'
import { createSandboxPortal } from './training/portal/index.ts'

const GIB = 1024 ** 3

let root = ''
let sandbox: Awaited<ReturnType<typeof createSandboxPortal>>
let options: CoreOptions
let files: ReturnType<typeof kioskFiles>
const running: Running[] = []
const logged: string[] = []

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-core-'))
  sandbox = await createSandboxPortal({
    dir: join(root, 'portal'),
    port: 0,
    clock: Date,
    validate: () => [],
  })
  const dataDir = join(root, 'data')
  files = kioskFiles(dataDir)
  await mkdir(dataDir)
  await writeFile(files.profile, JSON.stringify(profile()))
  options = {
    dataDir,
    training: false,
    worldFile: null,
    serve: { kind: 'ports' },
  }
  logged.length = 0
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.close()
  await sandbox.close()
  await rm(root, { recursive: true })
})

function profile(): Profile {
  return {
    version: 1,
    kioskId: 'KM4',
    commune: { name: 'Xã Mẫu', province: 'Tỉnh Thí Điểm' },
    screen: { pixelsPerMm: 4.04 },
    portal: { url: sandbox.url, receiptKeys: sandbox.publicKeys },
    scanner: null,
    printer: null,
    counters: { 'civil-status': 'Quầy 2' },
  }
}

/** Starts the core in this process; its disk has as much room as is said. */
async function start(free: () => number = () => 100 * GIB) {
  const up = await bringUp(options, {
    log: (event) => void logged.push(event),
    storeDied: (reason) => void logged.push(reason),
    keyring: null,
    free: async () => free(),
  })
  if (up.ok) running.push(up.value)
  return up
}

/** An invented filing of the kiosk that the profile names. */
function inventHere() {
  const filing = invent(undefined, Date.now())
  const body = filing.body.toString().replace('"kioskId":"kiosk-1"', '"kioskId":"KM4"')
  return { ...filing, body: Buffer.from(body) }
}

/** A core takes a filing in and stops before it is sent. */
async function fileOne(): Promise<string> {
  const opened = must(
    await openKioskStore({
      files,
      training: false,
      recoveryKeyPem: undefined,
      kioskId: 'KM4',
      nowMs: Date.now(),
      log: () => {},
      vaults: [keyFileVault],
    }),
  )
  const portal = must(createPortalClient({ ...profile().portal, kioskId: 'KM4' }))
  const outbox = createOutbox({
    ...opened,
    portal,
    clock: Date,
    timers: systemTimers,
    random: Math.random,
    kioskId: 'KM4',
    log: () => {},
  })
  const { clientRef } = must(outbox.enqueue(inventHere()))
  await outbox.stop()
  await portal.close()
  opened.store.close()
  return clientRef
}

async function firstView(core: Running): Promise<View> {
  const stop = new AbortController()
  for await (const update of core.ports.watch(stop.signal)) {
    stop.abort()
    if (update.kind === 'snapshot') return update.view
  }
  throw new Error('no view')
}

describe('a core that starts over a damaged store', () => {
  it('delivers the filing that was in it, once, under its own reference', async () => {
    const clientRef = await fileOne()
    await writeFile(join(files.store, 'kiosk.sqlite'), 'spoilt '.repeat(5000))
    must(await start())
    await vi.waitFor(() => expect(sandbox.accepted()).toBe(1), { timeout: 15_000 })
    expect(sandbox.filings()).toMatchObject([{ clientRef }])
    // Erased with the filing; the damaged file stays for the technician.
    await vi.waitFor(async () => {
      expect(await readdir(join(files.store, 'outbox'))).toEqual([])
    })
    expect((await readdir(files.store)).filter((name) => name.includes('damaged'))).toHaveLength(1)
    expect(logged).toContain('alarm')
    expect(sandbox.accepted()).toBe(1)
  }, 30_000)
})

describe('a core whose portal has an authority of its own', () => {
  const { cert, key } = makeCertificate()

  it('delivers where the profile names that authority', async () => {
    const secure = await createSandboxPortal({
      dir: join(root, 'secure'),
      port: 0,
      clock: Date,
      validate: () => [],
      tls: { cert, key },
    })
    const portal = { url: secure.url, receiptKeys: secure.publicKeys, ca: cert }
    await writeFile(files.profile, JSON.stringify({ ...profile(), portal }))
    await fileOne()
    must(await start())
    await vi.waitFor(() => expect(secure.accepted()).toBe(1), { timeout: 15_000 })
    await secure.close()
  }, 30_000)

  it('stays out of service where what the profile names is none', async () => {
    const portal = { ...profile().portal, url: 'https://portal.invalid', ca: cert.slice(0, 200) }
    await writeFile(files.profile, JSON.stringify({ ...profile(), portal }))
    expect(await start()).toMatchObject({
      ok: false,
      error: {
        reason: 'bad-profile',
        message: expect.stringMatching(/at portal\.ca: not certificates in PEM; mend /),
      },
    })
  })
})

describe('a core whose key is gone', () => {
  it('stays out of service and says how many filings wait, and makes no other key', async () => {
    await fileOne()
    await rm(join(files.keys, 'kiosk.key'))
    const up = await start()
    expect(up).toMatchObject({
      ok: false,
      error: { reason: 'keys', message: expect.stringMatching(/key missing.*; 1 undelivered/) },
    })
    expect(await readdir(files.keys)).toEqual([])
  })

  it('says so where others may read it', async () => {
    await fileOne()
    await chmod(join(files.keys, 'kiosk.key'), 0o644)
    expect(await start()).toMatchObject({
      ok: false,
      error: { reason: 'keys', message: expect.stringContaining('chmod 600') },
    })
  })
})

describe('a core whose disk is low', () => {
  it('delivers what it has, and begins no visit', async () => {
    await fileOne()
    const core = must(await start(() => 1024))
    expect((await firstView(core)).session).toEqual({ screen: 'out-of-service', reason: 'disk' })
    expect(core.ports.act('command-1', { type: 'start' })).toBe('ignored')
    await vi.waitFor(() => expect(sandbox.accepted()).toBe(1), { timeout: 15_000 })
  }, 30_000)

  it('begins visits while there is room', async () => {
    const core = must(await start())
    expect(core.ports.act('command-1', { type: 'start' })).toBe('done')
    expect((await firstView(core)).session).toMatchObject({ screen: 'notice' })
  })
})
