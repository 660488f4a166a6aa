import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createJournal } from '../audit/index.ts'
import type { PortalAdapter } from '../portal/index.ts'
import type { PortalFault } from '../training/portal/index.ts'
import { createHarness, invent, must, until, type Harness } from './harness.ts'
import type { OutboxChange } from './index.ts'

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

const states = (changes: readonly OutboxChange[]): string[] =>
  changes.flatMap((change) => (change.kind === 'filing' ? [change.state] : []))

/** A filing of the n-th invented citizen. */
function inventCitizen(n: number) {
  return { ...invent(), citizenKey: `0830900${String(n).padStart(5, '0')}` }
}

/** Files one filing while the portal misbehaves; returns when it is delivered. */
async function deliverThrough(faults: readonly PortalFault[]): Promise<OutboxChange[]> {
  const { sandbox, time } = harness
  const { outbox } = harness.kiosk()
  sandbox.script(faults)
  const changes: OutboxChange[] = []
  outbox.subscribe((change) => changes.push(change))
  outbox.start()
  must(outbox.enqueue(invent()))
  const stopTime = time.flow(60_000)
  await until(outbox, () => outbox.counts().delivered === 1)
  stopTime()
  return changes
}

describe('a portal that is there', () => {
  it('gets the filing once, and the kiosk keeps the dossier code only', async () => {
    const changes = await deliverThrough([])
    expect(states(changes)).toEqual(['QUEUED', 'SENDING', 'ACCEPTED', 'ERASED'])
    const [filing] = harness.kiosk().outbox.list()
    expect(filing).toMatchObject({ state: 'ERASED', attempts: 1 })
    expect(filing?.dossierCode).toBe('H19.99-20261121-0000001')
    expect(filing?.receipt?.dossierCode).toBe(filing?.dossierCode)
    expect(harness.sandbox.filings()).toMatchObject([
      { clientRef: filing?.clientRef, dossierCode: filing?.dossierCode },
    ])
    expect(harness.kiosk().outbox.portalState()).toBe('reachable')
  })

  it('leaves a journal that verifies', async () => {
    await deliverThrough(['http-500-after'])
    expect(createJournal(harness.kiosk().store.db).verify()).toEqual({ ok: true, value: 5 })
  })

  it('gets the filings of one citizen in their order', async () => {
    const { outbox } = harness.kiosk()
    const filings = [invent(), invent(), invent()]
    for (const filing of filings) must(outbox.enqueue(filing))
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 3)
    expect(harness.sandbox.filings().map(({ clientRef }) => clientRef)).toEqual(
      filings.map(({ clientRef }) => clientRef),
    )
  })
})

describe('a portal that fails', () => {
  const before: PortalFault[] = ['drop-before-read', 'http-500-before', 'html-200', 'redirect']
  const after: PortalFault[] = [
    'drop-after-commit',
    'http-500-after',
    'wrong-digest',
    'wrong-signature',
    'truncated',
  ]

  it.each(before)('is asked after %s, has nothing, and gets the filing again', async (fault) => {
    const changes = await deliverThrough([fault])
    expect(states(changes)).toEqual([
      'QUEUED',
      'SENDING',
      'IN_DOUBT',
      'READY',
      'SENDING',
      'ACCEPTED',
      'ERASED',
    ])
    expect(harness.sandbox.accepted()).toBe(1)
  })

  it.each(after)('is asked after %s, has the filing, and gets nothing again', async (fault) => {
    const changes = await deliverThrough([fault])
    expect(states(changes)).toEqual(['QUEUED', 'SENDING', 'IN_DOUBT', 'ACCEPTED', 'ERASED'])
    expect(harness.sandbox.accepted()).toBe(1)
    expect(harness.kiosk().outbox.list()).toMatchObject([{ attempts: 1 }])
  })

  it('ends with one dossier each after all of them', async () => {
    const { sandbox, time } = harness
    const { outbox } = harness.kiosk()
    sandbox.script([...before, ...after])
    for (let n = 0; n < 9; n += 1) must(outbox.enqueue(inventCitizen(n)))
    outbox.start()
    const stopTime = time.flow(60_000)
    await until(outbox, () => outbox.counts().delivered === 9)
    stopTime()
    expect(sandbox.accepted()).toBe(9)
  })

  it('hands a refused filing to staff, contents kept, and goes on with the next', async () => {
    const { outbox, store } = harness.kiosk()
    const wrong = invent()
    const body = Buffer.from(wrong.body.toString().replace('1.004873', '9.999999'))
    must(outbox.enqueue({ ...wrong, body }))
    must(outbox.enqueue(invent()))
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 1)
    expect(outbox.get(wrong.clientRef)).toMatchObject({
      state: 'NEEDS_STAFF',
      lastCode: 'refused-validation',
      lastProblem: 'validation',
    })
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 1, delivered: 1 })
    expect(
      store.db.prepare('SELECT count(*) AS kept FROM submission WHERE sealed_id NOT NULL').get(),
    ).toEqual({ kept: 1 })
  })

  it('hands an unreadable filing to staff and goes on with the next', async () => {
    const { outbox, store } = harness.kiosk()
    const spoilt = invent()
    must(outbox.enqueue(spoilt))
    must(outbox.enqueue(invent()))
    store.db.exec(`UPDATE sealed SET body_ct = zeroblob(length(body_ct)) WHERE id = 1`)
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 1)
    expect(outbox.get(spoilt.clientRef)).toMatchObject({
      state: 'NEEDS_STAFF',
      lastCode: 'corrupt',
    })
  })

  it('never sends again what another portal may have, where that portal promises no replay', async () => {
    const strict: PortalAdapter = {
      ...harness.client(),
      capabilities: {
        ...harness.client().capabilities,
        replaySafe: false,
        statusByRef: false,
      },
    }
    const { outbox } = await harness.reopen(strict)
    harness.sandbox.script(['drop-after-commit'])
    must(outbox.enqueue(invent()))
    outbox.start()
    await until(outbox, () => outbox.counts().needsStaff === 1)
    expect(harness.sandbox.accepted()).toBe(1)
  })
})

describe('a portal that is away', () => {
  it('costs one attempt for all filings, and is used at once when it is back', async () => {
    const { sandbox, time } = harness
    const { outbox } = harness.kiosk()
    sandbox.setMode('cut')
    for (let n = 0; n < 5; n += 1) must(outbox.enqueue(invent()))
    outbox.start()
    await until(
      outbox,
      () => outbox.portalState() === 'away' && outbox.list().every((f) => f.state !== 'SENDING'),
    )
    expect(outbox.counts().waiting).toBe(5)
    expect(outbox.list().reduce((sum, { attempts }) => sum + attempts, 0)).toBeLessThanOrEqual(1)

    sandbox.setMode('up')
    const stopTime = time.flow(1000)
    await until(outbox, () => outbox.counts().delivered === 5)
    stopTime()
    expect(outbox.portalState()).toBe('reachable')
    expect(sandbox.accepted()).toBe(5)
  })

  it('honours Retry-After of the portal for all filings', async () => {
    const real = harness.client()
    let busy = true
    let asked = 0
    const { outbox } = await harness.reopen({
      ...real,
      async send(clientRef, bytes, signal) {
        asked += 1
        return busy
          ? { kind: 'wait', ms: 30_000, scope: 'portal' }
          : real.send(clientRef, bytes, signal)
      },
    })
    must(outbox.enqueue(invent('A')))
    must(outbox.enqueue({ ...invent('B'), citizenKey: '083090000001' }))
    outbox.start()
    await until(outbox, () => outbox.list().some(({ lastCode }) => lastCode === 'wait'))
    harness.time.advance(29_000)
    expect(asked).toBe(1)
    busy = false
    harness.time.advance(1000)
    await until(outbox, () => outbox.counts().delivered === 2)
    expect(asked).toBe(3)
  })
})

describe('erasure', () => {
  it('leaves no contents, key or link to the citizen in the file or its log', async () => {
    const { outbox, store } = harness.kiosk()
    const marker = 'MARKER-7f3a'
    const filing = invent(marker)
    must(outbox.enqueue(filing))
    const row = store.db
      .prepare(
        'SELECT body_ct, dek_wrapped, group_key FROM submission JOIN sealed ON id = sealed_id',
      )
      .get()
    const traces = Object.values(Object(row)).map((value) => Buffer.from(Object(value)))
    expect(traces).toHaveLength(3)
    const before = await onDisk()
    expect(traces.map((trace) => before.includes(trace))).toEqual([true, true, true])

    outbox.start()
    await until(outbox, () => outbox.get(filing.clientRef)?.state === 'ERASED')
    const after = await onDisk()
    expect(traces.map((trace) => after.includes(trace))).toEqual([false, false, false])
    for (const bytes of [before, after]) {
      expect(bytes.includes(Buffer.from(marker))).toBe(false)
      expect(bytes.includes(Buffer.from(filing.citizenKey))).toBe(false)
    }
    expect(after.includes(Buffer.from(filing.clientRef))).toBe(true)
  })

  it('is finished at the next start when a crash cut it short', async () => {
    const { outbox } = harness.kiosk()
    const filing = invent()
    must(outbox.enqueue(filing))
    const receipt = await receiptFor(filing)
    const { store, outbox: restarted } = await harness.reopen()
    store.db
      .prepare(`UPDATE submission SET state = 'ACCEPTED', receipt_json = ?, dossier_code = ?`)
      .run(JSON.stringify(receipt), receipt.dossierCode)
    restarted.start()
    await until(restarted, () => restarted.get(filing.clientRef)?.state === 'ERASED')
    expect(harness.sandbox.accepted()).toBe(1)
    expect(restarted.get(filing.clientRef)?.attempts).toBe(0)
  })

  async function onDisk(): Promise<Buffer> {
    const names = ['kiosk.sqlite', 'kiosk.sqlite-wal']
    return Buffer.concat(
      await Promise.all(names.map((name) => readFile(join(harness.storeDir, name)))),
    )
  }

  async function receiptFor(filing: ReturnType<typeof invent>) {
    const sent = await harness.client().send(filing.clientRef, filing.body)
    if (sent.kind !== 'accepted') throw new Error(sent.kind)
    return sent.receipt
  }
})

describe('stopping', () => {
  it('ends an attempt that hangs and leaves the filing to the next start', async () => {
    const { outbox } = harness.kiosk()
    harness.sandbox.script(['slow'])
    must(outbox.enqueue(invent()))
    outbox.start()
    await vi.waitFor(() => expect(harness.sandbox.accepted()).toBe(1))
    expect(outbox.list()).toMatchObject([{ state: 'SENDING' }])
    await outbox.stop()
    expect(outbox.list()).toMatchObject([{ state: 'IN_DOUBT' }])
    harness.time.advance(60_000)
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 1)
    expect(harness.sandbox.accepted()).toBe(1)
  })
})
