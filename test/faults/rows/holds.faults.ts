import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TokenProvider } from '../../../electron/portal/index.ts'
import { portalHeaders, problem, type Seen, type Turn } from '../front.ts'
import type { Confirmed } from '../invariants.ts'
import { invent, readBody, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

/** Answers that blame no filing (rows S8, S9, S10): the portal is held, everything is kept. */

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const MINUTE_MS = 60_000
const allDelivered = (): boolean => kiosk.outbox.counts().delivered === scene.confirmed.length
const attempts = (): number[] => kiosk.outbox.list().map((filing) => filing.attempts)
const alarmLines = (): string[] => scene.log.filter((line) => line.startsWith('alarm'))
const bare = (status: number): Turn => ({
  kind: 'answer',
  status,
  headers: { ...portalHeaders, 'content-length': '0' },
})

/** Filings of three citizens, and the bytes of each. */
async function fileThree(): Promise<(Confirmed & { readonly body: string })[]> {
  const filings: (Confirmed & { readonly body: string })[] = []
  for (let n = 0; n < 3; n += 1) {
    const filing = await scene.file(kiosk)
    filings.push({ ...filing, body: bodyOf(filing) })
  }
  return filings
}

const bodyOf = ({ clientRef }: Confirmed): string =>
  Buffer.from(readBody(kiosk, clientRef) ?? '').toString()

/** Every request of this kind meets this turn until it is taken away. */
const always = (what: Seen['what'], turn: Turn) =>
  scene.front.rule((seen) => (seen.what === what ? turn : undefined))

/** Time passes until so many requests of this kind came; each sign of life lets one filing try. */
async function waitInVain(what: Seen['what'], times: number, putsOfATry = 1): Promise<void> {
  await scene.flowUntil(() => scene.front.count(what) >= times, MINUTE_MS)
  await expect.poll(() => kiosk.outbox.list().some(({ state }) => state === 'SENDING')).toBe(false)
  const tries = scene.front.count('health') + 1
  expect(scene.front.count('file')).toBeLessThanOrEqual(tries * putsOfATry)
}

const versions = [
  ['400', problem(400, 'malformed'), 'malformed'],
  ['a 404 without a type', bare(404), 'http-404'],
  ['405', bare(405), 'http-405'],
  ['415', bare(415), 'http-415'],
] as const

for (const [name, turn, detail] of versions) {
  it(`S8 ${name} for a filing holds the portal, with an alarm, and blames no filing`, async () => {
    const filings = await fileThree()
    always('file', turn)
    kiosk.outbox.start()
    await waitInVain('file', 4)
    expect(kiosk.outbox.portalStatus()).toMatchObject({
      hold: { cause: 'contract', detail },
      trouble: 'contract',
    })
    expect(kiosk.outbox.counts()).toEqual({ waiting: 3, needsStaff: 0, delivered: 0 })
    expect(attempts()).toEqual([0, 0, 0])
    expect(filings.map(bodyOf)).toEqual(filings.map(({ body }) => body))
    expect(alarmLines()).toEqual([`alarm portal-contract ${detail}`])
    expect(await scene.check()).toEqual([])

    scene.front.rule(undefined)
    await scene.flowUntil(allDelivered, MINUTE_MS)
    expect(kiosk.outbox.portalStatus()).toMatchObject({ hold: null })
    expect(await scene.check()).toEqual([])
  })

  it(`S8 ${name} to a question is not "absent": nothing is sent again`, async () => {
    scene.front.script('file', { kind: 'drop', when: 'after-commit' })
    always('ask', turn)
    await scene.file(kiosk)
    kiosk.outbox.start()
    await waitInVain('ask', 4)
    expect(kiosk.outbox.list()).toMatchObject([{ state: 'IN_DOUBT', attempts: 1 }])
    expect(kiosk.outbox.portalStatus()).toMatchObject({ hold: { cause: 'contract', detail } })
    expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'portal-contract' }])

    scene.front.rule(undefined)
    await scene.flowUntil(allDelivered, MINUTE_MS)
    expect(scene.front.count('file')).toBe(1)
    expect(await scene.check()).toEqual([])
  })
}

/** A portal that wants tokens, and an issuer of them that counts. */
async function withTokens(options: { readonly issues?: string; readonly refuses?: boolean } = {}) {
  let current = 'expired'
  let refreshes = 0
  const tokens: TokenProvider = {
    token: async () => current,
    async refresh() {
      refreshes += 1
      // No issuer answers at once.
      await new Promise(setImmediate)
      if (options.refuses) throw Object.assign(new Error(), { code: 'TOKEN_REFUSED' })
      current = options.issues ?? 'fresh'
      return current
    },
  }
  const wants = (token: string) =>
    scene.front.rule(({ what, authorization }) =>
      what === 'health' || authorization === `Bearer ${token}`
        ? undefined
        : problem(401, 'unauthorized'),
    )
  wants('fresh')
  kiosk = await scene.open({ portal: scene.client({ tokens }) })
  return { tokens, wants, refreshes: () => refreshes }
}

it('S9 an expired token is renewed once, and the same bytes go again', async () => {
  const { refreshes } = await withTokens()
  const filings = await fileThree()
  kiosk.outbox.start()
  await scene.flowUntil(allDelivered)
  expect(refreshes()).toBe(1)
  const sent = scene.front.seen.filter(({ what }) => what === 'file')
  expect(sent).toHaveLength(filings.length + 1)
  expect(sent[0]).toMatchObject({ authorization: 'Bearer expired', sha256: sent[1]?.sha256 })
  expect(attempts()).toEqual([1, 1, 1])
  expect(alarmLines()).toEqual([])
  expect(await scene.check()).toEqual([])
})

it('S9 many that are refused at once share one new token', async () => {
  const { tokens, refreshes } = await withTokens()
  const requests = Array.from({ length: 8 }, () => invent().request)
  // Each asks once before it sends and once when it is refused; then all go on at the same moment.
  const allRefused = Promise.withResolvers<void>()
  let asked = 0
  const together: TokenProvider = {
    ...tokens,
    async token() {
      asked += 1
      if (asked === 2 * requests.length) allRefused.resolve()
      const token = await tokens.token()
      if (asked > requests.length) await allRefused.promise
      return token
    },
  }
  const portal = scene.client({ tokens: together })
  const sent = await Promise.all(requests.map((one) => portal.send(one.clientRef, one.body)))
  expect(sent.map(({ kind }) => kind)).toEqual(requests.map(() => 'accepted'))
  expect(refreshes()).toBe(1)
})

for (const [name, options] of [
  ['the fresh token is refused as well', { issues: 'of no use' }],
  ['the issuer refuses this kiosk', { refuses: true }],
] as const) {
  it(`S9 ${name}: all is held with an alarm, no attempt is used`, async () => {
    const { wants } = await withTokens(options)
    const filings = await fileThree()
    kiosk.outbox.start()
    await waitInVain('file', 4, 2)
    expect(kiosk.outbox.portalStatus()).toMatchObject({
      hold: { cause: 'credentials' },
      trouble: 'credentials',
    })
    expect(attempts()).toEqual([0, 0, 0])
    expect(filings.map(bodyOf)).toEqual(filings.map(({ body }) => body))
    expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'portal-credentials' }])
    expect(alarmLines()).toHaveLength(1)
    expect(await scene.check()).toEqual([])

    wants(options.issues ?? 'expired')
    await scene.flowUntil(allDelivered, MINUTE_MS)
    expect(await scene.check()).toEqual([])
  })
}

it('S10 a kiosk that is switched off keeps everything, over a restart too, and says so', async () => {
  const filings = await fileThree()
  const off = problem(403, 'kiosk-disabled')
  always('file', off)
  kiosk.outbox.start()
  await waitInVain('file', 3)
  kiosk = await scene.open()
  expect(kiosk.outbox.portalStatus()).toMatchObject({ hold: { cause: 'forbidden' } })
  kiosk.outbox.start()
  await waitInVain('file', 5)
  expect(kiosk.outbox.portalStatus()).toMatchObject({
    state: 'away',
    trouble: 'forbidden',
    hold: { cause: 'forbidden', detail: 'kiosk-disabled' },
  })
  expect(attempts()).toEqual([0, 0, 0])
  expect(filings.map(bodyOf)).toEqual(filings.map(({ body }) => body))
  expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'portal-forbidden', clientRef: null }])
  expect(alarmLines()).toEqual(['alarm portal-forbidden kiosk-disabled'])
  expect(await scene.check()).toEqual([])

  scene.front.rule(undefined)
  await scene.flowUntil(allDelivered, MINUTE_MS)
  expect(scene.sandbox.filings()).toHaveLength(3)
  expect(await scene.check()).toEqual([])
})

it('S10 403 to a question leaves the filing in doubt, and nothing is sent again', async () => {
  scene.front.script('file', { kind: 'drop', when: 'after-commit' })
  always('ask', problem(403, 'kiosk-disabled'))
  await scene.file(kiosk)
  kiosk.outbox.start()
  await waitInVain('ask', 4)
  expect(kiosk.outbox.list()).toMatchObject([{ state: 'IN_DOUBT', attempts: 1 }])
  scene.front.rule(undefined)
  await scene.flowUntil(allDelivered, MINUTE_MS)
  expect(scene.front.count('file')).toBe(1)
  expect(await scene.check()).toEqual([])
})
