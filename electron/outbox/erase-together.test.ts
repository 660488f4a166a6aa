import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHarness, invent, must, until, type Harness } from './harness.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

/** Filings of several invented citizens, none of whom waits for another. */
function enqueue(count: number): void {
  for (let n = 0; n < count; n += 1) {
    const citizenKey = `08309000${n}000000`.slice(-12)
    must(harness.kiosk().outbox.enqueue({ ...invent(), citizenKey }))
  }
}

it('filings that leave one after the other are erased together, after the last at once', async () => {
  const { outbox, store } = harness.kiosk()
  const emptied = vi.spyOn(store, 'checkpointTruncate')
  enqueue(5)
  outbox.start()
  await until(outbox, () => outbox.list().every(({ state }) => state === 'ERASED'))
  expect(emptied).toHaveBeenCalledOnce()
})

it('is erased within a second though the next one hangs at the portal', async () => {
  const portal = harness.client()
  let sends = 0
  const { outbox } = await harness.reopen({
    ...portal,
    send(...all) {
      sends += 1
      if (sends === 1) return portal.send(...all)
      const [, , signal] = all
      return new Promise((resolve) => {
        signal?.addEventListener('abort', () =>
          resolve({ kind: 'in-doubt', cause: 'aborted', answered: false }),
        )
      })
    },
  })
  enqueue(2)
  outbox.start()
  await until(outbox, () => sends === 2)
  expect(outbox.list().map(({ state }) => state)).toEqual(['ACCEPTED', 'SENDING'])
  harness.time.advance(limits.ERASE_WITHIN_MS)
  expect(outbox.list().map(({ state }) => state)).toEqual(['ERASED', 'SENDING'])
})

it('a folder that the disk would not give up goes with the next erasure', async () => {
  const { outbox, files } = harness.kiosk()
  const erase = vi.spyOn(files, 'eraseNow')
  erase.mockReturnValueOnce({ ok: false, error: { code: 'disk-full' } })
  enqueue(1)
  outbox.start()
  await until(outbox, () => outbox.counts().delivered === 1)
  await until(outbox, () => erase.mock.calls.length === 1)
  must(outbox.enqueue({ ...invent(), citizenKey: '083091000000' }))
  await until(outbox, () => outbox.counts().delivered === 2 && erase.mock.calls.length === 2)
  const [first, second] = outbox.list().map(({ clientRef }) => clientRef)
  expect(erase.mock.calls).toEqual([[[first]], [[first, second]]])
})
