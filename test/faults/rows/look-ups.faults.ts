import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLookUps } from '../../../electron/look-ups.ts'
import type { PortalFault } from '../../../electron/training/portal/index.ts'
import type { Confirmed } from '../invariants.ts'
import type { Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

/** Row S18: somebody holds a slip under the scanner, and the portal is asked what is missing. */

let scene: Scene
let kiosk: Kiosk
let filing: Confirmed
const logged: string[] = []
beforeEach(async () => {
  logged.length = 0
  scene = await createScene()
  kiosk = await scene.open()
  filing = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 1)
})
afterEach(() => scene.close())

const request = { requestedAt: '2026-11-23T09:00:00+07:00', items: ['Bản sao trích lục ly hôn'] }
const asked = { ...request, due: null, more: false }

function lookUps(portal = scene.client()) {
  const log = (event: string, details: object = {}) =>
    void logged.push([event, ...Object.values(details)].join(' '))
  return createLookUps({ outbox: kiosk.outbox, portal, now: scene.time.now, log })
}

/** What the holder hears; and nothing of the filing, the queue or the line to the portal has moved. */
async function lookUp(at = lookUps()) {
  const known = () => [
    kiosk.outbox.list(),
    kiosk.outbox.alarms(),
    kiosk.outbox.portalStatus(),
    scene.front.count('file'),
  ]
  const before = known()
  const news = await at.askPortal(filing.clientRef, new AbortController().signal)
  expect(known()).toEqual(before)
  expect(await scene.check()).toEqual([])
  return news
}

it('S18 a slip under the scanner says what the authority asks for; the filing stays erased', async () => {
  expect(await lookUp()).toEqual({ state: 'nothing' })
  scene.sandbox.requestSupplement(request)
  expect(await lookUp()).toEqual({ state: 'asked-for', asked })
  expect(kiosk.outbox.get(filing.clientRef)).toMatchObject({ state: 'ERASED' })
})

it.each<[string, unknown]>([
  ['no request', 'soon'],
  ['no items', { ...request, items: { length: 3 } }],
  ['items of every kind', { ...request, items: [7, null, [], { a: 1 }, '\u0000\u202e', '出生'] }],
])('S18 a request with %s says that something is asked for, and nothing else', async (_, said) => {
  scene.sandbox.requestSupplement(said)
  expect(await lookUp()).toMatchObject({ state: 'asked-for', asked: { items: [], more: true } })
})

it('S18 a request of 500 items is cut, and says that there is more', async () => {
  const items = Array.from({ length: 500 }, (_, index) => `Giấy tờ ${index}`)
  scene.sandbox.requestSupplement({ ...request, items })
  expect(await lookUp()).toEqual({
    state: 'asked-for',
    asked: { ...asked, items: items.slice(0, 10), more: true },
  })
})

it('S18 an item of 1 MB is an answer that nobody hears', async () => {
  scene.sandbox.requestSupplement({ ...request, items: ['Bản sao '.repeat(131_072)] })
  expect(await lookUp()).toEqual({ state: 'unheard' })
})

it.each<PortalFault>([
  'N3-status-silent',
  'N5-status-html',
  'S8-status-404',
  'S9-status-401',
  'S10-status-403',
  'S13-status-wrong-digest',
  'S13-status-truncated',
])('S18 %s is heard as nothing, and stops no delivery', async (fault) => {
  scene.sandbox.script([fault])
  expect(await lookUp()).toEqual({ state: 'unheard' })
  expect(logged).toHaveLength(1)
  const next = await scene.file(kiosk)
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 2)
  expect(kiosk.outbox.get(next.clientRef)).toMatchObject({ state: 'ERASED' })
})

it('S18 a portal that is away is heard as nothing', async () => {
  const back = await scene.sandbox.refuseConnections()
  expect(await lookUp()).toEqual({ state: 'unheard' })
  await back()
  expect(await lookUp()).toEqual({ state: 'nothing' })
})

it('S18 a portal that the kiosk knows to be away is not asked', async () => {
  scene.sandbox.setMode('cut')
  await scene.flowUntil(() => kiosk.outbox.portalState() === 'away')
  const before = scene.front.count('ask')
  expect(await lookUp()).toEqual({ state: 'unheard' })
  expect(scene.front.count('ask')).toBe(before)
})

it('S18 a portal that wants rest is left in peace', async () => {
  const at = lookUps()
  scene.sandbox.script(['S12-status-503'])
  expect(await lookUp(at)).toEqual({ state: 'unheard' })
  const before = scene.front.count('ask')
  expect(await lookUp(at)).toEqual({ state: 'unheard' })
  expect(scene.front.count('ask')).toBe(before)
  scene.time.advance(30_001)
  expect(await lookUp(at)).toEqual({ state: 'nothing' })
})

it('S18 a question that is given up ends', async () => {
  scene.sandbox.script(['N3-status-silent'])
  const giveUp = new AbortController()
  const news = lookUps().askPortal(filing.clientRef, giveUp.signal)
  giveUp.abort()
  expect(await news).toEqual({ state: 'unheard' })
})

it('S18 a portal that has lost or renumbered the filing sends its holder to an officer', async () => {
  const portal = scene.client()
  const receipt = kiosk.outbox.get(filing.clientRef)?.receipt
  if (!receipt) throw new Error('no receipt')
  const saying = (outcome: Awaited<ReturnType<typeof portal.status>>) =>
    lookUp(lookUps({ ...portal, status: async () => outcome }))
  const differs = { state: 'differs' }
  expect(await saying({ kind: 'absent' })).toEqual(differs)
  expect(await saying({ kind: 'withdrawn' })).toEqual(differs)
  expect(await saying({ kind: 'refused', problem: 'validation', errors: [] })).toEqual(differs)
  const renumbered = { ...receipt, dossierCode: 'H19.99-20261121-9999999' }
  expect(await saying({ kind: 'accepted', receipt: renumbered })).toEqual(differs)
})

it('S18 nothing is asked about a filing without a receipt, or where the portal cannot say', async () => {
  const portal = scene.client()
  const mute = { ...portal, capabilities: { ...portal.capabilities, supplement: false } }
  expect(await lookUp(lookUps(mute))).toBeNull()
  await kiosk.outbox.stop()
  const waiting = await scene.file(kiosk)
  const { signal } = new AbortController()
  expect(lookUps().askPortal(waiting.clientRef, signal)).toBeNull()
  expect(lookUps().askPortal('01932b6e-0000-7000-8000-00000000000a', signal)).toBeNull()
})
