import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHarness, invent, must, until, type Harness } from './harness.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import { inventFiling, scanPapers, type Invented } from './testing.ts'

const MIB = 1024 * 1024
let harness: Harness

beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

/** A citizen confirms a filing with papers. */
async function file(...papers: number[]): Promise<Invented> {
  const invented = inventFiling({ papers, nowMs: harness.time.now() })
  const { outbox, files } = harness.kiosk()
  must(outbox.enqueue(await scanPapers(files, invented)))
  return invented
}

/** Every state that a filing goes through from here on. */
function watchStates(clientRef: string): string[] {
  const states: string[] = []
  harness.kiosk().outbox.subscribe((change) => {
    if (change.kind === 'filing' && change.clientRef === clientRef) states.push(change.state)
  })
  return states
}

async function delivered(count: number): Promise<void> {
  const { outbox } = harness.kiosk()
  const stop = harness.time.flow(500)
  await until(outbox, () => outbox.counts().delivered === count)
  stop()
}

describe('a filing with papers', () => {
  it('leaves when all of them are at the portal, and its receipt names them', async () => {
    const { clientRef, papers } = await file(100_000, 0, 3 * MIB)
    const states = watchStates(clientRef)
    harness.kiosk().outbox.start()
    await delivered(1)
    expect(states).toEqual(['UPLOADING', 'READY', 'SENDING', 'ACCEPTED', 'ERASED'])
    const manifest = papers.map(({ id, sha256, size }) => ({ id, sha256, size }))
    expect(harness.kiosk().outbox.get(clientRef)?.receipt?.attachments).toEqual(manifest)
    expect(harness.sandbox.accepted()).toBe(1)
  })

  it('holds up no filing without papers', async () => {
    harness.sandbox.script(['N3-patch-silent'])
    const slow = await file(100_000)
    must(harness.kiosk().outbox.enqueue({ ...invent(), citizenKey: 'another' }))
    harness.kiosk().outbox.start()
    await delivered(1)
    expect(harness.kiosk().outbox.get(slow.clientRef)?.state).toBe('UPLOADING')
  })

  it('goes on as soon as the one before it of the same citizen is in', async () => {
    const { outbox, files } = harness.kiosk()
    const options = { nowMs: harness.time.now(), number: '083090000000' }
    const first = inventFiling(options)
    must(outbox.enqueue(first.request))
    must(outbox.enqueue(await scanPapers(files, inventFiling({ ...options, papers: [100_000] }))))
    outbox.start()
    // The clock stands still: nothing but the end of the first one can set the second one going.
    await until(outbox, () => outbox.counts().delivered === 2)
    expect(harness.sandbox.filings()[0]?.clientRef).toBe(first.clientRef)
  })

  it('goes to staff, contents and all, where a paper no longer opens', async () => {
    const { clientRef } = await file(100_000)
    const other = await file(50_000)
    await harness.spoilPaper(clientRef, 'scan-1')
    const { outbox } = harness.kiosk()
    outbox.start()
    await delivered(1)
    expect(outbox.get(clientRef)).toMatchObject({ state: 'NEEDS_STAFF', lastCode: 'corrupt' })
    expect(outbox.get(other.clientRef)?.dossierCode).not.toBeNull()
    expect(harness.sandbox.filings().map((one) => one.clientRef)).toEqual([other.clientRef])
  })

  it('brings them once more where the portal misses some, and leaves then', async () => {
    harness.sandbox.script(['S16-lies-complete'])
    const { clientRef } = await file(100_000)
    const states = watchStates(clientRef)
    harness.kiosk().outbox.start()
    await delivered(1)
    expect(states.filter((state) => state === 'SENDING')).toHaveLength(2)
    expect(states.filter((state) => state === 'READY')).toHaveLength(2)
  })

  it('goes to staff where the portal misses them again and again', async () => {
    harness.sandbox.script(
      Array.from({ length: limits.PAPERS_AGAIN }, () => 'S16-attachment-mismatch' as const),
    )
    const { clientRef } = await file(1000)
    const { outbox } = harness.kiosk()
    outbox.start()
    const stop = harness.time.flow(500)
    await until(outbox, () => outbox.counts().needsStaff === 1)
    stop()
    expect(outbox.get(clientRef)).toMatchObject({ lastCode: 'refused-attachment-mismatch' })
  })

  it('gives way to a smaller one that comes while it is brought, and goes on after it', async () => {
    const big = await file(20 * MIB)
    const { outbox } = harness.kiosk()
    const order: string[] = []
    outbox.subscribe((change) => {
      if (change.kind === 'filing' && change.state === 'READY') order.push(change.clientRef)
    })
    outbox.start()
    await until(outbox, () => outbox.get(big.clientRef)?.state === 'UPLOADING')
    const small = await file(1000)
    await delivered(2)
    expect(order).toEqual([small.clientRef, big.clientRef])
  })

  it('is let go of by the portal too, where staff drop it', async () => {
    harness.sandbox.script(['N3-patch-silent'])
    const { clientRef } = await file(100_000)
    const { outbox } = harness.kiosk()
    outbox.start()
    await until(outbox, () => outbox.get(clientRef)?.state === 'UPLOADING')
    must(outbox.staff.hold(clientRef, { actor: 'officer' }))
    must(await outbox.staff.withdraw(clientRef, { actor: 'officer' }))
    await expect.poll(() => harness.sandbox.uploads()).toBe(0)
    expect(outbox.get(clientRef)?.state).toBe('ERASED')
  })

  it('keeps its papers for the visit that goes on, where the confirmation found no room', async () => {
    const invented = inventFiling({ papers: [5000], nowMs: harness.time.now() })
    const { files, outbox, store } = harness.kiosk()
    const request = await scanPapers(files, invented)
    store.db.pragma(`max_page_count = ${String(store.db.pragma('page_count', { simple: true }))}`)
    expect(outbox.enqueue({ ...request, body: Buffer.alloc(200_000, 'x') })).toMatchObject({
      ok: false,
      error: { code: 'disk-full' },
    })
    store.db.pragma('max_page_count = 1073741823')
    must(outbox.enqueue(request))
    outbox.start()
    await delivered(1)
  })
})
