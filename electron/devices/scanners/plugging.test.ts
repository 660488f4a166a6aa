import { describe, expect, it } from 'vitest'
import { scannerOnCable } from '../../../test/fixtures/cable.ts'
import { hidPosReports } from './hid-pos-reports.ts'

const card = Buffer.from('083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022')
const halves = { serial: card.subarray(0, 40), hid: hidPosReports(card)[0] ?? card }

describe.each(['serial', 'hid'] as const)(
  'a %s scanner pulled in mid-scan ten thousand times',
  (bus) => {
    it('holds one channel and its listeners, no timer, and has read nothing', async () => {
      const world = scannerOnCable(bus)
      await world.settle()
      const before = world.held()
      for (let turn = 0; turn < 10_000; turn += 1) await world.cycle(halves[bus])
      expect(world.scanner.state()).toEqual({ state: 'ready' })
      expect(world.held()).toEqual(before)
      expect(before).toEqual({ channels: 1, listeners: 2, timers: 0, scans: 0 })
      await world.scanner.close()
      expect(world.held()).toEqual({ channels: 0, listeners: 0, timers: 0, scans: 0 })
    })
  },
)
