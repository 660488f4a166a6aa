import { describe, expect, it } from 'vitest'
import { createDebounce } from './debounce.ts'

function at() {
  const clock = { now: 1000 }
  return { clock, meant: createDebounce(() => clock.now) }
}

describe('a second strike of the same key', () => {
  it('does not count when it follows within 200 ms', () => {
    const { clock, meant } = at()
    expect(meant('a')).toBe(true)
    clock.now += 199
    expect(meant('a')).toBe(false)
  })
  it('counts after 200 ms', () => {
    const { clock, meant } = at()
    meant('a')
    clock.now += 200
    expect(meant('a')).toBe(true)
  })
  it('is measured from the last press that counted, so that quick typing is not swallowed', () => {
    const { clock, meant } = at()
    meant('0')
    const later = [150, 150, 150].map((wait) => {
      clock.now += wait
      return meant('0')
    })
    expect(later).toEqual([false, true, false])
  })
})

it('different keys never wait for each other', () => {
  const { meant } = at()
  expect(['0', '9', '0'].map(meant)).toEqual([true, true, true])
})
