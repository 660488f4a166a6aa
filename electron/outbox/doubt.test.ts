import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { PortalAdapter, SendOutcome } from '../portal/index.ts'
import { createHarness, invent, must, until, type Harness } from './harness.ts'
import type { OutboxChange } from './index.ts'

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

/** A filing of the n-th invented citizen. */
function inventCitizen(n: number) {
  return { ...invent(), citizenKey: `0830900${String(n).padStart(5, '0')}` }
}

const silent: SendOutcome = { kind: 'in-doubt', cause: 'ECONNRESET', answered: false }
const clumsy: SendOutcome = { kind: 'in-doubt', cause: 'http-500', answered: true }

describe('a filing in doubt', () => {
  it('is asked about together with the others', async () => {
    const real = harness.client()
    const asked: number[] = []
    let lost = 3
    const { outbox } = await harness.reopen({
      ...real,
      async send(clientRef, bytes, signal) {
        const outcome = await real.send(clientRef, bytes, signal)
        lost -= 1
        return lost >= 0 ? clumsy : outcome
      },
      async statusOf(filings, signal) {
        asked.push(filings.length)
        return real.statusOf(filings, signal)
      },
    })
    for (let n = 0; n < 3; n += 1) must(outbox.enqueue(inventCitizen(n)))
    outbox.start()
    await until(outbox, () => outbox.list().every(({ state }) => state === 'IN_DOUBT'))
    const stopTime = harness.time.flow(1000)
    await until(outbox, () => outbox.counts().delivered === 3)
    stopTime()
    expect(asked).toEqual([3])
    expect(outbox.list().map(({ attempts }) => attempts)).toEqual([1, 1, 1])
  })

  it('is never sent again while the portal only says that it cannot tell', async () => {
    const real = harness.client()
    let sent = 0
    let asked = 0
    let clear = false
    const { outbox } = await harness.reopen({
      ...real,
      async send() {
        sent += 1
        return clumsy
      },
      async status(...question) {
        asked += 1
        return clear ? real.status(...question) : { kind: 'unknown', cause: 'http-404' }
      },
    })
    const filing = invent()
    must(outbox.enqueue(filing))
    outbox.start()
    const stopTime = harness.time.flow(60_000)
    await vi.waitFor(() => expect(outbox.get(filing.clientRef)?.itemFailures).toBeGreaterThan(9))
    expect([sent, outbox.get(filing.clientRef)?.state]).toEqual([1, 'IN_DOUBT'])
    expect(asked).toBeGreaterThanOrEqual(9)
    clear = true
    await until(outbox, () => sent > 1)
    stopTime()
  })

  it('alarms once after three receipts that are none, and erases nothing', async () => {
    const events: string[] = []
    const real = harness.client()
    let lies = 0
    const { outbox } = await harness.reopen(
      {
        ...real,
        async send(...filing) {
          await real.send(...filing)
          return { kind: 'in-doubt', cause: 'receipt-signature', answered: true }
        },
        async status(...question) {
          lies += 1
          return lies > 4
            ? real.status(...question)
            : { kind: 'unknown', cause: 'receipt-signature' }
        },
      },
      (event, details) => events.push(`${event} ${details['code']}`),
    )
    must(outbox.enqueue(invent()))
    outbox.start()
    const stopTime = harness.time.flow(60_000)
    await until(outbox, () => outbox.counts().delivered === 1)
    stopTime()
    expect(events.filter((event) => event.startsWith('alarm'))).toEqual([
      'alarm receipts-that-are-none',
    ])
    expect(harness.sandbox.accepted()).toBe(1)
  })
})

describe('a filing in processing', () => {
  it.each([
    ['S4-processing', 'ERASED'],
    ['S4-processing-rejected', 'NEEDS_STAFF'],
  ] as const)('is polled until the portal decides: %s', async (fault, end) => {
    const { outbox } = harness.kiosk()
    harness.sandbox.script([fault])
    const states: string[] = []
    outbox.subscribe((change: OutboxChange) => {
      if (change.kind === 'filing') states.push(change.state)
    })
    const filing = invent()
    must(outbox.enqueue(filing))
    outbox.start()
    const stopTime = harness.time.flow(10_000)
    await until(outbox, () => outbox.get(filing.clientRef)?.state === end)
    stopTime()
    expect(states.slice(0, 3)).toEqual(['QUEUED', 'SENDING', 'PROCESSING'])
    expect(outbox.get(filing.clientRef)).toMatchObject({ attempts: 1 })
  })
})

describe('a restart in the middle of an attempt', () => {
  async function restartFrom(state: string, portal?: PortalAdapter) {
    const filing = invent()
    must(harness.kiosk().outbox.enqueue(filing))
    harness.kiosk().store.db.prepare('UPDATE submission SET state = ?, attempts = 1').run(state)
    const { outbox } = await harness.reopen(portal)
    return { outbox, filing }
  }

  it('asks, hears that it is absent, and sends it once', async () => {
    const words: string[] = []
    const real = harness.client()
    const { outbox } = await restartFrom('SENDING', {
      ...real,
      async send(...filing) {
        words.push('send')
        return real.send(...filing)
      },
      async status(...question) {
        words.push('ask')
        return real.status(...question)
      },
    })
    outbox.start()
    const stopTime = harness.time.flow(1000)
    await until(outbox, () => outbox.counts().delivered === 1)
    stopTime()
    expect(words).toEqual(['ask', 'send'])
  })

  it.each(['SENDING', 'IN_DOUBT', 'PROCESSING'])(
    'goes to staff from %s where the portal can neither be asked nor repeat',
    async (state) => {
      const real = harness.client()
      const blind = { ...real.capabilities, replaySafe: false, statusByRef: false }
      const { outbox, filing } = await restartFrom(state, { ...real, capabilities: blind })
      outbox.start()
      await until(outbox, () => outbox.counts().needsStaff === 1)
      expect(outbox.get(filing.clientRef)).toMatchObject({
        state: 'NEEDS_STAFF',
        lastCode: 'doubt',
      })
      expect(harness.sandbox.accepted()).toBe(0)
    },
  )
})

describe('a filing that depends on another', () => {
  it('waits for it, and holds up nobody', async () => {
    const { outbox } = harness.kiosk()
    const [first, second, third] = [invent(), invent(), invent()]
    must(outbox.enqueue(first))
    must(outbox.enqueue({ ...second, dependsOn: first.clientRef }))
    must(outbox.enqueue(third))
    must(outbox.staff.hold(first.clientRef, { actor: 'officer' }))
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 1)
    expect(outbox.get(third.clientRef)?.state).toBe('ERASED')
    expect(outbox.get(second.clientRef)?.state).toBe('QUEUED')
    const { outbox: restarted } = await harness.reopen()
    must(restarted.staff.release(first.clientRef, { actor: 'officer' }))
    restarted.start()
    await until(restarted, () => restarted.counts().delivered === 3)
    expect(harness.sandbox.filings().map(({ clientRef }) => clientRef)).toEqual([
      third.clientRef,
      first.clientRef,
      second.clientRef,
    ])
  })
})

describe('a filing that always fails', () => {
  it('goes to staff while the others go to the portal', async () => {
    const real = harness.client()
    const poison = inventCitizen(0)
    const { outbox } = await harness.reopen({
      ...real,
      send: async (clientRef, ...rest) =>
        clientRef === poison.clientRef ? clumsy : real.send(clientRef, ...rest),
    })
    must(outbox.enqueue(poison))
    for (let n = 1; n < 10; n += 1) must(outbox.enqueue(inventCitizen(n)))
    outbox.start()
    const stopTime = harness.time.flow(60_000)
    await until(outbox, () => outbox.counts().waiting === 0)
    stopTime()
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 1, delivered: 9 })
    expect(outbox.get(poison.clientRef)).toMatchObject({ lastCode: 'poison', itemFailures: 5 })
  })
})

describe('the breaker', () => {
  const attempts = () =>
    z
      .array(
        z.object({
          kind: z.string(),
          outcome: z.string().nullable(),
          http_status: z.int().nullable(),
        }),
      )
      .parse(
        harness
          .kiosk()
          .store.db.prepare('SELECT kind, outcome, http_status FROM attempt ORDER BY id')
          .all(),
      )

  it('stops after three, keeps that over a restart, and starts again with one', async () => {
    const real = harness.client()
    let sent = 0
    let away = true
    const portal: PortalAdapter = {
      ...real,
      async send(...filing) {
        sent += 1
        return away ? { kind: 'not-sent', cause: 'ECONNREFUSED' } : real.send(...filing)
      },
      health: async (signal) =>
        away ? { kind: 'away', cause: 'ECONNREFUSED' } : real.health(signal),
    }
    const { outbox } = await harness.reopen(portal)
    for (let n = 0; n < 10; n += 1) must(outbox.enqueue(inventCitizen(n)))
    outbox.start()
    await until(outbox, () => outbox.portalStatus().breaker === 'open')
    expect(sent).toBeLessThanOrEqual(3)
    expect(outbox.list().every((filing) => filing.attempts === 0)).toBe(true)
    const before = sent
    for (let minute = 0; minute < 30; minute += 1) harness.time.advance(60_000)
    expect(sent).toBe(before)

    const { outbox: restarted } = await harness.reopen(portal)
    expect(restarted.portalStatus()).toMatchObject({ breaker: 'open', cause: 'ECONNREFUSED' })
    away = false
    restarted.start()
    await until(restarted, () => restarted.counts().delivered === 10)
    expect(restarted.portalStatus()).toMatchObject({ breaker: 'closed', state: 'reachable' })
  })

  it('holds everything for what no filing is to blame for, says so once, and uses no attempt', async () => {
    const events: string[] = []
    const real = harness.client()
    let off = true
    const { outbox } = await harness.reopen(
      {
        ...real,
        send: async (...filing) =>
          off
            ? { kind: 'hold', cause: 'forbidden', detail: 'kiosk-disabled' }
            : real.send(...filing),
      },
      (event, details) => events.push(`${event} ${details['code']}`),
    )
    for (let n = 0; n < 5; n += 1) must(outbox.enqueue(inventCitizen(n)))
    outbox.start()
    await until(outbox, () => outbox.portalStatus().hold !== null)
    expect(outbox.portalStatus()).toMatchObject({
      state: 'away',
      hold: { cause: 'forbidden', detail: 'kiosk-disabled' },
    })
    const stopTime = harness.time.flow(60_000)
    await until(outbox, () => attempts().length >= 3)
    off = false
    await until(outbox, () => outbox.counts().delivered === 5)
    stopTime()
    expect(events.filter((event) => event.startsWith('alarm'))).toEqual(['alarm portal-forbidden'])
    expect(outbox.alarms()).toMatchObject([{ code: 'portal-forbidden', clientRef: null }])
    expect(outbox.list().every((filing) => filing.attempts === 1)).toBe(true)
    expect(outbox.portalStatus().hold).toBeNull()
    expect(attempts()[0]).toEqual({ kind: 'put', outcome: 'hold-forbidden', http_status: null })
  })

  it('notes every exchange with its HTTP status', async () => {
    const { outbox } = harness.kiosk()
    harness.sandbox.script(['http-500-before'])
    must(outbox.enqueue(invent()))
    outbox.start()
    const stopTime = harness.time.flow(1000)
    await until(outbox, () => outbox.counts().delivered === 1)
    stopTime()
    expect(attempts()).toEqual([
      { kind: 'put', outcome: 'in-doubt-http-500', http_status: 500 },
      { kind: 'get', outcome: 'absent', http_status: 404 },
      { kind: 'put', outcome: 'accepted', http_status: 201 },
    ])
  })

  it('rests as long as the portal asks, also over a restart', async () => {
    const real = harness.client()
    let sent = 0
    const portal: PortalAdapter = {
      ...real,
      async send(...filing) {
        sent += 1
        return sent === 1 ? { kind: 'wait', ms: 600_000, scope: 'portal' } : real.send(...filing)
      },
    }
    const { outbox } = await harness.reopen(portal)
    must(outbox.enqueue(inventCitizen(1)))
    outbox.start()
    await until(outbox, () => outbox.portalStatus().restUntilMs !== null)
    const { outbox: restarted } = await harness.reopen(portal)
    must(restarted.enqueue(inventCitizen(2)))
    restarted.start()
    await until(restarted, () => restarted.portalState() === 'reachable')
    harness.time.advance(599_000)
    expect(sent).toBe(1)
    harness.time.advance(1000)
    await until(restarted, () => restarted.counts().delivered === 2)
  })
})

it('measures the portal’s clock against its own', async () => {
  const { outbox } = harness.kiosk()
  outbox.start()
  await until(outbox, () => outbox.portalState() === 'reachable')
  expect(Math.abs(outbox.clockOffsetMs() ?? Number.NaN)).toBeLessThanOrEqual(1000)
})

describe('what remains of a filing', () => {
  it('goes after 90 days, but for the last number, so that no slip is repeated', async () => {
    const { outbox, store } = harness.kiosk()
    for (let n = 0; n < 3; n += 1) must(outbox.enqueue(inventCitizen(n)))
    outbox.start()
    await until(outbox, () => outbox.counts().delivered === 3)
    harness.time.advance(89 * 86_400_000)
    expect(outbox.list()).toHaveLength(3)
    harness.time.advance(86_400_000)
    harness.time.advance(86_400_000)
    expect(outbox.list()).toMatchObject([{ seq: 3 }])
    expect(outbox.counts().delivered).toBe(1)
    expect(must(outbox.enqueue(inventCitizen(4))).seq).toBe(4)
    expect(store.db.pragma('foreign_key_check')).toEqual([])
  })

  it('is never a filing that waits, however long', async () => {
    const { outbox } = harness.kiosk()
    const filing = invent()
    must(outbox.enqueue(filing))
    must(outbox.staff.hold(filing.clientRef, { actor: 'officer' }))
    outbox.start()
    harness.time.advance(400 * 86_400_000)
    harness.time.advance(86_400_000)
    expect(outbox.get(filing.clientRef)?.state).toBe('NEEDS_STAFF')
  })
})

it('keeps what the portal found wrong for the officer, and no values of the citizen', async () => {
  const real = harness.client()
  const { outbox, store } = await harness.reopen({
    ...real,
    send: async () => ({
      kind: 'refused',
      problem: 'validation',
      errors: [],
      fields: [
        { pointer: '/form/purpose.text', code: 'too-long' },
        { pointer: '/applicant/number/083090000000', code: 'unknown' },
        { pointer: '/applicant/name', code: 'Nguyễn Văn Ví Dụ' },
      ],
    }),
  })
  const filing = invent()
  must(outbox.enqueue(filing))
  outbox.start()
  await until(outbox, () => outbox.counts().needsStaff === 1)
  expect(outbox.get(filing.clientRef)).toMatchObject({
    lastCode: 'refused-validation',
    lastProblem: 'validation',
    lastFields: [{ pointer: '/form/purpose.text', code: 'too-long' }],
  })
  const kept = store.db.prepare('SELECT last_problem FROM submission').pluck().get()
  expect(kept).not.toContain('083090000000')
})

it('leaves a silent portal’s filing in doubt and asks again', async () => {
  const real = harness.client()
  let first = true
  const { outbox } = await harness.reopen({
    ...real,
    async send(...filing) {
      if (!first) return real.send(...filing)
      first = false
      return silent
    },
  })
  must(outbox.enqueue(invent()))
  outbox.start()
  const stopTime = harness.time.flow(1000)
  await until(outbox, () => outbox.counts().delivered === 1)
  stopTime()
  expect(outbox.list()).toMatchObject([{ attempts: 2 }])
})
