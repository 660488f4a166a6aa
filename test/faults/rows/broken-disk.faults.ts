import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { CitizenAction } from '../../../shared/contract/index.ts'
import type { PageClient } from '../../fixtures/page-client.ts'
import { createWholeKiosk, isOn, isOut, type WholeKiosk } from '../disk/whole-kiosk.ts'
import { settings } from '../settings.ts'
import { buildShim, NEEDS_COMPILER } from '../shim.ts'

/** D1, D6 and D7 on the installed programs: shell, core and store, on a disk that really says no. */

const DROP = { kind: 'drop', when: 'before-read' } as const

let tools: string
let shim: string | null
let kiosk: WholeKiosk
beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'kiosk-shim-'))
  shim = buildShim(new URL('../disk/shim.c', import.meta.url), tools)
})
afterAll(() => rm(tools, { recursive: true }))
beforeEach(async ({ skip }) => {
  if (shim === null) {
    if (settings.ci) throw new Error(NEEDS_COMPILER)
    return skip(NEEDS_COMPILER)
  }
  kiosk = await createWholeKiosk({ shim })
})
afterEach(() => kiosk.close())

const refs = (): string[] => kiosk.sandbox.filings().map(({ clientRef }) => clientRef)
const delivered = (number: number) =>
  vi.waitFor(() => expect(kiosk.sandbox.accepted()).toBe(number), { timeout: 30_000 })
const heard = (event: string) => kiosk.events().filter((line) => line['event'] === event)
const quarantined = async () =>
  (await readdir(kiosk.storeDir)).filter((name) => name.includes('damaged'))

/** Touches the screen although the core may be gone before it answers. */
function touch(page: PageClient, action: CitizenAction): void {
  // What became of it is read from the next core.
  page.act(action).catch(() => {})
}

/** Until the disk is mended every core says so on the screen, and no visit begins. */
async function isOutOfService(): Promise<void> {
  const page = await kiosk.page(isOut('store'))
  const start = { commandId: randomUUID(), action: { type: 'start' } } as const
  expect(await page.client.citizen.act(start)).toEqual({ outcome: 'ignored' })
  page.close()
}

/** The line to the portal is cut, and the kiosk has given up on it: nothing is under way. */
async function startCutOff(): Promise<void> {
  kiosk.front.rule(() => DROP)
  await kiosk.start()
  const open = () => expect(heard('breaker').at(-1)).toMatchObject({ state: 'open' })
  await vi.waitFor(open, { timeout: 30_000 })
}

it('D1 a full disk: the visit goes on, says that nothing was filed, and files when there is room', async () => {
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  await kiosk.breakDisk('full')
  await page.act({ type: 'declare' })
  await page.screen('declare', ({ notKept }) => notKept)
  expect(kiosk.sandbox.accepted()).toBe(0)
  expect(await kiosk.check([])).toEqual([])

  await kiosk.mendDisk('full')
  await page.act({ type: 'declare' })
  await page.screen('done')
  await delivered(1)
  page.close()
  expect(await kiosk.check(refs())).toEqual([])
})

it('D1 the ballast keeps the way of the acknowledgement open on a full disk', async () => {
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  kiosk.front.rule(({ what }) => {
    if (what === 'file') kiosk.breakDiskNow('low')
    return undefined
  })
  await page.act({ type: 'declare' })
  await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
  await page.act({ type: 'finish' })
  await page.screen('attract')
  page.close()
  expect(heard('ballast-released')).toHaveLength(1)
  expect([kiosk.front.count('file'), kiosk.sandbox.accepted()]).toEqual([1, 1])
  expect(await readdir(join(kiosk.storeDir, 'outbox'))).toEqual([])
  expect(await kiosk.check(refs())).toEqual([])
})

it.each(['write', 'read-only'] as const)(
  'D6 %s errors: alarm, no visit begins while it lasts, and the kiosk comes back by itself',
  async (fault) => {
    await kiosk.start()
    const page = await kiosk.page(isOn('attract'))
    await kiosk.breakDisk(fault)
    touch(page, { type: 'start' })
    await kiosk.alarm()
    page.close()
    await isOutOfService()
    expect(heard('out-of-service')).toMatchObject([{ reason: 'store' }])

    await kiosk.mendDisk(fault)
    const mended = await kiosk.page(isOn('attract'))
    await kiosk.toDeclare(mended)
    await mended.act({ type: 'declare' })
    await mended.screen('done')
    await delivered(1)
    mended.close()
    expect(await quarantined()).toEqual([])
    expect(await kiosk.check(refs())).toEqual([])
  },
)

it('D6 a database that cannot be read is not taken for a damaged one', async () => {
  kiosk.front.rule(() => DROP)
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  await page.act({ type: 'declare' })
  await page.screen('done')
  page.close()
  await kiosk.stop()

  await kiosk.breakDisk('read', 'kiosk.sqlite')
  await kiosk.start()
  await isOutOfService()
  expect(await quarantined()).toEqual([])

  kiosk.front.rule(undefined)
  await kiosk.mendDisk('read')
  ;(await kiosk.page(isOn('attract', 'done'))).close()
  await delivered(1)
  expect(await kiosk.check(refs())).toEqual([])
})

it('D7 a sync fails under the touch that files: no slip, and later one dossier', async () => {
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  await kiosk.breakDisk('sync')
  touch(page, { type: 'declare' })
  await kiosk.alarm()
  page.close()
  await isOutOfService()
  expect(kiosk.front.count('file')).toBe(0)

  await kiosk.mendDisk('sync')
  // The same visit goes on, whether its last touch was kept or not.
  const again = await kiosk.page(isOn('declare', 'submitting', 'done'))
  if ((await again.see(() => true)).session.screen === 'declare') {
    await again.act({ type: 'declare' })
  }
  await again.screen('done')
  await delivered(1)
  again.close()
  expect(heard('store-opened').at(-1)).toMatchObject({ check: 'quick_check' })
  expect(heard('store-opened').map(({ check }) => check)).toContain('integrity_check')
  expect(kiosk.front.count('file')).toBe(1)
  expect(await kiosk.check(refs())).toEqual([])
})

it('D7 the sync of the sealed envelope fails: no slip, and later one dossier', async () => {
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  await kiosk.breakDisk('sync', '/outbox/')
  touch(page, { type: 'declare' })
  await kiosk.alarm()
  page.close()
  expect(kiosk.front.count('file')).toBe(0)

  await kiosk.mendDisk('sync')
  const again = await kiosk.page(isOn('done'))
  await delivered(1)
  again.close()
  expect(kiosk.front.count('file')).toBe(1)
  expect(await kiosk.check(refs())).toEqual([])
})

it('D7 a sync fails before a filing is sent: not a byte of it leaves', async () => {
  await startCutOff()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  await page.act({ type: 'declare' })
  await page.screen('done')
  page.close()

  await kiosk.breakDisk('sync')
  kiosk.front.rule(undefined)
  await kiosk.alarm()
  await isOutOfService()
  expect(kiosk.front.count('file')).toBe(0)

  await kiosk.mendDisk('sync')
  await delivered(1)
  expect(await kiosk.check(refs())).toEqual([])
})

it('D7 a sync fails under the answer of the portal: asked for, never sent again', async () => {
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  await kiosk.toDeclare(page)
  kiosk.front.rule(({ what }) => {
    if (what === 'file') kiosk.breakDiskNow('sync')
    return undefined
  })
  await page.act({ type: 'declare' })
  await kiosk.alarm()
  page.close()
  await isOutOfService()
  expect(kiosk.sandbox.accepted()).toBe(1)

  kiosk.front.rule(undefined)
  await kiosk.mendDisk('sync')
  const again = await kiosk.page(isOn('done'))
  await again.screen('done', ({ delivery }) => delivery.state === 'accepted')
  again.close()
  expect([kiosk.front.count('file'), kiosk.sandbox.accepted()]).toEqual([1, 1])
  expect(await kiosk.check(refs())).toEqual([])
})
