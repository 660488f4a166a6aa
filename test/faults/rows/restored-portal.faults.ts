import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Confirmed } from '../invariants.ts'
import { must, readBody, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

/** Row S15: the portal comes back from an old backup and has lost what it gave a receipt for. */

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const settled = (): boolean => kiosk.outbox.counts().waiting === 0
const get = ({ clientRef }: Confirmed) => kiosk.outbox.get(clientRef)

it('S15 where contents are kept for a day, what the portal lost goes to staff, who have it sent again', async () => {
  kiosk = await scene.open({ keepAcceptedMs: DAY_MS })
  scene.sandbox.script(['S15-forgotten'])
  const lost = await scene.file(kiosk)
  const other = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect([lost, other].map((filing) => get(filing)?.state)).toEqual(['ACCEPTED', 'ACCEPTED'])
  await scene.flowUntil(() => kiosk.outbox.counts().needsStaff === 1, MINUTE_MS)
  expect(get(lost)).toMatchObject({ state: 'NEEDS_STAFF', lastCode: 'portal-forgot' })
  expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'portal-forgot' }])
  expect(readBody(kiosk, lost.clientRef)).not.toBe(undefined)
  expect(await scene.check()).toEqual([])

  const asked = scene.front.count('ask')
  must(kiosk.outbox.staff.retry(lost.clientRef, { actor: 'officer' }))
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 2)
  expect(scene.front.count('ask')).toBe(asked + 1)
  expect(scene.sandbox.filings()).toHaveLength(2)

  // Kept over a restart, and no longer than a day after each receipt.
  kiosk = await scene.open({ keepAcceptedMs: DAY_MS })
  expect(readBody(kiosk, other.clientRef)).not.toBe(undefined)
  kiosk.outbox.start()
  const over = scene.time.now() + DAY_MS + 10 * MINUTE_MS
  await scene.flowUntil(() => scene.time.now() >= over, MINUTE_MS)
  expect([lost, other].map((filing) => get(filing)?.state)).toEqual(['ERASED', 'ERASED'])
  expect(await scene.check()).toEqual([])
})

it('S15 a portal from an old backup: what it lost is found within a day, told once, not sent', async () => {
  scene.sandbox.script(['S15-forgotten'])
  const lost = await scene.file(kiosk)
  const others = [await scene.file(kiosk), await scene.file(kiosk)]
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(get(lost)).toMatchObject({ state: 'ERASED', lastCode: 'accepted' })
  expect(kiosk.outbox.counts()).toMatchObject({ delivered: 3 })

  const nextDay = scene.time.now() + DAY_MS
  await scene.flowUntil(() => kiosk.outbox.alarms().length > 0, MINUTE_MS)
  expect(scene.time.now()).toBeLessThan(nextDay)
  expect(kiosk.outbox.alarms()).toMatchObject([
    { code: 'portal-forgot', clientRef: lost.clientRef },
  ])
  // What the officer finds by the citizen's slip: the code that the receipt said.
  expect(get(lost)).toMatchObject({ state: 'ERASED', lastCode: 'portal-forgot' })
  expect(get(lost)?.dossierCode).not.toBe(null)
  expect(others.map((filing) => get(filing)?.lastCode)).toEqual(['accepted', 'accepted'])

  const later = scene.time.now() + 3 * DAY_MS
  kiosk = await scene.open()
  kiosk.outbox.start()
  await scene.flowUntil(() => scene.time.now() >= later, 10 * MINUTE_MS)
  expect(kiosk.outbox.alarms()).toHaveLength(1)
  // Once a day, and at most once more for the restart.
  expect(scene.front.count('other')).toBeGreaterThanOrEqual(3)
  expect(scene.front.count('other')).toBeLessThanOrEqual(5)
  expect(scene.log.filter((line) => line.startsWith('alarm'))).toEqual(['alarm portal-forgot 1'])
  expect(scene.front.count('file')).toBe(3)
  expect(await scene.check()).toEqual([])
})
