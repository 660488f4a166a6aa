import { X509Certificate } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { pinOf, type PortalTls } from '../../../electron/portal/connect.ts'
import { makeCertificate } from '../../../electron/portal/testing.ts'
import type { FrontTls } from '../front.ts'
import { createScene, type Scene } from '../scene.ts'

/** Rows N6 and, for the times in a certificate, T1: a real TLS server before the portal. */

const days = (count: number) => new Date(Date.now() + count * 86_400_000)
const good = makeCertificate()
const trusted = { ca: good.cert }
const pinFor = ({ cert }: FrontTls) => pinOf(new X509Certificate(cert).raw)
const expired = makeCertificate({ from: days(-10), to: days(-5) })
const early = makeCertificate({ from: days(5), to: days(10) })
const elsewhere = makeCertificate({ host: 'portal.invalid' })

let scene: Scene
afterEach(() => scene.close())

const MINUTE_MS = 60_000

/** Files three times while the portal shows this; waits for the hold, and on for some more tries. */
async function fileInVain(shown: FrontTls, tls: PortalTls) {
  scene = await createScene({ tls: shown })
  const kiosk = await scene.open({ portal: scene.client({ tls }) })
  for (let n = 0; n < 3; n += 1) await scene.file(kiosk)
  kiosk.outbox.start()
  await expect.poll(() => kiosk.outbox.portalStatus().hold).not.toBe(null)
  const before = scene.proxy.stats().connections
  await scene.flowUntil(() => scene.proxy.stats().connections >= before + 3, MINUTE_MS)
  expect(scene.front.seen).toEqual([])
  expect(kiosk.outbox.counts()).toEqual({ waiting: 3, needsStaff: 0, delivered: 0 })
  expect(kiosk.outbox.list().map(({ attempts }) => attempts)).toEqual([0, 0, 0])
  expect(await scene.check()).toEqual([])
  return kiosk
}

/** The portal proves itself: everything goes, once. */
async function mendAndDeliver(): Promise<void> {
  scene.front.setCertificate(good)
  const kiosk = await scene.open({ portal: scene.client({ tls: trusted }) })
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 3)
  expect(scene.front.count('file')).toBe(3)
  expect(kiosk.outbox.portalStatus()).toMatchObject({ hold: null, trouble: null })
  expect(kiosk.outbox.alarms()).toHaveLength(1)
  expect(await scene.check()).toEqual([])
}

for (const [name, shown, tls, detail] of [
  ['of an unknown authority', good, {}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['of another authority than the profile’s', elsewhere, trusted, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['of another host', elsewhere, { ca: elsewhere.cert }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['with another key', good, { ...trusted, pins: [pinFor(early)] }, 'PIN_MISMATCH'],
] as const) {
  it(`N6 a certificate ${name}: all is held, an alarm, no byte of a filing`, async () => {
    const kiosk = await fileInVain(shown, tls)
    expect(kiosk.outbox.portalStatus()).toMatchObject({
      state: 'away',
      breaker: 'open',
      trouble: 'tls',
      hold: { cause: 'tls', detail },
    })
    expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'portal-tls', clientRef: null }])
    expect(scene.log.filter((line) => line.startsWith('alarm'))).toEqual([
      `alarm portal-tls ${detail}`,
    ])
    await mendAndDeliver()
  })
}

for (const [name, shown, detail] of [
  ['has expired', expired, 'CERT_HAS_EXPIRED'],
  ['is not valid yet', early, 'CERT_NOT_YET_VALID'],
] as const) {
  it(`N6 a certificate that ${name}: all is held, an alarm, no byte of a filing`, async () => {
    const kiosk = await fileInVain(shown, { ca: shown.cert })
    expect(kiosk.outbox.portalStatus()).toMatchObject({ hold: { cause: 'clock', detail } })
    expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'portal-clock', clientRef: null }])
    await mendAndDeliver()
  })

  it(`T1 a certificate that ${name} by the kiosk's clock: the technician is told of the clock`, async () => {
    const kiosk = await fileInVain(shown, { ca: shown.cert })
    expect(kiosk.outbox.portalStatus()).toMatchObject({ trouble: 'clock', breaker: 'open' })
    const lines = scene.log.filter((line) => line.startsWith('portal-trouble'))
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^portal-trouble clock clock wrong \\(${detail}\\): .*set`)),
    ])
  })
}

it('N6 a stranger who takes the portal’s place between two filings gets nothing of the second', async () => {
  scene = await createScene({ tls: good })
  const kiosk = await scene.open({
    portal: scene.client({ tls: { ...trusted, pins: [pinFor(early), pinFor(good)] } }),
  })
  await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 1)
  scene.front.setCertificate(makeCertificate())
  const before = scene.front.seen.length
  await scene.file(kiosk)
  await scene.flowUntil(() => kiosk.outbox.portalStatus().hold !== null)
  expect(scene.front.seen).toHaveLength(before)
  scene.front.setCertificate(good)
  await scene.flowUntil(() => kiosk.outbox.counts().delivered === 2, MINUTE_MS)
  expect(scene.front.count('file')).toBe(2)
  expect(await scene.check()).toEqual([])
})

it('N6 a portal that suddenly speaks without TLS is not spoken to', async () => {
  scene = await createScene()
  const url = scene.proxy.url.replace('http:', 'https:')
  const kiosk = await scene.open({ portal: scene.client({ url, tls: trusted }) })
  await scene.file(kiosk)
  kiosk.outbox.start()
  await expect.poll(() => kiosk.outbox.portalStatus().hold?.cause).toBe('tls')
  expect(scene.front.seen).toEqual([])
  expect(kiosk.outbox.counts()).toMatchObject({ waiting: 1 })
  expect(await scene.check()).toEqual([])
})
