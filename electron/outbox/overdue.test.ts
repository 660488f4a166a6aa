import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJournal } from '../audit/index.ts'
import { createAlarms } from './alarms.ts'
import { createHarness, invent, must, START_MS, until, type Harness } from './harness.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { createOverdueWatch } from './overdue.ts'

const HOUR_MS = 3_600_000

let harness: Harness
let logged: Readonly<Record<string, string | number>>[]
beforeEach(async () => {
  harness = await createHarness()
  logged = []
  await harness.sandbox.refuseConnections()
  await restart()
})
afterEach(() => harness.close())

async function restart() {
  const { outbox } = await harness.reopen(undefined, (event, details) => {
    if (event === 'alarm') logged.push(details)
  })
  return outbox
}

const outbox = () => harness.kiosk().outbox
/** Overdue filings, the first alarm first. */
const alarms = () =>
  outbox()
    .alarms()
    .map(({ code, clientRef }) => [code, clientRef])
    .toReversed()

/** Hours go by as they do, one after the other. */
function pass(hours: number): void {
  for (let hour = 0; hour < hours; hour += 1) harness.time.advance(HOUR_MS)
}

describe('a filing that is not delivered', () => {
  it('is told of after a day, three days and a week, once each', async () => {
    const { clientRef } = must(outbox().enqueue(invent()))
    outbox().start()
    pass(23)
    expect(alarms()).toEqual([])
    pass(2)
    expect(alarms()).toEqual([['overdue-24h', clientRef]])
    pass(70)
    expect(alarms().slice(1)).toEqual([['overdue-72h', clientRef]])
    pass(300)
    expect(alarms().slice(2)).toEqual([['overdue-7d', clientRef]])
    expect(logged).toEqual([
      { code: 'overdue-24h', filings: 1 },
      { code: 'overdue-72h', filings: 1 },
      { code: 'overdue-7d', filings: 1 },
    ])
  })

  it('is not told of again after a restart, and soon after a start where it is due', async () => {
    const { clientRef } = must(outbox().enqueue(invent()))
    outbox().start()
    pass(25)
    await restart()
    outbox().start()
    harness.time.advance(limits.OVERDUE_FIRST_MS)
    pass(3)
    expect(alarms()).toEqual([['overdue-24h', clientRef]])
    await outbox().stop()
    pass(24 * 10)
    expect(alarms()).toHaveLength(1)
    await restart()
    outbox().start()
    harness.time.advance(limits.OVERDUE_FIRST_MS)
    expect(alarms().slice(1)).toEqual([['overdue-7d', clientRef]])
  })

  it('is told of also where staff has it', async () => {
    const { clientRef } = must(outbox().enqueue(invent()))
    must(outbox().staff.hold(clientRef, { actor: 'technician' }))
    outbox().start()
    pass(25)
    expect(alarms()).toEqual([['overdue-24h', clientRef]])
  })

  it('that the clock says is of the future is not old', async () => {
    must(outbox().enqueue(invent(undefined, START_MS)))
    harness.time.setBy(-400 * 24 * HOUR_MS)
    outbox().start()
    pass(25)
    expect(alarms()).toEqual([])
  })

  it('is told of however many there are', async () => {
    const many = limits.SWEEP_BATCH + 3
    for (let at = 0; at < many; at += 1) must(outbox().enqueue(invent()))
    outbox().start()
    pass(25)
    harness.time.advance(0)
    const counts = logged.map(({ filings }) => filings)
    expect(counts).toEqual([limits.SWEEP_BATCH, 3])
  })
})

it('an accepted filing whose contents are kept is not overdue', async () => {
  const { store } = harness.kiosk()
  const kept = must(outbox().enqueue(invent()))
  const { clientRef } = must(outbox().enqueue(invent()))
  store.db
    .prepare(`UPDATE submission SET state = 'ACCEPTED', receipt_json = '{}' WHERE client_ref = ?`)
    .run(kept.clientRef)
  const { time } = harness
  const tools = { db: store.db, clock: time, log: () => {} }
  const raised = createAlarms({ ...tools, journal: createJournal(store.db) })
  const watch = createOverdueWatch({ ...tools, timers: time, alarms: raised })
  watch.start()
  pass(25)
  watch.stop()
  expect(alarms()).toEqual([['overdue-24h', clientRef]])
})

it('a delivered filing is never overdue', async () => {
  const portal = await createHarness()
  try {
    const { outbox: here } = portal.kiosk()
    must(here.enqueue(invent()))
    here.start()
    await until(here, () => here.counts().delivered === 1)
    for (let hour = 0; hour < 200; hour += 1) portal.time.advance(HOUR_MS)
    expect(here.alarms()).toEqual([])
  } finally {
    await portal.close()
  }
})
