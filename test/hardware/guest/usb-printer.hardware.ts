import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import type { PrinterState } from '../../../shared/contract/devices.ts'
import { err, ok } from '../../../shared/domain/result.ts'
import {
  createPrinter,
  findUsbPrinter,
  usbTransport,
  type PrinterEvent,
} from '../../../electron/devices/printers/index.ts'
import { listUsbPrinters } from '../../../electron/devices/printers/usb-printers.ts'
import { encodeJob } from '../../../electron/printing/escpos.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { asNobody } from './as-nobody.ts'
import { timed } from './figures.ts'
import { makeUsbPrinter } from './printer-peer.ts'

const usb = { vendorId: '04b8', productId: '0e15', serial: 'LP-1' }
const ready = { state: 'ready', paper: 'enough' }
const job = encodeJob({ width: 576, height: 500, bits: new Uint8Array(72 * 500).fill(0xf0) })

describe('a receipt printer of the USB printer class', () => {
  let peer: Awaited<ReturnType<typeof makeUsbPrinter>>
  before(async () => {
    peer = await makeUsbPrinter(
      { ...usb, product: 'Invented Printer' },
      'MFG:TESTCO;CMD:ESC/POS;MDL:TP-80;CLS:PRINTER;',
    )
    await peer.plug()
  })
  after(async () => {
    await peer.unplug()
    await peer.printer.close()
  })

  function drive() {
    const log: PrinterEvent[] = []
    const heard = new EventEmitter()
    const device = createPrinter({
      transport: usbTransport({
        find: () => findUsbPrinter({ model: 'TP-80' }),
        timers: systemTimers,
      }),
      timers: systemTimers,
      log: (event) => log.push(event),
    })
    device.subscribe(() => heard.emit('state'))
    async function until(state: PrinterState['state']) {
      while (device.state().state !== state) await once(heard, 'state')
    }
    return { device, log, until }
  }

  it('is found by what it says of itself, under whatever number the kernel gave it', async () => {
    const [found, ...others] = await listUsbPrinters()
    assert.deepEqual(others, [])
    assert.match(found?.path ?? '', /^\/dev\/usb\/lp\d+$/)
    assert.deepEqual(
      { ...found, path: null },
      { ...usb, path: null, maker: 'TESTCO', model: 'TP-80', commands: 'ESC/POS' },
    )
  })

  it('prints, confirms, and tells that its paper is out', async () => {
    const { device } = drive()
    assert.deepEqual(await device.print(job), ok({ confirmed: true }))
    assert.deepEqual(peer.printer.prints(), ['001.png'])
    peer.printer.setPaper('out')
    assert.deepEqual(await device.refresh(), { state: 'paper-out' })
    peer.printer.setPaper('in')
    assert.deepEqual(await device.refresh(), ready)
    await device.close()
  })

  it('is busy while another program has it', async () => {
    const first = drive()
    await first.until('ready')
    const second = drive()
    await second.device.refresh()
    assert.deepEqual(
      second.log.map(({ problem }) => problem),
      ['busy'],
    )
    await second.device.close()
    await first.device.close()
  })

  it('says that its user may not open it', async () => {
    await asNobody(async () => {
      const { device, log } = drive()
      await device.refresh()
      await device.close()
      assert.deepEqual(
        log.map(({ problem }) => problem),
        ['denied'],
      )
    })
  })

  it('stops a job that it does not take, and prints again when it does', async () => {
    const { device, until } = drive()
    await until('ready')
    peer.hold()
    assert.deepEqual(await device.print(job), err({ state: 'error', cause: 'offline' }))
    peer.release()
    const printed = peer.printer.prints().length
    // It may take the first questions for the rest of the picture, and be mute for this one.
    assert.equal((await device.print(job)).ok, true)
    assert.deepEqual(await device.print(job), ok({ confirmed: true }))
    assert.ok(peer.printer.prints().length >= printed + 2)
    await device.close()
  })

  it('is disconnected when its cable is pulled, and prints when it is back', async (t) => {
    const { device, until } = drive()
    await until('ready')
    await timed(t, 'printer pulled to disconnected', async () => {
      await peer.unplug()
      await until('disconnected')
    })
    await timed(t, 'printer back to ready', async () => {
      await peer.plug()
      await until('ready')
    })
    assert.deepEqual(await device.print(job), ok({ confirmed: true }))
    await device.close()
  })

  it('says that a job broke off when it is pulled in the middle of it, and prints it whole after', async () => {
    const { device, until } = drive()
    await until('ready')
    const whole = peer.lastSheet()
    const printed = peer.printer.prints().length
    peer.printer.afterBytes(10_000, () => void peer.unplug())
    assert.deepEqual(await device.print(job), err({ state: 'disconnected' }))
    await peer.plug()
    await until('ready')
    assert.deepEqual(await device.print(job), ok({ confirmed: true }))
    // The half one may have been cut off by itself; nothing of it hangs on the next.
    assert.ok(peer.printer.prints().length > printed)
    assert.deepEqual(peer.lastSheet(), whole)
    await device.close()
  })
})
