import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PortalAdapter, StatusOutcome } from '../portal/index.ts'
import { createHarness, invent, must, START_MS, until, type Harness } from './harness.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

const HOUR_MS = 3_600_000

let harness: Harness
/** What the portal says of a delivered filing; undefined: the truth. */
let says: (clientRef: string) => StatusOutcome | undefined
/** How many filings each question named. */
let questions: number[]
beforeEach(async () => {
  harness = await createHarness()
  says = () => undefined
  questions = []
})
afterEach(() => harness.close())

function listening(real: PortalAdapter): PortalAdapter {
  return {
    ...real,
    async statusOf(filings, signal) {
      questions.push(filings.length)
      const truth = await real.statusOf(filings, signal)
      return new Map([...truth].map(([ref, outcome]) => [ref, says(ref) ?? outcome]))
    },
  }
}

/** Three delivered filings, at a portal that is listened to. */
async function deliverThree(change: Partial<PortalAdapter['capabilities']> = {}) {
  const real = harness.client()
  const portal = listening({ ...real, capabilities: { ...real.capabilities, ...change } })
  const { outbox } = await harness.reopen(portal)
  const filings = [invent(), invent(), invent()]
  for (const filing of filings) must(outbox.enqueue(filing))
  outbox.start()
  await until(outbox, () => outbox.counts().delivered === 3)
  return { outbox, refs: filings.map(({ clientRef }) => clientRef), portal }
}

/** Lets half an hour pass again and again until so many questions were asked. */
async function untilAsked(count: number): Promise<void> {
  await expect
    .poll(
      () => {
        if (questions.length < count) harness.time.advance(HOUR_MS / 2)
        return questions.length
      },
      { interval: 2, timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(count)
}

/** Filings that no round has asked about. */
function unasked(): unknown {
  return harness
    .kiosk()
    .store.db.prepare('SELECT count(*) FROM submission WHERE next_at_ms <= ?')
    .pluck()
    .get(START_MS + HOUR_MS)
}

describe('reconciliation with the portal', () => {
  it('asks about all delivered filings in one question, once a day', async () => {
    await deliverThree()
    expect(questions).toEqual([])
    await untilAsked(1)
    expect(harness.time.now() - START_MS).toBeLessThan(2 * HOUR_MS)
    await untilAsked(4)
    expect(questions).toEqual([3, 3, 3, 3])
    expect(harness.time.now() - START_MS).toBeGreaterThan(3 * 24 * HOUR_MS)
    expect(harness.kiosk().outbox.alarms()).toEqual([])
  })

  it('does not ask again after a restart on the same day', async () => {
    const { portal } = await deliverThree()
    await untilAsked(1)
    await expect.poll(unasked).toBe(0)
    const { outbox } = await harness.reopen(portal)
    outbox.start()
    await until(outbox, () => outbox.portalState() === 'reachable')
    for (let n = 0; n < 30; n += 1) harness.time.advance(HOUR_MS / 2)
    expect(questions).toEqual([3])
  })

  it('marks what the portal forgot, and takes the mark away when it remembers', async () => {
    const { outbox, refs } = await deliverThree()
    says = (ref) => (ref === refs[1] ? { kind: 'absent' } : undefined)
    await untilAsked(1)
    await expect.poll(() => outbox.alarms()).toHaveLength(1)
    expect(outbox.list().map(({ lastCode }) => lastCode)).toEqual([
      'accepted',
      'portal-forgot',
      'accepted',
    ])
    await untilAsked(2)
    says = () => undefined
    await untilAsked(3)
    await expect.poll(() => outbox.get(refs[1] ?? '')?.lastCode).toBe('accepted')
    expect(outbox.alarms()).toMatchObject([{ code: 'portal-forgot', clientRef: refs[1] }])
    const reasons = harness
      .kiosk()
      .store.db.prepare('SELECT reason FROM event WHERE client_ref = ? ORDER BY id DESC LIMIT 2')
      .pluck()
      .all(refs[1])
    expect(reasons).toEqual(['portal-remembers', 'alarm-portal-forgot'])
  })

  it('asks again in the next round where nobody answered', async () => {
    const { outbox } = await deliverThree()
    says = () => ({ kind: 'unknown', cause: 'ECONNRESET' })
    await untilAsked(1)
    says = () => undefined
    await untilAsked(2)
    expect(questions).toEqual([3, 3])
    expect(outbox.alarms()).toEqual([])
  })

  it('rests where the portal asks for it', async () => {
    const { outbox } = await deliverThree()
    says = () => ({ kind: 'wait', ms: 600_000 })
    await untilAsked(1)
    await expect.poll(() => outbox.portalStatus().restUntilMs).not.toBe(null)
  })

  it('asks nothing of a portal that cannot be asked', async () => {
    await deliverThree({ statusByRef: false })
    for (let n = 0; n < 100; n += 1) harness.time.advance(HOUR_MS)
    expect(questions).toEqual([])
  })

  it('takes a hundred at a time and so many in a round, the longest unasked first', async () => {
    await deliverThree()
    const copies = limits.RECONCILE_MOST
    // Tombstones like the third one, with references of their own.
    harness
      .kiosk()
      .store.db.prepare(
        `WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < ?),
           r (i, ref) AS (SELECT i, printf('01a94a5b-6a00-7000-8000-%012d', i) FROM n)
         INSERT INTO submission (seq, client_ref, request_id, procedure_code, schema_version,
           portal_id, state, body_sha256, next_at_ms, captured_at_ms, erased_at_ms, receipt_json)
         SELECT r.i, r.ref, r.ref, procedure_code, schema_version, portal_id, state, body_sha256,
           next_at_ms, captured_at_ms, erased_at_ms, json_set(receipt_json, '$.clientRef', r.ref)
         FROM r JOIN submission ON seq = 3`,
      )
      .run(copies + 3)
    says = () => ({ kind: 'withdrawn' })
    await untilAsked(copies / 100)
    expect(questions).toEqual(Array.from({ length: copies / 100 }, () => 100))
    await untilAsked(copies / 100 + 1)
    await expect.poll(unasked).toBe(0)
  })
})
