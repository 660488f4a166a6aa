import { expect, it } from 'vitest'
import { createWrites } from './writes.ts'

const never = () => new Promise<void>(() => {})

it('a write that the device takes is ok, and one that it refuses finds it closed', async () => {
  const writes = createWrites()
  expect(await writes.within(60_000, async () => {})).toEqual({ ok: true, value: null })
  const refused = await writes.within(60_000, () => Promise.reject(new Error('EIO')))
  expect(refused).toEqual({ ok: false, error: 'closed' })
})

it('a write that is never answered ends at its deadline', async () => {
  expect(await createWrites().within(1, never)).toEqual({ ok: false, error: 'timeout' })
})

it('all that is under way ends when the device goes', async () => {
  const writes = createWrites()
  const both = [writes.within(60_000, never), writes.within(60_000, never)]
  expect(writes.count()).toBe(2)
  writes.end()
  const closed = { ok: false, error: 'closed' }
  expect(await Promise.all(both)).toEqual([closed, closed])
})

it('nothing of a write is kept when it is over, however it ended', async () => {
  const writes = createWrites()
  for (let turn = 0; turn < 1000; turn += 1) await writes.within(60_000, async () => {})
  await writes.within(60_000, () => Promise.reject(new Error('EIO')))
  await writes.within(1, never)
  expect(writes.count()).toBe(0)
})
