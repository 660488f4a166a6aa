import { describe, expect, it } from 'vitest'
import { realProfile } from '../test/fixtures/real-profile.ts'
import { createPageScans, PAGE_SCAN_LIMITS, pageScanners } from './page-scans.ts'

function desk(wedge: boolean) {
  const taken: string[] = []
  const lines: unknown[] = []
  const clock = { now: 1000 }
  const take = createPageScans({
    profile: realProfile(wedge ? { wedge } : {}),
    scanned: (text, from) => taken.push(`${from}: ${text}`),
    now: () => clock.now,
    log: (event, details) => lines.push({ event, ...details }),
  })
  return { taken, lines, clock, take }
}

describe('what the page has scanned', () => {
  it('is taken where the profile has such a scanner, and only there', () => {
    const { taken, take } = desk(true)
    expect(take({ source: 'wedge', text: '083' })).toBe('done')
    expect(taken).toEqual(['wedge: 083'])
    expect(desk(false).take({ source: 'wedge', text: '083' })).toBe('ignored')
  })

  it('is told to the page by the profile', () => {
    expect(pageScanners(realProfile())).toEqual([])
    expect(pageScanners(realProfile({ wedge: true, cardCamera: true }))).toEqual([
      'wedge',
      'camera',
    ])
  })

  it('is refused when it comes faster than hands are', () => {
    const { taken, clock, take } = desk(true)
    take({ source: 'wedge', text: 'a' })
    clock.now += PAGE_SCAN_LIMITS.GAP_MS - 1
    expect(take({ source: 'wedge', text: 'b' })).toBe('ignored')
    clock.now += 1
    expect(take({ source: 'wedge', text: 'c' })).toBe('done')
    expect(taken).toEqual(['wedge: a', 'wedge: c'])
  })

  it('is logged by its length alone', () => {
    const { lines, take } = desk(true)
    take({ source: 'wedge', text: '083090000000||' })
    expect(lines).toEqual([{ event: 'page-scan', source: 'wedge', characters: 14 }])
  })
})
