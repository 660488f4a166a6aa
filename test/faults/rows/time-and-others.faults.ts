import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { retryDelayMs } from '../../../electron/outbox/backoff.ts'
import { OUTBOX_LIMITS } from '../../../electron/outbox/limits.ts'
import { openKeyFile, openStore, storeSchemaSql } from '../../../electron/store/index.ts'
import { problem } from '../front.ts'
import { invent, must, nobody, type Invented, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const settled = (): boolean => kiosk.outbox.counts().waiting === 0
const YEAR_MS = 365 * 24 * 3_600_000

for (const [name, jumpMs] of [
  ['back', -YEAR_MS],
  ['forward', YEAR_MS],
] as const) {
  it(`T1 a year ${name} while a filing waits: sent soon, and in the order of the numbers`, async () => {
    scene.front.script('file', problem(500, 'unavailable'))
    const first = await scene.file(kiosk, { number: '083123000000' })
    kiosk.outbox.start()
    await expect.poll(() => kiosk.outbox.get(first.clientRef)?.lastCode ?? null).not.toBe(null)
    scene.time.setBy(jumpMs)
    const second = await scene.file(kiosk, { number: '083123000000' })
    const jumpedAt = scene.time.now()
    await scene.flowUntil(settled)
    expect(scene.time.now() - jumpedAt).toBeLessThan(OUTBOX_LIMITS.LONGEST_PLAN_MS)
    expect(scene.sandbox.filings().map(({ clientRef }) => clientRef)).toEqual([
      first.clientRef,
      second.clientRef,
    ])
    expect(await scene.check()).toEqual([])
  })
}

it('T2 every wait up to ten thousand failures is within its bounds', async () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempts, random) => {
        const delay = retryDelayMs(attempts, random)
        expect(delay).toBeGreaterThan(0)
        expect(delay).toBeLessThanOrEqual(OUTBOX_LIMITS.BACKOFF_CAP_MS)
      },
    ),
    { numRuns: 10_000 },
  )
})

it('X1 under another key the store stays shut, and opens again under its own', async () => {
  await scene.file(kiosk)
  await scene.file(kiosk)
  await scene.shut()
  const keyFile = join(scene.storeDir, 'kiosk.key')
  const own = await readFile(keyFile)
  const before = await readFile(join(scene.storeDir, 'kiosk.sqlite'))
  await writeFile(keyFile, randomBytes(32))
  const keys = must(await openKeyFile(scene.storeDir))
  expect(await openStore({ dir: scene.storeDir, keys, schemas: [storeSchemaSql] })).toMatchObject({
    ok: false,
    error: { code: 'wrong-key', undelivered: 2 },
  })
  expect((await readFile(join(scene.storeDir, 'kiosk.sqlite'))).equals(before)).toBe(true)

  await writeFile(keyFile, own)
  kiosk = await scene.open()
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(scene.sandbox.accepted()).toBe(2)
  expect(await scene.check()).toEqual([])
})

it('X2 one that always fails goes to staff, the other 99 to the portal', async () => {
  const poison = await scene.file(kiosk)
  for (let n = 0; n < 99; n += 1) await scene.file(kiosk)
  scene.front.rule(({ what, clientRef }) =>
    what === 'file' && clientRef === poison.clientRef ? problem(500, 'unavailable') : undefined,
  )
  kiosk.outbox.start()
  await scene.flowUntil(settled, 5000)
  expect(kiosk.outbox.counts()).toEqual({ waiting: 0, needsStaff: 1, delivered: 99 })
  expect(kiosk.outbox.get(poison.clientRef)).toMatchObject({ state: 'NEEDS_STAFF' })
  expect(await scene.check()).toEqual([])
})

it('X3 a thousand filings by turns: each carries the words of its own citizen alone', async () => {
  const sent = new Map<string, string>()
  kiosk = await scene.open({
    portal: {
      ...nobody,
      health: async () => ({ kind: 'reachable' }),
      send: async (clientRef, bytes) => {
        sent.set(clientRef, Buffer.from(bytes).toString())
        return { kind: 'refused', problem: 'validation', errors: [] }
      },
    },
  })
  const filings: Invented[] = []
  for (let n = 0; n < 1000; n += 1) {
    const invented = invent({ number: n % 2 === 0 ? '083200000000' : '083201000000' })
    must(kiosk.outbox.enqueue(invented.request))
    filings.push(invented)
  }
  kiosk.outbox.start()
  await expect.poll(() => sent.size, { timeout: 60_000 }).toBe(1000)
  for (const { clientRef, marker, number, request } of filings) {
    const body = sent.get(clientRef) ?? ''
    expect(body).toBe(Buffer.from(request.body).toString())
    expect(body.includes(marker) && body.includes(number)).toBe(true)
    expect(body).not.toContain(number === '083200000000' ? '083201000000' : '083200000000')
  }
})
