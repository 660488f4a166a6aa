import { describe, expect, it } from 'vitest'
import { type Result, err, ok } from '../../../shared/domain/result.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import type { LineEvents, ScannerLine, ScannerProblem } from './line.ts'
import { createScanner, type TakenScan } from './scanner.ts'

const nobody: LineEvents = { onScan: () => {}, onRefused: () => {}, onGone: () => {} }

/** A line that opens as told, with a cable that can be pulled. */
function bench(outcomes: readonly (ScannerProblem | 'open' | 'pulled')[], configured = true) {
  const timers = createManualTimers()
  const scans: string[] = []
  const states: string[] = []
  const lines: string[] = []
  let opened = 0
  let closes = 0
  let events = nobody
  const open = async (on: LineEvents): Promise<Result<ScannerLine, ScannerProblem>> => {
    const outcome = outcomes[opened] ?? 'open'
    opened += 1
    if (outcome !== 'open' && outcome !== 'pulled') return err(outcome)
    events = on
    if (outcome === 'pulled') on.onGone()
    return ok({
      async close() {
        closes += 1
        on.onGone()
      },
    })
  }
  const scanner = createScanner({
    open: configured ? open : null,
    timers,
    onScan: (text) => scans.push(text),
    onRefused: (why) => scans.push(`(${why})`),
    log: (line) => lines.push(line),
  })
  scanner.subscribe(({ state }) => states.push(state))
  return {
    scanner,
    timers,
    scans,
    states,
    lines,
    opened: () => opened,
    closes: () => closes,
    send: (text: string) => events.onScan(Buffer.from(text)),
    refuse: () => events.onRefused('too-long'),
    unplug: () => events.onGone(),
    /** Lets the answers of the line arrive. */
    settle: async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}

describe('a scanner', () => {
  it('hands over each scan as Vietnamese text', async () => {
    const { send, scans, scanner, settle } = bench(['open'])
    await settle()
    expect(scanner.state()).toEqual({ state: 'ready' })
    send('Nguyễn Văn Ví Dụ')
    expect(scans).toEqual(['Nguyễn Văn Ví Dụ'])
  })

  it('is looked for every 500 ms while it is missing or held by another program', async () => {
    const { timers, states, opened, settle } = bench(['missing', 'busy', 'no-driver', 'open'])
    for (const attempts of [1, 2, 3, 4]) {
      await settle()
      expect(opened()).toBe(attempts)
      timers.advance(499)
      expect(opened()).toBe(attempts)
      timers.advance(1)
    }
    expect(states).toEqual(['busy', 'no-driver', 'ready'])
  })

  it('comes back after an unplug', async () => {
    const { timers, send, unplug, scans, states, settle } = bench(['open', 'missing', 'open'])
    await settle()
    unplug()
    timers.advance(500)
    await settle()
    timers.advance(500)
    await settle()
    send('whole')
    expect(scans).toEqual(['whole'])
    expect(states).toEqual(['ready', 'disconnected', 'ready'])
  })

  it('that was pulled while it was set up is looked for again', async () => {
    const { timers, states, opened, settle } = bench(['pulled', 'open'])
    await settle()
    expect(states).toEqual([])
    timers.advance(500)
    await settle()
    expect(opened()).toBe(2)
    expect(states).toEqual(['ready'])
    expect(timers.pending()).toBe(0)
  })

  it('says that its user may not open it', async () => {
    const { scanner, settle } = bench(['not-allowed'])
    await settle()
    expect(scanner.state()).toEqual({ state: 'not-allowed' })
  })

  it('tells by name what it refused, and goes on', async () => {
    const { send, refuse, scans, settle } = bench(['open'])
    await settle()
    refuse()
    send('A')
    expect(scans).toEqual(['(too-long)', 'A'])
  })

  it('gives one scan to a technician who tests it, and the next one to the kiosk', async () => {
    const { scanner, send, scans, settle } = bench(['open'])
    await settle()
    const taken: TakenScan[] = []
    scanner.takeNext((scan) => taken.push(scan))
    send('Ví Dụ')
    send('B')
    expect(taken).toEqual([{ kind: 'scan', text: 'Ví Dụ', bytes: 8 }])
    expect(scans).toEqual(['B'])
    const stop = scanner.takeNext((scan) => taken.push(scan))
    stop()
    send('C')
    expect(scans).toEqual(['B', 'C'])
  })

  it('takes the same payload within 1.5 s of the last time for one scan, another one at once', async () => {
    const { timers, send, scans, settle } = bench(['open'])
    await settle()
    send('A')
    timers.advance(1499)
    send('A')
    timers.advance(1499)
    send('A')
    expect(scans).toEqual(['A'])
    timers.advance(1500)
    send('A')
    send('B')
    send('A')
    expect(scans).toEqual(['A', 'A', 'B', 'A'])
  })

  it('writes nothing of a scan into the log', async () => {
    const { send, refuse, lines, settle } = bench(['open'])
    await settle()
    send('083090000000||Nguyễn Văn Ví Dụ')
    refuse()
    expect(lines).toEqual([
      'scanner: ready',
      'scanner: 36 bytes',
      'scanner: refused a scan: too-long',
    ])
  })

  it('that is not configured opens nothing', async () => {
    const { scanner, opened, settle } = bench([], false)
    await settle()
    expect(scanner.state()).toEqual({ state: 'not-configured' })
    expect(opened()).toBe(0)
  })

  it('that was closed does not come back, even if the port answers later', async () => {
    const late = bench(['open'])
    await late.scanner.close()
    await late.settle()
    expect(late.closes()).toBe(1)
    expect(late.timers.pending()).toBe(0)

    const ready = bench(['open'])
    await ready.settle()
    ready.send('A')
    await ready.scanner.close()
    expect(ready.closes()).toBe(1)
    expect(ready.timers.pending()).toBe(0)
  })
})
