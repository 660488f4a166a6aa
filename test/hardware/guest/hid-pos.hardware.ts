import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { discover } from '../../../electron/devices/discovery.ts'
import { listHid, openHid } from '../../../electron/devices/hid.ts'
import { createRegistry } from '../../../electron/devices/registry.ts'
import { hidLine, hidPosReports } from '../../../electron/devices/scanners/index.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { inventedCitizens } from '../../../electron/training/citizens.ts'
import { err } from '../../../shared/domain/result.ts'
import { asNobody } from './as-nobody.ts'
import { timed } from './figures.ts'
import { plugUhidScanner, type UhidScanner } from './uhid.ts'
import { noEvents, watchScanner } from './watched-scanner.ts'

const HONEYWELL = { vendorId: 0x0c2e, productId: 0x0b61, serial: 'HALL-1' }
const ours = { vendorId: '0c2e', productId: '0b61', serial: 'HALL-1' }
const other = { ...HONEYWELL, serial: 'HALL-2' }
const PULLS = 10
const [father, grandmother] = inventedCitizens.map(({ payload }) => payload)

async function send(scanner: UhidScanner, text: string, layout: 'standard' | 'shifted') {
  for (const report of hidPosReports(Buffer.from(text), { layout })) await scanner.send(report)
}

describe('a HID-POS scanner on the kernel', () => {
  let device: UhidScanner
  const told: string[] = []
  const plug = async () => {
    device = await plugUhidScanner(HONEYWELL, (report) => told.push(report.toString('hex')))
  }
  before(plug)
  after(() => device.unplug())
  const line = hidLine(ours, systemTimers)

  it('is listed by usage, id and serial number', async () => {
    const listed = await listHid()
    assert.ok(listed.ok)
    const [found, ...others] = listed.value
    assert.deepEqual(others, [])
    assert.deepEqual(
      { ...found, path: null },
      { ...HONEYWELL, path: null, product: 'Invented Scanner', usagePage: 0x8c, usage: 2 },
    )
  })

  it('is told by a feature report to speak HID POS, and takes output reports', async () => {
    const listed = await listHid()
    const opened = await openHid((listed.ok && listed.value[0]?.path) || '')
    assert.ok(opened.ok)
    assert.deepEqual(await opened.value.write(Uint8Array.of(4, 1), 2000), { ok: true, value: null })
    const { scanner, until } = watchScanner(line)
    await until('ready')
    assert.deepEqual(told, ['0401', 'fe01'])
    await scanner.close()
    await opened.value.close()
  })

  it('gives a card of several reports as one scan, in both layouts', async () => {
    const { scanner, until, nextScan } = watchScanner(line)
    await until('ready')
    await send(device, father ?? '', 'standard')
    assert.equal(await nextScan(), father)
    await send(device, grandmother ?? '', 'shifted')
    assert.equal(await nextScan(), grandmother)
    await scanner.close()
  })

  it('is disconnected when it is pulled in the middle of a scan, and usable when it is back', async (t) => {
    const { scanner, until, nextScan } = watchScanner(line)
    await until('ready')
    const [half] = hidPosReports(Buffer.from(father ?? ''))
    await device.send(half ?? new Uint8Array())
    await timed(t, 'HID pulled to disconnected', async () => {
      await device.unplug()
      await until('disconnected')
    })
    await timed(t, 'HID back to ready', async () => {
      await plug()
      await until('ready')
    })
    await send(device, grandmother ?? '', 'standard')
    assert.equal(await nextScan(), grandmother)
    await scanner.close()
  })

  it('leaves nothing open, however often it is pulled', async () => {
    const { scanner, until } = watchScanner(line)
    const openFiles: number[] = []
    for (let turn = 0; turn < PULLS; turn += 1) {
      await until('ready')
      openFiles.push(readdirSync('/proc/self/fd').length)
      await device.unplug()
      await until('disconnected')
      await plug()
    }
    await until('ready')
    await scanner.close()
    assert.equal(openFiles.at(-1), openFiles[0])
  })

  it('is not taken for one with another serial number', async () => {
    const wanted = hidLine({ ...ours, serial: other.serial }, systemTimers)
    assert.deepEqual(await wanted(noEvents), err('missing'))
  })

  it('says that its user may not open it', async () => {
    await asNobody(async () => {
      assert.deepEqual(await line(noEvents), err('not-allowed'))
    })
  })

  it('is known to the registry by its role, and another one is seen to come and go', async () => {
    const { scanner, until } = watchScanner(line)
    await until('ready')
    let onLook = () => {}
    const registry = createRegistry({
      async discover() {
        const found = await discover()
        onLook()
        return found
      },
      timers: systemTimers,
    })
    registry.add({
      role: 'card-scanner',
      bound: { kind: 'hid', binding: { by: 'usb', bus: 'hid', usb: ours } },
      device: scanner,
      remedy: () => null,
      test: async () => ({ outcome: 'nothing' }),
    })
    const second = await plugUhidScanner(other)
    const { devices, unbound } = await registry.list()
    assert.deepEqual(
      devices.map(({ present, boundTo }) => ({ present, boundTo })),
      [{ present: true, boundTo: '0c2e:0b61:HALL-1' }],
    )
    assert.deepEqual(
      unbound.filter(({ bus }) => bus === 'hid').map(({ usb }) => usb),
      [{ ...ours, serial: other.serial }],
    )
    const watching = new AbortController()
    const events: string[] = []
    for await (const event of registry.watch(watching.signal)) {
      if (event.kind === 'state') {
        // The first look is of what is there already.
        onLook = () => {
          onLook = () => {}
          void second.unplug()
        }
        continue
      }
      events.push(`${event.kind} ${event.candidate.usb?.serial}`)
      watching.abort()
    }
    assert.deepEqual(events, ['unplugged HALL-2'])
    await scanner.close()
  })
})
