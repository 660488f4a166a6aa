import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Kiosk } from '../kiosk.ts'
import type { Turn } from '../front.ts'
import type { Weather } from '../proxy.ts'
import { createScene, type Scene } from '../scene.ts'

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const idle = (): boolean => kiosk.outbox.list().every(({ state }) => state !== 'SENDING')
const attempted = (): boolean => kiosk.outbox.list().some(({ attempts }) => attempts > 0)
const allDelivered = (): boolean => kiosk.outbox.counts().delivered === scene.confirmed.length

/** Files in bad weather, waits for an attempt to fail, clears the weather, waits for the dossier. */
async function fileThrough(weather: Weather): Promise<string[]> {
  const states: string[] = []
  kiosk.outbox.subscribe((change) => {
    if (change.kind === 'filing') states.push(change.state)
  })
  await scene.proxy.setWeather(weather)
  await scene.file(kiosk)
  kiosk.outbox.start()
  await expect.poll(() => attempted() && idle(), { timeout: 20_000 }).toBe(true)
  await scene.proxy.setWeather({})
  await scene.flowUntil(allDelivered)
  expect(scene.sandbox.accepted()).toBe(1)
  expect(await scene.check()).toEqual([])
  return states
}

it('N1 a refused connection uses up no attempt, and the filing goes when the portal is back', async () => {
  await scene.proxy.setWeather({ refuse: true })
  await scene.file(kiosk)
  kiosk.outbox.start()
  await expect.poll(() => kiosk.outbox.portalState()).toBe('away')
  expect(kiosk.outbox.list()).toMatchObject([{ attempts: 0 }])
  await scene.proxy.setWeather({})
  await scene.flowUntil(allDelivered)
  expect(scene.front.count('file')).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('N1 a name that does not exist is known as not sent', async () => {
  const portal = scene.client({ url: 'http://portal.invalid:80' })
  expect(
    await portal.send('01a0a2b0-0000-7000-8000-000000000000', Buffer.from('{}')),
  ).toMatchObject({ kind: 'not-sent' })
})

it('N2 reset in the middle of the request: asks before it sends again', async () => {
  const states = await fileThrough({ up: { cutAfterBytes: 500 } })
  expect(states).toContain('IN_DOUBT')
  expect(scene.front.count('ask')).toBeGreaterThanOrEqual(1)
})

it('N2 reset in the middle of the answer: nothing is sent again', async () => {
  const states = await fileThrough({ down: { cutAfterBytes: 60 } })
  expect(states).toContain('IN_DOUBT')
  expect(scene.front.count('file')).toBe(1)
})

it('N3 a half-open connection ends by itself, and the portal is asked', async () => {
  const states = await fileThrough({ up: { silent: true }, down: { silent: true } })
  expect(states).toContain('IN_DOUBT')
})

it('N4 an answer that drips is given up, and the portal is asked', async () => {
  const states = await fileThrough({ down: { bytesPerSecond: 10 } })
  expect(states).toContain('IN_DOUBT')
  expect(scene.front.count('file')).toBe(1)
})

it('N4 an answer without end is cut off, and the portal is asked', async () => {
  scene.front.script('file', { kind: 'endless' })
  await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(allDelivered)
  // What the sockets on the way hold is lost as well; loopback's buffers grow to several megabytes.
  expect(scene.proxy.stats().down).toBeLessThan(16_000_000)
  expect(scene.front.count('file')).toBe(1)
  expect(await scene.check()).toEqual([])
})

const LOGIN_PAGE = '<!doctype html><title>Wi-Fi</title><form action="/login"></form>'

for (const [name, status] of [
  ['a login page with 200', 200],
  ['a redirect to a login page', 302],
  ['511', 511],
] as const) {
  it(`N5 ${name} is not the portal: nothing is accepted, nobody is followed`, async () => {
    let visitors = 0
    const login = createServer((_request, response) => {
      visitors += 1
      response.end(LOGIN_PAGE)
    })
    login.listen(0, '127.0.0.1')
    await once(login, 'listening')
    const address = login.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const page: Turn = {
      kind: 'answer',
      status,
      headers: { 'content-type': 'text/html', location: `http://127.0.0.1:${address.port}/` },
      body: LOGIN_PAGE,
    }
    scene.front.rule(() => page)
    await scene.file(kiosk)
    kiosk.outbox.start()
    await expect.poll(() => kiosk.outbox.portalState()).toBe('away')
    await expect.poll(idle).toBe(true)
    expect(kiosk.outbox.counts()).toMatchObject({ waiting: 1, delivered: 0 })
    await scene.flowUntil(() => kiosk.outbox.portalStatus().breaker === 'open')
    expect(kiosk.outbox.portalStatus()).toMatchObject({ trouble: 'network-login', hold: null })
    const told = scene.log.filter((line) => line.startsWith('portal-trouble'))
    expect(told).toEqual([expect.stringContaining('network login needed')])
    const sent = scene.front.count('file')
    const asked = scene.front.count('health')
    await scene.flowUntil(() => scene.front.count('health') >= asked + 3, 60_000)
    expect(scene.front.count('file')).toBe(sent)
    expect(visitors).toBe(0)
    login.close()

    scene.front.rule(undefined)
    await scene.flowUntil(allDelivered)
    expect(kiosk.outbox.portalStatus().trouble).toBe(null)
    expect(scene.sandbox.accepted()).toBe(1)
    expect(await scene.check()).toEqual([])
  })
}

for (const status of [502, 503, 504]) {
  for (const commit of [true, false]) {
    it(`N7 a proxy's ${status} ${commit ? 'after' : 'before'} the portal: asks first`, async () => {
      scene.front.script('file', { kind: 'answer', status, commit, body: 'Bad Gateway' })
      await scene.file(kiosk)
      kiosk.outbox.start()
      await scene.flowUntil(allDelivered)
      expect(scene.front.count('ask')).toBeGreaterThanOrEqual(1)
      expect(scene.front.count('file')).toBe(commit ? 1 : 2)
      expect(await scene.check()).toEqual([])
    })
  }
}
