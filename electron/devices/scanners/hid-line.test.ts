import { describe, expect, it } from 'vitest'
import { type Result, err, ok } from '../../../shared/domain/result.ts'
import type { HidChannel, HidDevice, HidProblem } from '../hid.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import { hidLine } from './hid-line.ts'
import { hidPosReports } from './hid-pos-reports.ts'

const honeywell: HidDevice = {
  path: '/dev/hidraw1',
  vendorId: 0x0c2e,
  productId: 0x0b61,
  serial: 'S1',
  product: 'Invented scanner',
  usagePage: 0x8c,
  usage: 2,
}
const newland: HidDevice = { ...honeywell, path: '/dev/hidraw0', vendorId: 0x1eab, serial: null }
const keyboard: HidDevice = { ...honeywell, path: '/dev/hidraw2', usagePage: 1, usage: 6 }

/** A USB hub with these devices; what was opened, sent and heard. */
function hub(plugged: readonly HidDevice[], outcome: HidProblem | 'open' = 'open') {
  const opened: string[] = []
  const features: number[][] = []
  const heard: string[] = []
  let report: (bytes: Uint8Array) => void = () => {}
  let gone = () => {}
  const channel: HidChannel = {
    onReport: (listener) => {
      report = listener
    },
    onClose: (listener) => {
      gone = listener
    },
    write: async () => ok(null),
    sendFeatureReport: async (bytes) => {
      features.push([...bytes])
      return err('closed')
    },
    close: async () => gone(),
  }
  const timers = createManualTimers()
  const connect = (usb: Parameters<typeof hidLine>[0]) =>
    hidLine(usb, timers, {
      list: async () => ok(plugged),
      open: async (path): Promise<Result<HidChannel, HidProblem>> => {
        opened.push(path)
        return outcome === 'open' ? ok(channel) : err(outcome)
      },
    })({
      onScan: (bytes) => heard.push(Buffer.from(bytes).toString()),
      onRefused: (why) => heard.push(`(${why})`),
      onGone: () => heard.push('(gone)'),
    })
  return {
    connect,
    opened,
    features,
    heard,
    timers,
    send: (text: string) => {
      for (const bytes of hidPosReports(Buffer.from(text))) report(bytes)
    },
    half: (text: string) => report(hidPosReports(Buffer.from(text))[0] ?? new Uint8Array()),
    unplug: () => gone(),
  }
}

describe('a HID-POS scanner', () => {
  it('is the first one by its path where any will do, and never a keyboard', async () => {
    const world = hub([keyboard, honeywell, newland])
    expect((await world.connect('any')).ok).toBe(true)
    expect(world.opened).toEqual(['/dev/hidraw0'])
  })

  it('bound to a serial number does not take another one of its model', async () => {
    const wanted = { vendorId: '0c2e', productId: '0b61', serial: 'S1' }
    const other = hub([{ ...honeywell, serial: 'S2' }])
    expect(await other.connect(wanted)).toEqual({ ok: false, error: 'missing' })
    expect(other.opened).toEqual([])
    const same = hub([
      { ...honeywell, serial: 'S2' },
      { ...honeywell, path: '/dev/hidraw7' },
    ])
    await same.connect(wanted)
    expect(same.opened).toEqual(['/dev/hidraw7'])
  })

  it('of Honeywell is switched to HID POS, and works also where it refuses', async () => {
    const world = hub([honeywell])
    expect((await world.connect('any')).ok).toBe(true)
    expect(world.features).toEqual([[254, 1]])
    world.send('abc')
    expect(world.heard).toEqual(['abc'])
  })

  it('of another maker is left as it is', async () => {
    const world = hub([newland])
    await world.connect('any')
    expect(world.features).toEqual([])
  })

  it('that goes in the middle of a scan leaves nothing of it behind', async () => {
    const world = hub([newland])
    await world.connect('any')
    world.half('x'.repeat(100))
    world.unplug()
    expect(world.heard).toEqual(['(gone)'])
    expect(world.timers.pending()).toBe(0)
  })

  it('says why it does not open', async () => {
    expect(await hub([newland], 'not-allowed').connect('any')).toEqual({
      ok: false,
      error: 'not-allowed',
    })
  })
})
