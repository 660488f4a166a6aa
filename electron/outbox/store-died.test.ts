import { once, EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSealedFiles } from '../store/index.ts'
import { createHarness, invent, KIOSK_ID, must, type Harness } from './harness.ts'
import { createOutbox } from './outbox.ts'
import type { OutboxDeps } from './ports.ts'

/** The disk fails under the store: every write is refused from here on. */

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

/** An outbox whose core goes on, so that it can be seen what it does then. */
function outboxOnDyingDisk(change: Partial<OutboxDeps> = {}) {
  const { store, keys } = harness.kiosk()
  const deaths: string[] = []
  const told = new EventEmitter()
  const outbox = createOutbox({
    store,
    keys,
    files: createSealedFiles(harness.storeDir, keys),
    portal: harness.client(),
    clock: harness.time,
    timers: harness.time,
    random: () => 0.5,
    kioskId: KIOSK_ID,
    storeDied(reason) {
      deaths.push(reason)
      told.emit('died')
    },
    log: () => {},
    ...change,
  })
  const died = () => once(told, 'died')
  const breakDisk = () => void store.db.pragma('query_only = ON')
  return { outbox, deaths, died, breakDisk, mend: () => store.db.pragma('query_only = OFF') }
}

describe('an outbox whose store has died', () => {
  it('sends nothing, and tries no write again however long it lives', async () => {
    const { outbox, deaths, died, breakDisk, mend } = outboxOnDyingDisk()
    must(outbox.enqueue(invent()))
    breakDisk()
    outbox.start()
    await died()
    mend()
    const stopFlow = harness.time.flow(60_000)
    await outbox.stop()
    stopFlow()
    expect(deaths).toEqual(['SQLITE_READONLY'])
    expect([harness.sandbox.accepted(), outbox.counts().waiting]).toEqual([0, 1])
  })

  it('promises nothing', () => {
    const { outbox, deaths, breakDisk } = outboxOnDyingDisk()
    breakDisk()
    expect(outbox.enqueue(invent())).toMatchObject({ ok: false, error: { code: 'io' } })
    expect(deaths).toEqual(['SQLITE_READONLY'])
    expect(outbox.list()).toEqual([])
  })

  it('promises nothing where the sealed copy did not reach the disk', () => {
    const { outbox, deaths } = outboxOnDyingDisk({
      files: {
        ...harness.kiosk().files,
        confirmNow: () => ({ ok: false, error: { code: 'io', reason: 'EIO' } }),
      },
    })
    expect(outbox.enqueue(invent())).toMatchObject({ ok: false, error: { code: 'io' } })
    expect(deaths).toEqual(['EIO'])
    expect(outbox.list()).toEqual([])
  })

  it('goes on where a lock or a full disk only makes it wait', () => {
    const { outbox, deaths } = outboxOnDyingDisk({
      files: {
        ...harness.kiosk().files,
        confirmNow: () => ({ ok: false, error: { code: 'disk-full' } }),
      },
    })
    expect(outbox.enqueue(invent())).toEqual({ ok: false, error: { code: 'disk-full' } })
    expect(deaths).toEqual([])
  })
})
