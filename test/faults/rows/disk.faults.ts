import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../../electron/store/index.ts'
import { join } from 'node:path'
import { invent, must, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

/** The disk has room for no further page of the database. */
function fillDisk(): void {
  const pages = z.int().parse(kiosk.store.db.pragma('page_count', { simple: true }))
  kiosk.store.db.pragma(`max_page_count = ${pages}`)
}
const emptyDisk = (): void => void kiosk.store.db.pragma('max_page_count = 1000000')
const settled = (): boolean => kiosk.outbox.counts().waiting === 0

it('D1 nothing is promised, nothing is half there, and it goes on when there is room', async () => {
  for (let n = 0; n < 3; n += 1) await scene.file(kiosk)
  fillDisk()
  const refused = invent({ padding: 20_000 })
  expect(kiosk.outbox.enqueue(refused.request)).toEqual({
    ok: false,
    error: { code: 'disk-full' },
  })
  expect(kiosk.outbox.get(refused.clientRef)).toBeUndefined()
  expect(kiosk.store.db.inTransaction).toBe(false)
  expect(await scene.check()).toEqual([])

  emptyDisk()
  must(kiosk.outbox.enqueue(refused.request))
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(scene.sandbox.accepted()).toBe(4)
  expect(await scene.check()).toEqual([])
})

it('D2 what could not be written down is not acknowledged, and becomes one dossier', async () => {
  for (let n = 0; n < 12; n += 1) await scene.file(kiosk, { padding: 1200 + 100 * n })
  fillDisk()
  kiosk.outbox.start()
  const afterAnAnswer = (): boolean =>
    scene.log.includes('store-failed SQLITE_FULL') &&
    scene.sandbox.accepted() > kiosk.outbox.counts().delivered
  await scene.flowUntil(afterAnAnswer)
  expect(await scene.check()).toEqual([])
  emptyDisk()
  await scene.flowUntil(settled)
  expect(scene.sandbox.accepted()).toBe(12)
  expect(await scene.check()).toEqual([])
})

it('D3 a lock that stays is an error and no promise; nothing leaves without its write-ahead', async () => {
  const waiting = await scene.file(kiosk)
  const other = must(await openDatabase(join(scene.storeDir, 'kiosk.sqlite'), { busyTimeoutMs: 0 }))
  other.exec('BEGIN IMMEDIATE')
  kiosk.store.db.pragma('busy_timeout = 20')
  const refused = invent()
  expect(kiosk.outbox.enqueue(refused.request)).toEqual({
    ok: false,
    error: { code: 'io', reason: 'SQLITE_BUSY' },
  })
  kiosk.outbox.start()
  await scene.flowUntil(
    () => scene.log.filter((line) => line === 'store-failed SQLITE_BUSY').length > 2,
  )
  expect(scene.front.count('file')).toBe(0)

  other.exec('COMMIT')
  other.close()
  must(kiosk.outbox.enqueue(refused.request))
  await scene.flowUntil(settled)
  expect(scene.sandbox.filings().map(({ clientRef }) => clientRef)).toContain(waiting.clientRef)
  expect(scene.sandbox.accepted()).toBe(2)
  expect(await scene.check()).toEqual([])
})

it('D5 a single turned bit: that filing to staff, the others to the portal', async () => {
  const filings = [await scene.file(kiosk), await scene.file(kiosk), await scene.file(kiosk)]
  const spoilt = filings[1]?.clientRef ?? ''
  const read = kiosk.store.db.prepare(
    'SELECT body_ct FROM submission JOIN sealed ON id = sealed_id WHERE client_ref = ?',
  )
  const { body_ct: sealed } = z.object({ body_ct: z.instanceof(Buffer) }).parse(read.get(spoilt))
  sealed.writeUInt8(sealed.readUInt8(40) ^ 0b0001_0000, 40)
  kiosk.store.db
    .prepare(
      'UPDATE sealed SET body_ct = ? WHERE id = (SELECT sealed_id FROM submission WHERE client_ref = ?)',
    )
    .run(sealed, spoilt)
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(kiosk.outbox.get(spoilt)).toMatchObject({ state: 'NEEDS_STAFF', lastCode: 'corrupt' })
  expect(kiosk.outbox.counts()).toEqual({ waiting: 0, needsStaff: 1, delivered: 2 })
  expect(scene.front.count('file', spoilt)).toBe(0)
  expect(await scene.check()).toEqual([])
})
