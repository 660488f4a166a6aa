import { describe, expect, it } from 'vitest'
import { type Result, err, ok } from '../../../shared/domain/result.ts'
import type { SerialChannel, SerialProblem } from '../serial.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { createScanner } from './scanner.ts'

/** A port that opens as told, with a cable that can be pulled. */
function bench(
  outcomes: readonly (SerialProblem | 'open')[],
  path: string | null = '/dev/scanner',
) {
  const timers = createManualTimers()
  const scans: string[] = []
  const states: string[] = []
  const lines: string[] = []
  let opened = 0
  let closes = 0
  let data: (bytes: Uint8Array) => void = () => {}
  let gone = () => {}
  const scanner = createScanner({
    path,
    baud: 9600,
    timers,
    onScan: (text) => scans.push(text),
    log: (line) => lines.push(line),
    open(): Promise<Result<SerialChannel, SerialProblem>> {
      const outcome = outcomes[opened] ?? 'open'
      opened += 1
      if (outcome !== 'open') return Promise.resolve(err(outcome))
      return Promise.resolve(
        ok({
          onData: (listener) => {
            data = listener
          },
          onClose: (listener) => {
            gone = listener
          },
          write: () => Promise.resolve(ok(null)),
          close() {
            closes += 1
            gone()
            return Promise.resolve()
          },
        }),
      )
    },
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
    send: (text: string) => data(Buffer.from(text)),
    unplug: () => gone(),
    /** Lets the answers of the port arrive. */
    settle: async () => {
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    },
  }
}

describe('a serial scanner', () => {
  it('hands over each scan as Vietnamese text', async () => {
    const { send, scans, scanner, settle } = bench(['open'])
    await settle()
    expect(scanner.state()).toEqual({ state: 'ready' })
    send('Nguyễn Văn Ví Dụ\r')
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
    expect(states).toEqual(['busy', 'disconnected', 'ready'])
  })

  it('comes back after an unplug, without the half scan from before it', async () => {
    const { timers, send, unplug, scans, states, settle } = bench(['open', 'missing', 'open'])
    await settle()
    send('half')
    unplug()
    timers.advance(500)
    await settle()
    timers.advance(500)
    await settle()
    send('whole\r')
    expect(scans).toEqual(['whole'])
    expect(states).toEqual(['ready', 'disconnected', 'ready'])
  })

  it('takes the same payload within 1.5 s for one scan, another one at once', async () => {
    const { timers, send, scans, settle } = bench(['open'])
    await settle()
    send('A\r')
    timers.advance(1499)
    send('A\r')
    expect(scans).toEqual(['A'])
    timers.advance(1)
    send('A\r')
    send('B\r')
    send('A\r')
    expect(scans).toEqual(['A', 'A', 'B', 'A'])
  })

  it('writes nothing of a scan into the log', async () => {
    const { send, lines, settle } = bench(['open'])
    await settle()
    send('083090000000||Nguyễn Văn Ví Dụ\r')
    send(`${'083090000000'.repeat(400)}\r`)
    expect(lines.join('\n')).not.toMatch(/0830|Nguy/)
    expect(lines).toContain('scanner: dropped a scan of more than 4096 bytes')
  })

  it('that is not configured opens nothing', async () => {
    const { scanner, opened, settle } = bench([], null)
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
    ready.send('A\rhalf')
    await ready.scanner.close()
    expect(ready.closes()).toBe(1)
    expect(ready.timers.pending()).toBe(0)
  })
})
