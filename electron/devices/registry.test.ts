import { describe, expect, it } from 'vitest'
import type { Candidate, DeviceEvent } from '../../shared/contract/device-desk.ts'
import type { ScannerState } from '../../shared/contract/devices.ts'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { createRegistry, type Registered } from './registry.ts'
import { scannerRemedy } from './remedies.ts'

const port: Candidate = { bus: 'serial', path: '/dev/ttyUSB0', usb: null, name: null }
const other: Candidate = { bus: 'serial', path: '/dev/ttyUSB1', usb: null, name: null }

const NOBODY_LEAVES = new AbortController().signal

function bench() {
  const timers = createManualTimers()
  const listeners = new Set<(state: ScannerState) => void>()
  let plugged: readonly Candidate[] = [port]
  let looks = 0
  let state: ScannerState = { state: 'ready' }
  const registry = createRegistry({
    timers,
    async discover() {
      looks += 1
      return plugged
    },
  })
  const scanner: Registered<ScannerState> = {
    role: 'card-scanner',
    bound: {
      kind: 'serial',
      binding: { by: 'usb', bus: 'serial', usb: { vendorId: '0403', productId: '6001' } },
    },
    device: {
      state: () => state,
      subscribe(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    remedy: scannerRemedy,
    test: async () => ({ outcome: 'scan', code: 'id-card', bytes: 100 }),
  }
  registry.add(scanner)
  return {
    registry,
    timers,
    listeners,
    looks: () => looks,
    plug: (now: readonly Candidate[]) => {
      plugged = now
    },
    become: (next: ScannerState) => {
      state = next
      for (const listener of listeners) listener(next)
    },
    settle: async () => {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
    },
  }
}

/** Follows a watch; `seen` grows as events come. */
function follow(world: ReturnType<typeof bench>) {
  const stop = new AbortController()
  const seen: DeviceEvent[] = []
  const ended = (async () => {
    for await (const event of world.registry.watch(stop.signal)) seen.push(event)
  })()
  return {
    seen,
    stop: async () => {
      stop.abort()
      await ended
    },
  }
}

describe('the list of devices', () => {
  it('has each with its role, state and remedy, and apart what no role is bound to', async () => {
    const world = bench()
    world.become({ state: 'disconnected' })
    expect(await world.registry.list()).toEqual({
      devices: [
        {
          role: 'card-scanner',
          kind: 'serial',
          boundTo: '0403:6001',
          present: false,
          state: { state: 'disconnected' },
          remedy: scannerRemedy({ state: 'disconnected' }),
        },
      ],
      unbound: [port],
    })
  })
})

describe('watching', () => {
  it('begins with each device as it stands, and tells each change', async () => {
    const world = bench()
    const watch = follow(world)
    await world.settle()
    world.become({ state: 'disconnected' })
    await world.settle()
    expect(watch.seen).toMatchObject([
      { kind: 'state', role: 'card-scanner', state: { state: 'ready' }, remedy: null },
      { kind: 'state', role: 'card-scanner', state: { state: 'disconnected' } },
    ])
    await watch.stop()
  })

  it('tells within half a second what is plugged in and pulled', async () => {
    const world = bench()
    const watch = follow(world)
    await world.settle()
    world.plug([other])
    world.timers.advance(500)
    await world.settle()
    expect(watch.seen.slice(1)).toEqual([
      { kind: 'unplugged', candidate: port },
      { kind: 'plugged', candidate: other },
    ])
    await watch.stop()
  })

  it('gives a watcher that was away the newest state alone', async () => {
    const world = bench()
    const events = world.registry.watch(NOBODY_LEAVES)
    await events.next()
    world.become({ state: 'disconnected' })
    world.become({ state: 'busy' })
    expect(await events.next()).toMatchObject({ value: { state: { state: 'busy' } } })
    await events.return()
  })

  it('looks at nothing while nobody watches, and leaves nothing behind', async () => {
    const world = bench()
    const watch = follow(world)
    await world.settle()
    expect(world.looks()).toBe(1)
    await watch.stop()
    world.timers.advance(10_000)
    await world.settle()
    expect(world.looks()).toBe(1)
    expect(world.listeners.size).toBe(0)
    expect(world.timers.pending()).toBe(0)
  })
})

describe('the test of a device', () => {
  it('is done by the device', async () => {
    expect(await bench().registry.test('card-scanner', NOBODY_LEAVES)).toEqual({
      outcome: 'scan',
      code: 'id-card',
      bytes: 100,
    })
  })

  it('says where the kiosk has none', async () => {
    expect(await bench().registry.test('chip-reader', NOBODY_LEAVES)).toEqual({
      outcome: 'no-device',
    })
  })
})
