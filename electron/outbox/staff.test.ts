import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createJournal } from '../audit/index.ts'
import type { PortalAdapter } from '../portal/index.ts'
import { rebuildFromEnvelopes } from '../store/index.ts'
import { adoptRebuilt } from './adopt.ts'
import { createHarness, invent, must, until, type Harness } from './harness.ts'

const officer = { actor: 'officer' }

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

const contentsKept = (): number =>
  z
    .int()
    .parse(
      harness
        .kiosk()
        .store.db.prepare('SELECT count(*) FROM submission WHERE sealed_id NOT NULL')
        .pluck()
        .get(),
    )

/** A filing that the portal has refused. */
async function refusedFiling(): Promise<string> {
  const { outbox } = harness.kiosk()
  const wrong = invent()
  const body = Buffer.from(wrong.body.toString().replace('1.004873', '9.999999'))
  must(outbox.enqueue({ ...wrong, body }))
  outbox.start()
  await until(outbox, () => outbox.counts().needsStaff === 1)
  return wrong.clientRef
}

describe('holding', () => {
  it('keeps a filing back until it is released, and the citizen’s next one is not held up', async () => {
    const { outbox } = harness.kiosk()
    const [first, second] = [invent(), invent()]
    must(outbox.enqueue(first))
    must(outbox.enqueue(second))
    must(outbox.staff.hold(first.clientRef, officer))
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 1)
    expect(outbox.get(first.clientRef)).toMatchObject({
      state: 'NEEDS_STAFF',
      lastCode: 'held-queued',
    })
    expect(outbox.get(second.clientRef)).toMatchObject({ state: 'ERASED' })
    must(outbox.staff.release(first.clientRef, officer))
    await until(outbox, () => outbox.counts().delivered === 2)
    expect(outbox.staff.release(first.clientRef, officer)).toMatchObject({
      error: { code: 'ended' },
    })
  })

  it('names who did it in the journal', () => {
    const { outbox, store } = harness.kiosk()
    const filing = invent()
    must(outbox.enqueue(filing))
    must(outbox.staff.hold(filing.clientRef, officer))
    expect(
      store.db.prepare('SELECT actor, to_state, reason FROM event ORDER BY id DESC LIMIT 1').get(),
    ).toEqual({ actor: 'officer', to_state: 'NEEDS_STAFF', reason: 'held-queued' })
    expect(createJournal(store.db).verify()).toMatchObject({ ok: true })
  })

  it('is refused while the filing is being sent, and for one that nobody knows', async () => {
    const { outbox } = harness.kiosk()
    harness.sandbox.script(['slow'])
    const filing = invent()
    must(outbox.enqueue(filing))
    outbox.start()
    await until(outbox, () => outbox.get(filing.clientRef)?.state === 'SENDING')
    for (const refused of [
      outbox.staff.hold(filing.clientRef, officer),
      outbox.staff.handOver(filing.clientRef, { ...officer, paperTaken: true }),
      await outbox.staff.withdraw(filing.clientRef, officer),
    ]) {
      expect(refused).toEqual({ ok: false, error: { code: 'busy' } })
    }
    expect(outbox.staff.hold('01a94a5b-6a00-7000-8000-000000000001', officer)).toEqual({
      ok: false,
      error: { code: 'unknown-filing' },
    })
  })
})

describe('retrying', () => {
  it('sends a refused filing once more, and counts its failures anew', async () => {
    const clientRef = await refusedFiling()
    const { outbox } = harness.kiosk()
    const attempts = outbox.get(clientRef)?.attempts ?? 0
    must(outbox.staff.retry(clientRef, officer))
    await until(outbox, () => outbox.get(clientRef)?.attempts === attempts + 1)
    await until(outbox, () => outbox.counts().needsStaff === 1)
    expect(outbox.get(clientRef)).toMatchObject({ itemFailures: 0 })
  })

  it('asks first where the portal may have it', async () => {
    harness.sandbox.script(['drop-after-commit'])
    const blind = { ...harness.client().capabilities, replaySafe: false, statusByRef: false }
    const filing = invent()
    const { outbox } = await harness.reopen({ ...harness.client(), capabilities: blind })
    must(outbox.enqueue(filing))
    outbox.start()
    await until(outbox, () => outbox.counts().needsStaff === 1)
    expect(outbox.get(filing.clientRef)?.lastCode).toBe('doubt')
    expect(outbox.staff.retry(filing.clientRef, officer)).toEqual({
      ok: false,
      error: { code: 'portal-may-have-it' },
    })
    // With an adapter that can ask, the same order is harmless.
    const { outbox: able } = await harness.reopen()
    must(able.staff.retry(filing.clientRef, officer))
    able.start()
    await until(able, () => able.counts().delivered === 1)
    expect(able.get(filing.clientRef)).toMatchObject({ attempts: 1 })
    expect(harness.sandbox.accepted()).toBe(1)
  })
})

describe('a filing whose row was lost', () => {
  /** Sent, its answer lost, and then the database: only the envelope is left. */
  async function rebuilt(portal?: PortalAdapter): Promise<string> {
    const filing = invent()
    harness.sandbox.script(['drop-after-commit'])
    const { outbox, store, keys } = harness.kiosk()
    must(outbox.enqueue(filing))
    outbox.start()
    await until(outbox, () => outbox.get(filing.clientRef)?.state === 'IN_DOUBT')
    await outbox.stop()
    const { rows } = await rebuildFromEnvelopes(harness.storeDir, keys)
    store.db.exec('DELETE FROM attempt; DELETE FROM submission')
    adoptRebuilt(store, rows, harness.time.now())
    await harness.reopen(portal)
    return filing.clientRef
  }

  it('is not sent again blindly', async () => {
    const clientRef = await rebuilt({
      ...harness.client(),
      capabilities: { ...harness.client().capabilities, replaySafe: false, statusByRef: false },
    })
    const { outbox } = harness.kiosk()
    outbox.start()
    await until(outbox, () => outbox.get(clientRef)?.state === 'NEEDS_STAFF')
    expect(outbox.staff.retry(clientRef, officer)).toEqual({
      ok: false,
      error: { code: 'portal-may-have-it' },
    })
  })

  it('is withdrawn at the portal first', async () => {
    const clientRef = await rebuilt()
    must(await harness.kiosk().outbox.staff.withdraw(clientRef, officer))
    expect(await harness.client().status(clientRef, '0'.repeat(64))).toEqual({ kind: 'withdrawn' })
  })
})

describe('handing over on paper', () => {
  it('wants the officer’s word, then erases everything but the trace', async () => {
    const clientRef = await refusedFiling()
    const { outbox } = harness.kiosk()
    expect(outbox.staff.handOver(clientRef, officer)).toEqual({
      ok: false,
      error: { code: 'unconfirmed' },
    })
    expect(contentsKept()).toBe(1)
    must(outbox.staff.handOver(clientRef, { ...officer, paperTaken: true }))
    expect(outbox.get(clientRef)).toMatchObject({
      state: 'ERASED',
      lastCode: 'handed-over',
      receipt: null,
    })
    expect(contentsKept()).toBe(0)
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 0, delivered: 0 })
  })

  it('is for filings that are with staff', () => {
    const { outbox } = harness.kiosk()
    const filing = invent()
    must(outbox.enqueue(filing))
    expect(outbox.staff.handOver(filing.clientRef, { ...officer, paperTaken: true })).toEqual({
      ok: false,
      error: { code: 'not-with-staff' },
    })
  })
})

describe('withdrawing', () => {
  it('needs no portal for a filing that never left', async () => {
    const { outbox } = harness.kiosk()
    const filing = invent()
    must(outbox.enqueue(filing))
    harness.sandbox.setMode('cut')
    must(await outbox.staff.withdraw(filing.clientRef, officer))
    expect(outbox.get(filing.clientRef)).toMatchObject({ state: 'ERASED', lastCode: 'withdrawn' })
    expect(contentsKept()).toBe(0)
  })

  /** A filing whose receipt was lost, stopped before anybody asked. */
  async function doubtful(): Promise<string> {
    const filing = invent()
    harness.sandbox.script(['drop-after-commit'])
    const { outbox } = harness.kiosk()
    must(outbox.enqueue(filing))
    outbox.start()
    await until(outbox, () => outbox.get(filing.clientRef)?.state === 'IN_DOUBT')
    await outbox.stop()
    return filing.clientRef
  }

  it('asks the portal first where that may have it', async () => {
    const clientRef = await doubtful()
    const { outbox } = harness.kiosk()
    must(await outbox.staff.withdraw(clientRef, officer))
    expect(outbox.get(clientRef)).toMatchObject({ state: 'ERASED', lastCode: 'withdrawn' })
    expect(await harness.client().status(clientRef, '0'.repeat(64))).toEqual({ kind: 'withdrawn' })
  })

  it('leaves everything as it was without a definite word of the portal', async () => {
    const clientRef = await doubtful()
    const { outbox } = harness.kiosk()
    harness.sandbox.setMode('cut')
    expect(await outbox.staff.withdraw(clientRef, officer)).toMatchObject({
      ok: false,
      error: { code: 'portal-unclear' },
    })
    expect(outbox.get(clientRef)?.state).toBe('IN_DOUBT')
    expect(contentsKept()).toBe(1)

    harness.sandbox.setMode('up')
    harness.sandbox.script(['S14-not-withdrawable'])
    expect(await outbox.staff.withdraw(clientRef, officer)).toEqual({
      ok: false,
      error: { code: 'not-withdrawable' },
    })
    harness.time.advance(60_000)
    outbox.start()
    await until(outbox, () => outbox.get(clientRef)?.state === 'ERASED')
    expect(outbox.get(clientRef)?.receipt).not.toBeNull()
    expect(harness.sandbox.accepted()).toBe(1)
  })

  it('finds the filing changed where another hand was quicker', async () => {
    const clientRef = await doubtful()
    const { outbox } = harness.kiosk()
    const withdrawing = outbox.staff.withdraw(clientRef, officer)
    must(outbox.staff.release(clientRef, { actor: 'technician' }))
    expect(await withdrawing).toEqual({ ok: false, error: { code: 'changed' } })
    expect(outbox.get(clientRef)?.state).toBe('IN_DOUBT')
    expect(contentsKept()).toBe(1)
  })
})
