import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CrashPoint } from '../../../electron/outbox/crash-point.ts'
import { readBody } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'
import { seeded } from '../random.ts'
import { settings } from '../settings.ts'

let scene: Scene
beforeEach(async () => {
  scene = await createScene()
})
afterEach(() => scene.close())

/** A kiosk files once and dies at a kill point; its slip was given. */
async function fileAndDieAt(crashAt: CrashPoint): Promise<string> {
  const kiosk = scene.process({ file: 1, deliver: true, crashAt })
  expect(await kiosk.ended).toEqual({ signal: 'SIGKILL' })
  await scene.noteSlips(kiosk.slips())
  const [slip] = kiosk.slips()
  if (slip === undefined) throw new Error('no slip')
  return slip.clientRef
}

/** The next kiosk on the folder runs until the filing is delivered and erased. */
async function restartUntilErased(clientRef: string): Promise<void> {
  const kiosk = await scene.open()
  scene.time.advance(Date.now() - scene.time.now())
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.get(clientRef)?.state === 'ERASED')
}

it('K3 the screen asks again and gets the same slip, and one dossier comes of it', async () => {
  const first = scene.process({ file: 1, dieBeforeSlip: true })
  const asked = await first.hear(({ kind }) => kind === 'asked')
  if (asked.kind !== 'asked') throw new Error('not asked')
  expect(await first.ended).toEqual({ signal: 'SIGKILL' })
  expect(first.slips()).toEqual([])

  const second = scene.process({ again: asked, deliver: false })
  const slip = await second.hear(({ kind }) => kind === 'slip')
  await second.kill()
  const third = scene.process({ again: asked })
  expect(await third.hear(({ kind }) => kind === 'slip')).toEqual(slip)
  await third.hear((word) => word.kind === 'state' && word.state === 'ERASED')
  await third.kill()
  await scene.noteSlips([asked.invented])
  expect(scene.sandbox.filings()).toMatchObject([{ clientRef: asked.invented.clientRef }])
  expect(await scene.check()).toEqual([])
})

it('K6 asks, hears that it is unknown, and sends it once', async () => {
  const clientRef = await fileAndDieAt('sending-committed')
  expect(scene.front.count('file', clientRef)).toBe(0)
  await restartUntilErased(clientRef)
  const about = scene.front.seen.filter((request) => request.clientRef === clientRef)
  expect(about.map(({ what }) => what)).toEqual(['ask', 'file'])
  expect(await scene.check()).toEqual([])
})

it('K7 asks, hears that it is accepted, and sends nothing again', async () => {
  const clientRef = await fileAndDieAt('answer-unrecorded')
  expect(scene.sandbox.accepted()).toBe(1)
  await restartUntilErased(clientRef)
  expect(scene.front.count('file', clientRef)).toBe(1)
  expect(scene.front.count('ask', clientRef)).toBeGreaterThanOrEqual(1)
  expect(await scene.check()).toEqual([])
})

it('K8 the next start erases, and nothing is sent again', async () => {
  const clientRef = await fileAndDieAt('accepted-committed')
  await restartUntilErased(clientRef)
  expect(scene.front.count('file', clientRef)).toBe(1)
  expect(scene.sandbox.accepted()).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('K9 killed between row and log, the next start leaves no trace', async () => {
  // The traces are taken before the kiosk sends, so that they are known when the row is gone.
  const filing = scene.process({ file: 1, deliver: false })
  await filing.hear(({ kind }) => kind === 'slip')
  await scene.noteSlips(filing.slips())
  await filing.kill()
  const erasing = scene.process({ crashAt: 'row-erased' })
  expect(await erasing.ended).toEqual({ signal: 'SIGKILL' })
  expect(await scene.check()).toContainEqual(expect.stringMatching(/^I4: .* kiosk\.sqlite$/))

  const kiosk = await scene.open()
  kiosk.outbox.start()
  expect(kiosk.outbox.counts()).toMatchObject({ delivered: 1, waiting: 0 })
  expect(await scene.check()).toEqual([])
})

it('K10 a migration that is cut short is not there, and is made at the next start', async () => {
  const filing = scene.process({ file: 5, deliver: false })
  await filing.hear((word) => word.kind === 'slip' && filing.slips().length === 5)
  await filing.kill()
  await scene.noteSlips(filing.slips())
  const endless = `CREATE TABLE later (n INTEGER) STRICT;
    INSERT INTO later WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up) SELECT n FROM up LIMIT 1e9;`
  const migrating = scene.process({ laterSchemas: [endless] })
  await migrating.hear(({ kind }) => kind === 'opening')
  await expect.poll(() => logGrows(scene.storeDir), { timeout: 30_000 }).toBe(true)
  await migrating.kill()
  expect(migrating.words.map(({ kind }) => kind)).toEqual(['opening'])

  const kiosk = await scene.open({ laterSchemas: ['CREATE TABLE later (n INTEGER) STRICT;'] })
  expect(kiosk.store.db.prepare('SELECT count(*) AS n FROM later').get()).toEqual({ n: 0 })
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 5)
  expect(await scene.check()).toEqual([])
})

const KILLS = settings.long ? 100 : 6

it(`K10 ${KILLS} kills among confirmations and checkpoints lose nothing`, async () => {
  const random = seeded(10)
  for (let kill = 0; kill < KILLS; kill += 1) {
    const killAfter = random.between(1, 60)
    const kiosk = scene.process({ file: 1000, checkpointEvery: 3, deliver: false })
    await kiosk.hear(() => kiosk.slips().length >= killAfter)
    await kiosk.kill()
    scene.confirmed.push(...kiosk.slips())
  }
  const kiosk = await scene.open()
  expect(
    scene.confirmed.filter(({ clientRef }) => readBody(kiosk, clientRef) === undefined),
  ).toEqual([])
  expect(await scene.check()).toEqual([])
})

it('K8 killed at random while it sends: one dossier each', async () => {
  const random = seeded(7)
  const rounds = settings.long ? 50 : 4
  for (let round = 0; round < rounds; round += 1) {
    const heard = random.between(1, 20)
    const kiosk = scene.process({ file: 8 })
    await kiosk.hear(() => kiosk.words.filter(({ kind }) => kind === 'state').length >= heard)
    await kiosk.kill()
    await scene.noteSlips(kiosk.slips())
  }
  const kiosk = await scene.open()
  kiosk.outbox.start()
  const asked = scene.confirmed.length
  await scene.flowUntil(
    () => kiosk.outbox.counts().delivered >= asked && kiosk.outbox.counts().waiting === 0,
  )
  expect(await scene.check()).toEqual([])
})

async function logGrows(dir: string): Promise<boolean> {
  const log = await stat(join(dir, 'kiosk.sqlite-wal')).catch(() => null)
  return log !== null && log.size > 1_000_000
}
