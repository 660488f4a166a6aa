import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextRecovery, RECOVERY_LIMITS, type Failure, type PastFailure } from './recovery.ts'

/** Lets failures happen at the given times and gives what is done about each. */
function play(events: readonly (readonly [Failure, number])[], relaunchedAt: number | null = null) {
  const history: PastFailure[] = []
  return events.map(([failure, at]) => {
    const recovery = nextRecovery(history, failure, at, relaunchedAt)
    history.push({ failure, at })
    return recovery
  })
}

describe('a page that dies again and again', () => {
  test('is reloaded, gets a new window, then a new app', () => {
    expect(
      play([
        ['page-gone', 0],
        ['page-gone', 1_000],
        ['page-gone', 2_000],
      ]),
    ).toEqual(['reload', 'recreate-window', 'relaunch'])
  })

  test('of hunger gets a new window at once', () => {
    expect(play([['page-out-of-memory', 0]])).toEqual(['recreate-window'])
  })

  test('and cannot be loaded counts the same', () => {
    expect(
      play([
        ['page-load', 0],
        ['page-gone', 1],
        ['page-load', 2],
      ]),
    ).toEqual(['reload', 'recreate-window', 'relaunch'])
  })

  test('after a relaunch says that it is out of service, and rests', () => {
    const times = [0, 1, 2, 3, 4].map((at) => ['page-gone', at] as const)
    expect(play(times, 0)).toEqual(['reload', 'recreate-window', 'out-of-service', 'none', 'none'])
  })

  test('long after a relaunch may relaunch again', () => {
    const late = RECOVERY_LIMITS.RELAUNCH_APART_MS
    const times = [0, 1, 2].map((at) => ['page-gone', late + at] as const)
    expect(play(times, 0).at(-1)).toBe('relaunch')
  })

  test('once a minute is only ever reloaded', () => {
    const times = Array.from({ length: 20 }, (_, at) => ['page-gone', at * 60_000] as const)
    expect(new Set(play(times))).toEqual(new Set(['reload']))
  })
})

test('the third death of the GPU process starts the app without it, once', () => {
  const times = [0, 1, 2, 3].map((at) => ['gpu-gone', at] as const)
  expect(play(times)).toEqual(['none', 'none', 'relaunch-without-gpu', 'none'])
  expect(play(times, 0)).toEqual(['none', 'none', 'none', 'none'])
})

test('GPU and page are counted apart', () => {
  expect(
    play([
      ['gpu-gone', 0],
      ['gpu-gone', 1],
      ['page-gone', 2],
    ]).at(-1),
  ).toBe('reload')
})

describe('whatever happens', () => {
  const events = fc
    .array(
      fc.tuple(
        fc.constantFrom<Failure>('page-gone', 'page-out-of-memory', 'page-load', 'gpu-gone'),
        fc.nat({ max: 20_000 }),
      ),
      { maxLength: 60 },
    )
    .map((steps) => {
      let now = 0
      return steps.map(([failure, wait]) => [failure, (now += wait)] as const)
    })

  test('a run that was just relaunched never relaunches', () => {
    fc.assert(
      fc.property(events, (steps) => {
        const soon = steps.filter(([, at]) => at < RECOVERY_LIMITS.RELAUNCH_APART_MS)
        for (const recovery of play(soon, 0)) expect(recovery).not.toMatch(/^relaunch/)
      }),
    )
  })

  test('there are at most three attempts at the page within a minute', () => {
    fc.assert(
      fc.property(events, (steps) => {
        const done = play(steps, 0)
        steps.forEach(([, start], first) => {
          const attempts = steps.filter(
            ([failure, at], index) =>
              index >= first &&
              failure !== 'gpu-gone' &&
              at - start < RECOVERY_LIMITS.WINDOW_MS &&
              done[index] !== 'none',
          )
          expect(attempts.length).toBeLessThanOrEqual(3)
        })
      }),
    )
  })
})
