import { expect, test, vi } from 'vitest'
import { loadPart } from './load.ts'

test('a part is loaded once the core that serves it is back', async () => {
  vi.useFakeTimers()
  const load = vi.fn<() => Promise<string>>()
  load.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'))
  load.mockResolvedValue('part')
  const use = vi.fn<(part: string) => void>()
  loadPart(load, use)
  await vi.runAllTimersAsync()
  expect(use.mock.calls).toEqual([['part']])
  vi.useRealTimers()
})

test('a part that is not wanted any more is neither used nor asked for', async () => {
  vi.useFakeTimers()
  const load = vi.fn<() => Promise<string>>().mockRejectedValue(new Error('away'))
  const use = vi.fn<(part: string) => void>()
  const stop = loadPart(load, use)
  await vi.advanceTimersByTimeAsync(0)
  stop()
  await vi.runAllTimersAsync()
  expect(load).toHaveBeenCalledOnce()
  expect(use).not.toHaveBeenCalled()
  vi.useRealTimers()
})
