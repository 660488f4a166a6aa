import { expect, it } from 'vitest'
import { firstPace, type Look, nextPace, WATCH_LIMITS } from './watch-pace.ts'

const { PAUSE_MS, PATIENCE_MS, ASK_MS } = WATCH_LIMITS
const answered = (tookMs: number): Look => ({ kind: 'answered', tookMs })
const after = (...looks: Look[]) => looks.reduce(nextPace, firstPace)

it('knows within a second that a quick printer was pulled, whether its line breaks or falls silent', () => {
  const { pauseMs, patienceMs } = after(answered(20))
  expect(pauseMs + patienceMs).toBeLessThanOrEqual(900)
})

it('looks for one that is away at its usual pace, and as patiently as it was', () => {
  expect(after(answered(20), { kind: 'away' }, { kind: 'away' })).toEqual({
    patienceMs: PATIENCE_MS,
    pauseMs: PAUSE_MS,
  })
})

it('waits for a slow printer, and leaves it in peace for twice as long as it took', () => {
  expect(after(answered(900))).toEqual({ patienceMs: 3_600, pauseMs: 1_800 })
  expect(after(answered(60_000)).patienceMs).toBe(ASK_MS)
})

it('is more patient each time that no answer comes over a line that stands, up to a limit', () => {
  const silent: Look = { kind: 'late' }
  const patience = [1, 2, 3, 4, 5, 6].map(
    (times) => after(answered(20), ...Array.from({ length: times }, () => silent)).patienceMs,
  )
  expect(patience).toEqual([800, 1_600, 3_200, ASK_MS, ASK_MS, ASK_MS])
})

it('is quick again with a printer that is', () => {
  expect(after(answered(2_000), answered(20))).toEqual({
    patienceMs: PATIENCE_MS,
    pauseMs: PAUSE_MS,
  })
})
