import { beforeEach, describe, expect, it } from 'vitest'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { ok } from '../../../shared/domain/result.ts'
import type { LineEvents } from './line.ts'
import { createScanner } from './scanner.ts'
import { testScan } from './test-scan.ts'

async function bench(configured = true) {
  const timers = createManualTimers()
  const given: string[] = []
  let events: LineEvents | null = null
  const scanner = createScanner({
    open: configured
      ? async (on) => {
          events = on
          return ok({ close: async () => {} })
        }
      : null,
    timers,
    onScan: (text) => given.push(text),
    onRefused: () => {},
    log: () => {},
  })
  await Promise.resolve()
  await Promise.resolve()
  const line = (): LineEvents => {
    if (events === null) throw new Error('not open')
    return events
  }
  return { scanner, timers, given, line }
}

describe('the test of a scanner', () => {
  let stop = new AbortController()
  beforeEach(() => {
    stop = new AbortController()
  })

  it('says the kind and length of one scan, which the kiosk does not get', async () => {
    const { scanner, timers, given, line } = await bench()
    const shown = testScan(scanner, timers, stop.signal)
    line().onScan(Buffer.from('MCK:T:KM4:20261121:A027'))
    expect(await shown).toEqual({ outcome: 'scan', code: 'ticket', bytes: 23 })
    expect(given).toEqual([])
    expect(timers.pending()).toBe(1) // double reads of that scan
  })

  it('names what was refused', async () => {
    const { scanner, timers, line } = await bench()
    const shown = testScan(scanner, timers, stop.signal)
    line().onRefused('too-long')
    expect(await shown).toEqual({ outcome: 'refused', why: 'too-long' })
  })

  it('ends after half a minute, and the next scan is for the kiosk', async () => {
    const { scanner, timers, given, line } = await bench()
    const shown = testScan(scanner, timers, stop.signal)
    timers.advance(30_000)
    expect(await shown).toEqual({ outcome: 'nothing' })
    line().onScan(Buffer.from('A'))
    expect(given).toEqual(['A'])
  })

  it('ends with whoever asked, and the next scan is for the kiosk', async () => {
    const { scanner, timers, given, line } = await bench()
    const shown = testScan(scanner, timers, stop.signal)
    stop.abort()
    expect(await shown).toEqual({ outcome: 'nothing' })
    line().onScan(Buffer.from('A'))
    expect(given).toEqual(['A'])
  })

  it('ends where the scanner is pulled meanwhile, or is not there', async () => {
    const { scanner, timers, line } = await bench()
    const shown = testScan(scanner, timers, stop.signal)
    line().onGone()
    expect(await shown).toMatchObject({ outcome: 'state', state: { state: 'disconnected' } })
    const none = await bench(false)
    expect(await testScan(none.scanner, none.timers, stop.signal)).toMatchObject({
      outcome: 'state',
      state: { state: 'not-configured' },
    })
  })
})
