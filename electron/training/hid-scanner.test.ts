import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createScanner, hidLine, type Scanner } from '../devices/scanners/index.ts'
import { socketHid } from '../devices/socket-hid.ts'
import { systemTimers } from '../timers.ts'
import { createTrainingHidScanner, type TrainingHidScanner } from './hid-scanner.ts'

describe('a HID-POS scanner over a socket', () => {
  let dir = ''
  let device: TrainingHidScanner
  let scanner: Scanner
  const scans: string[] = []
  const states: string[] = []

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kiosk-hid-'))
    device = await createTrainingHidScanner({ dir })
    scans.length = 0
    states.length = 0
    scanner = createScanner({
      open: hidLine('any', systemTimers, socketHid(device.socket)),
      timers: systemTimers,
      onScan: (text) => scans.push(text),
      onRefused: (why) => scans.push(why),
      log: () => {},
    })
    scanner.subscribe(({ state }) => states.push(state))
    await vi.waitUntil(() => states.length > 0)
  })

  afterEach(async () => {
    await scanner.close()
    await device.close()
    await rm(dir, { recursive: true })
  })

  it('delivers what is scanned, in reports that cut letters in two', async () => {
    const card = `083090000000||${'Nguyễn Văn Ví Dụ '.repeat(20)}|05031990|Nam|Ấp Mẫu|01012022`
    device.scan(card)
    await vi.waitFor(() => expect(scans).toEqual([card]))
  })

  it('comes back after the cable was pulled and put back', async () => {
    await device.unplug()
    expect(existsSync(device.socket)).toBe(false)
    device.scan('lost')
    await vi.waitFor(() => expect(states).toEqual(['ready', 'disconnected']))
    await device.plug()
    await vi.waitFor(() => expect(states).toEqual(['ready', 'disconnected', 'ready']), 5000)
    device.scan('found')
    await vi.waitFor(() => expect(scans).toEqual(['found']))
  })
})
