import { afterEach, beforeEach, expect, it } from 'vitest'
import { openKeyFile, openStore, storeSchemaSql } from '../../../electron/store/index.ts'
import { portalHeaders, problem, type Turn } from '../front.ts'
import type { Confirmed } from '../invariants.ts'
import { invent, must, readBody, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const settled = (): boolean => kiosk.outbox.counts().waiting === 0

/** Files once while the portal plays these turns, until nothing waits any more. */
async function fileThrough(...turns: readonly Turn[]): Promise<Confirmed> {
  scene.front.script('file', ...turns)
  const filing = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(await scene.check()).toEqual([])
  return filing
}

const alarmLines = (): string[] => scene.log.filter((line) => line.startsWith('alarm'))
const stateOf = ({ clientRef }: Confirmed) => kiosk.outbox.get(clientRef)?.state
const wordsFor = ({ clientRef }: Confirmed): string[] =>
  scene.front.seen.flatMap((one) => (one.clientRef === clientRef ? [one.what] : []))

it('S1 asks, hears that it is unknown, and sends again', async () => {
  const filing = await fileThrough(problem(500, 'unavailable'))
  expect(wordsFor(filing)).toEqual(['file', 'ask', 'file'])
})

it('S2 asks, hears that it is accepted, and sends nothing', async () => {
  const filing = await fileThrough({
    kind: 'answer',
    status: 500,
    headers: portalHeaders,
    body: '{}',
    commit: true,
  })
  expect(wordsFor(filing)).toEqual(['file', 'ask'])
  expect(stateOf(filing)).toBe('ERASED')
})

it('S2 silence after the commit: asks and sends nothing', async () => {
  const filing = await fileThrough({ kind: 'hang', commit: true })
  expect(wordsFor(filing)).toEqual(['file', 'ask'])
})

it('S3 the portal answers a replay with the first receipt, and keeps one filing', async () => {
  const portal = scene.client()
  const { request } = invent()
  const first = await portal.send(request.clientRef, request.body)
  const second = await portal.send(request.clientRef, request.body)
  if (first.kind !== 'accepted' || second.kind !== 'accepted') throw new Error('not accepted')
  expect(second).toEqual({ ...first, replayed: true })
  expect(scene.sandbox.accepted()).toBe(1)
})

for (const when of ['after-commit', 'mid-answer'] as const) {
  it(`S3 a 201 lost ${when}: one filing, and the kiosk keeps the portal's receipt`, async () => {
    const filing = await fileThrough({ kind: 'drop', when })
    expect(scene.sandbox.filings()).toHaveLength(1)
    const [dossier] = scene.sandbox.filings()
    const kept = kiosk.outbox.get(filing.clientRef)
    expect(kept).toMatchObject({ state: 'ERASED', dossierCode: dossier?.dossierCode })
    expect(kept?.receipt).toMatchObject({ bodySha256: dossier?.sha256 })
  })
}

it('S5 waits as it is told, then asks', async () => {
  const filing = await fileThrough({
    ...answerOf(problem(409, 'in-progress', { 'retry-after': '20' })),
    commit: true,
  })
  expect(wordsFor(filing)).toEqual(['file', 'ask'])
})

for (const [status, type] of [
  [409, 'digest-conflict'],
  [422, 'idempotency-mismatch'],
] as const) {
  it(`S6 ${type} goes to staff with an alarm, kept whole, and is never sent again`, async () => {
    const filing = await fileThrough(problem(status, type))
    expect(stateOf(filing)).toBe('NEEDS_STAFF')
    const { clientRef } = filing
    expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'integrity', clientRef }])
    expect(alarmLines()).toEqual([`alarm integrity ${clientRef}`])
    expect(readBody(kiosk, clientRef)).not.toBe(undefined)
    expect(kiosk.outbox.get(filing.clientRef)).toMatchObject({ lastProblem: type })
    scene.time.advance(7 * 24 * 3_600_000)
    const next = await scene.file(kiosk)
    await scene.flowUntil(settled)
    expect(wordsFor(filing)).toEqual(['file'])
    expect(stateOf(next)).toBe('ERASED')
    const integrity = alarmLines().filter((line) => line.includes('integrity'))
    expect(integrity).toHaveLength(1)
    expect(await scene.check()).toEqual([])
  })
}

it('S7 a wrong filing goes to staff, is not sent again, and the others go on', async () => {
  const wrong = await scene.file(kiosk, { procedureCode: '9.999999' })
  const right = [await scene.file(kiosk), await scene.file(kiosk)]
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(kiosk.outbox.get(wrong.clientRef)).toMatchObject({
    state: 'NEEDS_STAFF',
    lastProblem: 'validation',
  })
  expect(right.map(stateOf)).toEqual(['ERASED', 'ERASED'])
  expect(wordsFor(wrong)).toEqual(['file'])
  expect(await scene.check()).toEqual([])
})

it('S11 a filing that is too large goes to staff', async () => {
  const filing = await fileThrough(problem(413, 'too-large'))
  expect(stateOf(filing)).toBe('NEEDS_STAFF')
  expect(wordsFor(filing)).toEqual(['file'])
})

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
for (const [name, headers, leastMs, mostMs] of [
  ['90 seconds', { 'retry-after': '90' }, 90_000, 91_000],
  [
    'a date, read against the answer itself',
    { 'retry-after': 'Sat, 02 Jan 2010 00:02:00 GMT', date: 'Sat, 02 Jan 2010 00:00:00 GMT' },
    120_000,
    121_000,
  ],
  [
    'a date in the past',
    { 'retry-after': 'Sat, 02 Jan 2010 00:00:00 GMT', date: 'Sun, 03 Jan 2010 00:00:00 GMT' },
    1000,
    2000,
  ],
  ['a year', { 'retry-after': '31536000' }, HOUR_MS, HOUR_MS + 1000],
] as const) {
  for (const status of [429, 503]) {
    it(`S12 ${status} with ${name}`, async () => {
      scene.front.script('file', problem(status, 'unavailable', headers))
      const filing = await scene.file(kiosk)
      const saidAt = scene.time.now()
      kiosk.outbox.start()
      await expect
        .poll(() => wordsFor(filing).length === 1 && stateOf(filing) !== 'SENDING')
        .toBe(true)
      await scene.flowUntil(() => wordsFor(filing).length > 1, leastMs / 50)
      const waitedMs = scene.time.now() - saidAt
      expect(waitedMs).toBeGreaterThanOrEqual(leastMs)
      // The clock runs on while the second request is under way, and after a long rest a probe
      // goes first.
      expect(waitedMs).toBeLessThan(mostMs + 6 * MINUTE_MS)
      await scene.flowUntil(settled)
      expect(await scene.check()).toEqual([])
    })
  }
}

it('S13 a receipt cut in the middle is none', async () => {
  const filing = await fileThrough({ kind: 'edit', change: (text) => text.slice(0, 40) })
  expect(stateOf(filing)).toBe('ERASED')
  expect(scene.sandbox.accepted()).toBe(1)
})

it('S17 a second kiosk on the same folder gets no store', async () => {
  const keys = must(await openKeyFile(scene.storeDir))
  expect(await openStore({ dir: scene.storeDir, keys, schemas: [storeSchemaSql] })).toMatchObject({
    ok: false,
    error: { code: 'locked' },
  })
  const second = scene.process({ file: 1 })
  await second.ended
  expect(second.words.map(({ kind }) => kind)).toEqual(['opening'])
})

it('S17 two that send the same filing at once make one dossier', async () => {
  const { request } = invent()
  const both = [scene.client(), scene.client()]
  const sent = await Promise.all(both.map((portal) => portal.send(request.clientRef, request.body)))
  expect(sent.map(({ kind }) => kind)).toEqual(['accepted', 'accepted'])
  expect(scene.sandbox.filings()).toHaveLength(1)
})

function answerOf(turn: Turn): Extract<Turn, { kind: 'answer' }> {
  if (turn.kind !== 'answer') throw new Error('not an answer')
  return turn
}
