import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseShortRef } from '../../shared/domain/short-ref.ts'
import { createHarness, invent, KIOSK_ID, must, until, type Harness } from './harness.ts'
import { openStoreForReading, rebuildFromEnvelopes } from '../store/index.ts'
import { readOutbox } from './submission.ts'

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

describe('taking a filing in', () => {
  it('gives it a number and a short reference, and keeps it over a restart', async () => {
    const filing = invent()
    const enqueued = must(harness.kiosk().outbox.enqueue(filing))
    expect(enqueued).toMatchObject({ clientRef: filing.clientRef, seq: 1 })
    expect(parseShortRef(enqueued.shortRef)?.seq).toBe(1)
    const { outbox } = await harness.reopen()
    expect(outbox.get(filing.clientRef)).toMatchObject({
      state: 'QUEUED',
      shortRef: enqueued.shortRef,
      procedureCode: '1.004873',
    })
  })

  it('answers a repeated confirmation with the first filing, also after a restart', async () => {
    const filing = invent()
    const first = must(harness.kiosk().outbox.enqueue(filing))
    const { outbox } = await harness.reopen()
    const again = must(outbox.enqueue({ ...filing, body: Buffer.from('{"made":"anew"}') }))
    expect(again).toEqual(first)
    expect(outbox.list()).toHaveLength(1)
  })

  it('answers the same bytes under the same reference with the first filing', () => {
    const { outbox } = harness.kiosk()
    const filing = invent()
    const first = must(outbox.enqueue(filing))
    expect(must(outbox.enqueue({ ...filing, requestId: 'another' }))).toEqual(first)
  })

  it('refuses other bytes under a used reference', () => {
    const { outbox } = harness.kiosk()
    const filing = invent()
    must(outbox.enqueue(filing))
    const other = { ...filing, requestId: 'another', body: Buffer.from('{}') }
    expect(outbox.enqueue(other)).toEqual({ ok: false, error: { code: 'client-ref-used' } })
  })

  it('refuses a body that no portal takes', () => {
    const body = Buffer.alloc(256 * 1024 + 1)
    expect(harness.kiosk().outbox.enqueue({ ...invent(), body })).toEqual({
      ok: false,
      error: { code: 'too-large' },
    })
  })

  it('promises nothing when the disk is full, and loses nothing that it promised', () => {
    const { outbox, store } = harness.kiosk()
    must(outbox.enqueue(invent()))
    const pages = Number(store.db.pragma('page_count', { simple: true }))
    store.db.pragma(`max_page_count = ${pages + 2}`)
    const large = { ...invent(), body: Buffer.alloc(100_000, 'x') }
    expect(outbox.enqueue(large)).toEqual({ ok: false, error: { code: 'disk-full' } })
    store.db.pragma('max_page_count = 1000000')
    expect(outbox.list()).toHaveLength(1)
    expect(must(outbox.enqueue(large)).seq).toBe(2)
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('keeps a second copy of it beside the database, until it is erased', async () => {
    const { outbox, keys } = harness.kiosk()
    const filing = invent()
    const { seq } = must(outbox.enqueue(filing))
    const { rows } = await rebuildFromEnvelopes(harness.storeDir, keys)
    expect(rows).toMatchObject([
      {
        clientRef: filing.clientRef,
        description: { seq, requestId: filing.requestId, procedureCode: '1.004873', papers: [] },
      },
    ])
    outbox.start()
    await until(outbox, () => outbox.get(filing.clientRef)?.state === 'ERASED')
    expect(await readdir(join(harness.storeDir, 'outbox'))).toEqual([])
  })

  it('leaves no copy of a filing that it did not promise', async () => {
    const { outbox, store } = harness.kiosk()
    const pages = Number(store.db.pragma('page_count', { simple: true }))
    store.db.pragma(`max_page_count = ${pages}`)
    expect(outbox.enqueue({ ...invent(), body: Buffer.alloc(100_000, 'x') }).ok).toBe(false)
    expect(await readdir(join(harness.storeDir, 'outbox'))).toEqual([])
  })

  it('promises nothing where the copy cannot be written', async () => {
    await writeFile(join(harness.storeDir, 'outbox'), 'in the way')
    const { outbox } = harness.kiosk()
    expect(outbox.enqueue(invent())).toMatchObject({ ok: false, error: { code: 'io' } })
    expect(outbox.list()).toEqual([])
  })

  it('can be looked at beside the running core, without its contents', async () => {
    must(harness.kiosk().outbox.enqueue(invent()))
    const reader = must(await openStoreForReading(harness.storeDir))
    expect(readOutbox(reader.db, KIOSK_ID).list()).toEqual(harness.kiosk().outbox.list())
    expect(readOutbox(reader.db, KIOSK_ID).counts()).toEqual({
      waiting: 1,
      needsStaff: 0,
      delivered: 0,
    })
    expect(() => reader.db.exec('DELETE FROM submission')).toThrow('readonly')
    reader.close()
  })
})
