import { describe, expect, it } from 'vitest'
import { KEYPAD_LIMITS } from './limits.ts'
import { createScan } from './scan.ts'

const EVERY_MS = 2000
/** Things on the screen that is scanned. */
const THINGS = 4

/** A scan over a screen of four things, and a clock that is moved by hand. */
function scanning() {
  const did: string[] = []
  let at = 0
  let nowMs = 0
  let due: { readonly ms: number; readonly run: () => void } | null = null
  const scan = createScan(EVERY_MS, {
    after(ms, run) {
      const mine = { ms: nowMs + ms, run }
      due = mine
      return () => {
        if (due === mine) due = null
      }
    },
    begin() {
      at = 0
      did.push('on 0')
    },
    goOn() {
      at = (at + 1) % THINGS
      did.push(`on ${at}`)
      return at === 0
    },
    select: () => did.push(`press ${at}`),
  })
  return {
    ...scan,
    /** What was done while so long passed. */
    pass(ms: number): readonly string[] {
      const before = did.length
      const end = nowMs + ms
      while (due !== null && due.ms <= end) {
        const { ms: then, run } = due
        nowMs = then
        due = null
        run()
      }
      nowMs = end
      return did.slice(before)
    },
    did,
  }
}

describe('a scan with one switch', () => {
  it('stands still until the switch is pressed, which chooses nothing', () => {
    const scan = scanning()
    expect(scan.pass(60_000)).toEqual([])
    scan.press()
    expect(scan.did).toEqual(['on 0'])
  })

  it('goes on each time that its time has passed, and a press chooses', () => {
    const scan = scanning()
    scan.press()
    expect(scan.pass(2 * EVERY_MS)).toEqual(['on 1', 'on 2'])
    expect(scan.pass(EVERY_MS - 1)).toEqual([])
    scan.press()
    expect(scan.did.at(-1)).toBe('press 2')
    // What was pressed has its whole time again.
    expect(scan.pass(EVERY_MS - 1)).toEqual([])
    expect(scan.pass(1)).toEqual(['on 3'])
  })

  it('waits while something is said, and a whole turn behind it', () => {
    const scan = scanning()
    scan.press()
    scan.pass(EVERY_MS / 2)
    scan.speaking(true)
    expect(scan.pass(60_000)).toEqual([])
    scan.speaking(false)
    expect(scan.pass(EVERY_MS - 1)).toEqual([])
    expect(scan.pass(1)).toEqual(['on 1'])
  })

  it('can be pressed while something is said', () => {
    const scan = scanning()
    scan.press()
    scan.pass(EVERY_MS)
    scan.speaking(true)
    scan.press()
    expect(scan.did.at(-1)).toBe('press 1')
    expect(scan.pass(60_000)).toEqual([])
  })

  it('rests after three rounds without a press, and begins anew with the next one', () => {
    const scan = scanning()
    scan.press()
    const rounds = scan.pass(10 * 60_000)
    expect(rounds.length).toBe(KEYPAD_LIMITS.SCAN_ROUNDS * THINGS)
    scan.press()
    expect(scan.did.at(-1)).toBe('on 0')
    expect(scan.pass(EVERY_MS)).toEqual(['on 1'])
  })

  it('counts its rounds from the last press', () => {
    const scan = scanning()
    scan.press()
    scan.pass((KEYPAD_LIMITS.SCAN_ROUNDS * THINGS - 1) * EVERY_MS)
    scan.press()
    expect(scan.pass(10 * 60_000).length).toBeGreaterThan(2 * THINGS)
  })

  it('stands still when somebody uses the screen by hand, whatever is said then', () => {
    const scan = scanning()
    scan.press()
    scan.rest()
    scan.speaking(true)
    scan.speaking(false)
    expect(scan.pass(60_000)).toEqual([])
  })
})
