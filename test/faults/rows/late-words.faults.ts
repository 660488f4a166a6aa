import { afterEach, beforeEach, expect, it } from 'vitest'
import { createJournal } from '../../../electron/audit/index.ts'
import { problem, type Turn } from '../front.ts'
import type { Confirmed } from '../invariants.ts'
import { must, readBody, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

/** The portal's last word comes late, or twice: rows S4 and S14. */

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const officer = { actor: 'officer' }
const settled = (): boolean => kiosk.outbox.counts().waiting === 0
const get = ({ clientRef }: Confirmed) => kiosk.outbox.get(clientRef)
const alarmLines = (): string[] => scene.log.filter((line) => line.startsWith('alarm'))

/** How often the journal says that a filing was accepted. */
function acceptances({ clientRef }: Confirmed): number {
  expect(createJournal(kiosk.store.db).verify()).toMatchObject({ ok: true })
  return kiosk.store.db
    .prepare(`SELECT 1 FROM event WHERE client_ref = ? AND to_state = 'ACCEPTED'`)
    .all(clientRef).length
}

/** Whether the filing's contents were still there at every question about it. */
function watchContents(filing: Confirmed): () => { questions: number; losses: number } {
  let questions = 0
  let losses = 0
  scene.front.rule(({ what, clientRef }) => {
    if (what === 'ask' && clientRef === filing.clientRef) {
      questions += 1
      if (readBody(kiosk, filing.clientRef) === undefined) losses += 1
    }
    return undefined
  })
  return () => ({ questions, losses })
}

it('S4 taken for processing: asked over restarts, kept whole until the receipt is there', async () => {
  scene.sandbox.script(['S4-processing'])
  const filing = await scene.file(kiosk)
  const contents = watchContents(filing)
  kiosk.outbox.start()
  await expect.poll(() => get(filing)?.state).toBe('PROCESSING')
  expect(get(filing)).toMatchObject({ dossierCode: null, receipt: null })
  kiosk = await scene.open()
  expect(get(filing)?.state).toBe('PROCESSING')
  kiosk.outbox.start()
  await scene.flowUntil(settled, MINUTE_MS)
  expect(get(filing)).toMatchObject({ state: 'ERASED', attempts: 1 })
  expect(contents()).toEqual({ questions: 2, losses: 0 })
  expect(scene.front.count('file')).toBe(1)
  expect(get(filing)?.dossierCode).toBe(scene.sandbox.filings()[0]?.dossierCode)
  expect(await scene.check()).toEqual([])
})

it('S4 taken for processing, then refused: to staff, with its contents', async () => {
  scene.sandbox.script(['S4-processing-rejected'])
  const filing = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(settled, MINUTE_MS)
  expect(get(filing)).toMatchObject({ state: 'NEEDS_STAFF', lastProblem: 'validation' })
  expect(readBody(kiosk, filing.clientRef)).not.toBe(undefined)
  expect(scene.front.count('file')).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('S4 a portal that takes days is asked ever less, and nothing is lost meanwhile', async () => {
  scene.sandbox.script(['S4-processing'])
  const filing = await scene.file(kiosk)
  const { clientRef, sha256: bodySha256 } = { ...filing, sha256: bodyDigest(filing) }
  const still: Turn = {
    kind: 'edit',
    change: () => JSON.stringify({ state: 'processing', clientRef, bodySha256 }),
  }
  scene.front.rule(({ what }) => (what === 'ask' ? still : undefined))
  kiosk.outbox.start()
  await expect.poll(() => get(filing)?.state).toBe('PROCESSING')
  const until = scene.time.now() + 3 * DAY_MS
  await scene.flowUntil(() => scene.time.now() >= until, 5 * MINUTE_MS)
  expect(get(filing)?.state).toBe('PROCESSING')
  // Every quarter of an hour at the longest, half of that with the lots of this scene.
  expect(scene.front.count('ask')).toBeLessThanOrEqual(3 * 24 * 8)
  expect(readBody(kiosk, clientRef)).not.toBe(undefined)
  expect(scene.front.count('file')).toBe(1)
  scene.front.rule(undefined)
  await scene.flowUntil(settled, MINUTE_MS)
  expect(get(filing)?.state).toBe('ERASED')
  expect(await scene.check()).toEqual([])
})

function bodyDigest({ clientRef }: Confirmed): string {
  const row = kiosk.store.db
    .prepare('SELECT lower(hex(body_sha256)) FROM submission WHERE client_ref = ?')
    .pluck()
    .get(clientRef)
  return String(row)
}

/** A filing in doubt about which the portal is being asked; its answer comes when it is let go. */
async function fileWithLateAnswer() {
  const answer = Promise.withResolvers<void>()
  scene.front.script('file', { kind: 'drop', when: 'after-commit' })
  scene.front.script('ask', { kind: 'late', until: answer.promise })
  const filing = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(() => scene.front.count('ask') === 1)
  // Time stands still from here on, so that nothing else is asked meanwhile.
  expect(get(filing)?.state).toBe('IN_DOUBT')
  return { filing, answer: () => answer.resolve() }
}

it('S14 staff end a filing, then its receipt comes: nothing is undone, staff see the conflict', async () => {
  const { filing, answer } = await fileWithLateAnswer()
  must(await kiosk.outbox.staff.withdraw(filing.clientRef, { ...officer, notAtPortal: true }))
  expect(get(filing)).toMatchObject({ state: 'ERASED', lastCode: 'withdrawn', dossierCode: null })
  answer()
  await expect.poll(() => kiosk.outbox.alarms()).toHaveLength(1)
  const [dossier] = scene.sandbox.filings()
  expect(get(filing)).toMatchObject({
    state: 'ERASED',
    lastCode: 'late-receipt',
    dossierCode: dossier?.dossierCode,
    receipt: null,
  })
  expect(kiosk.outbox.alarms()).toMatchObject([
    { code: 'late-receipt', clientRef: filing.clientRef },
  ])
  expect(alarmLines()).toEqual([`alarm late-receipt ${filing.clientRef}`])
  expect(acceptances(filing)).toBe(0)
  expect(kiosk.outbox.counts()).toEqual({ waiting: 0, needsStaff: 0, delivered: 0 })
  expect(await scene.check()).toEqual([])
})

it('S14 the receipt comes while staff hold the filing: it is accepted, once', async () => {
  const { filing, answer } = await fileWithLateAnswer()
  must(kiosk.outbox.staff.hold(filing.clientRef, officer))
  answer()
  await expect.poll(() => get(filing)?.state).toBe('ERASED')
  expect(acceptances(filing)).toBe(1)
  expect(kiosk.outbox.staff.release(filing.clientRef, officer)).toMatchObject({
    error: { code: 'ended' },
  })
  expect(kiosk.outbox.alarms()).toEqual([])
  expect(await scene.check()).toEqual([])
})

it('S14 the same receipt to two questions at once counts once, and is no conflict', async () => {
  const client = scene.client()
  kiosk = await scene.open({
    portal: { ...client, capabilities: { ...client.capabilities, withdraw: false } },
  })
  const { filing, answer } = await fileWithLateAnswer()
  // A portal that cannot withdraw is asked whether it has the filing.
  expect(await kiosk.outbox.staff.withdraw(filing.clientRef, officer)).toMatchObject({
    error: { code: 'not-withdrawable' },
  })
  expect(get(filing)).toMatchObject({ state: 'ERASED', lastCode: 'accepted' })
  const kept = get(filing)
  answer()
  await expect.poll(() => scene.log.filter((line) => line.startsWith('asked'))).toHaveLength(1)
  expect(get(filing)).toEqual(kept)
  expect(acceptances(filing)).toBe(1)
  expect(kiosk.outbox.alarms()).toEqual([])
  expect(scene.front.count('ask', filing.clientRef)).toBe(2)
  expect(await scene.check()).toEqual([])
})

it('S14 an acknowledgement that is repeated as a 200 is the first one', async () => {
  scene.sandbox.script(['S14-duplicate-ack'])
  const filing = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(get(filing)).toMatchObject({ state: 'ERASED', attempts: 1 })
  expect(acceptances(filing)).toBe(1)
  expect(await scene.check()).toEqual([])
})

it('S14 what the portal says is withdrawn goes to staff and is not sent again', async () => {
  scene.front.script('file', problem(410, 'withdrawn'))
  const filing = await scene.file(kiosk)
  kiosk.outbox.start()
  await scene.flowUntil(settled)
  expect(get(filing)).toMatchObject({ state: 'NEEDS_STAFF', lastProblem: 'withdrawn' })
  expect(scene.front.count('file')).toBe(1)
  expect(await scene.check()).toEqual([])
})
