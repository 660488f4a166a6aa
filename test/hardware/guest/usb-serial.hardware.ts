import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { listSerial } from '../../../electron/devices/serial.ts'
import { serialLine } from '../../../electron/devices/scanners/index.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { inventedCitizens } from '../../../electron/training/citizens.ts'
import { err } from '../../../shared/domain/result.ts'
import { asNobody } from './as-nobody.ts'
import { openDeviceFile } from './device-file.ts'
import { timed } from './figures.ts'
import { makeGadget } from './gadget.ts'
import { openMachine, type Machine } from './machine.ts'
import { noEvents, watchScanner } from './watched-scanner.ts'

const [father, grandmother] = inventedCitizens.map(({ payload }) => payload)

describe('a scanner on an FTDI adapter', () => {
  const usb = { vendorId: '0403', productId: '6001', serial: 'FTDI-1' }
  const line = serialLine({ usb, baud: 9600 }, systemTimers)
  let machine: Machine
  before(async () => {
    machine = await openMachine()
  })
  after(() => machine.close())

  it('is listed by id and serial number, read, lost when it is pulled, and found again', async (t) => {
    const { scanner, until, nextScan } = watchScanner(line)
    async function scan(text: string) {
      await machine.ask({ ask: 'send', hex: Buffer.from(`${text}\r`).toString('hex') })
      assert.equal(await nextScan(), text)
    }
    await machine.ask({ ask: 'plug', serial: usb.serial })
    await until('ready')
    const listed = await listSerial()
    assert.deepEqual(
      listed.ok && listed.value.map((port) => port.usb).filter((found) => found !== null),
      [usb],
    )
    await scan(father ?? '')
    await timed(t, 'FTDI pulled to disconnected', async () => {
      await machine.ask({ ask: 'unplug' })
      await until('disconnected')
    })
    await timed(t, 'FTDI back to ready', async () => {
      await machine.ask({ ask: 'plug', serial: usb.serial })
      await until('ready')
    })
    await scan(grandmother ?? '')
    await scanner.close()
    await machine.ask({ ask: 'unplug' })
  })

  it('is not taken for one with another serial number', async () => {
    const { scanner, until } = watchScanner(
      serialLine({ usb: { ...usb, serial: 'FTDI-2' }, baud: 9600 }, systemTimers),
    )
    await machine.ask({ ask: 'plug', serial: 'FTDI-2' })
    await until('ready')
    assert.deepEqual(await line(noEvents), err('missing'))
    await scanner.close()
    await machine.ask({ ask: 'unplug' })
  })

  it('says that its user may not open it', async () => {
    const { scanner, until } = watchScanner(line)
    await machine.ask({ ask: 'plug', serial: usb.serial })
    await until('ready')
    await scanner.close()
    await asNobody(async () => {
      assert.deepEqual(await line(noEvents), err('not-allowed'))
    })
    await machine.ask({ ask: 'unplug' })
  })
})

describe('a scanner in USB-COM mode (CDC-ACM)', () => {
  it('is read, lost when its cable is pulled, and found again', async (t) => {
    const usb = { vendorId: '1eab', productId: '0c06', serial: 'ACM-1' }
    const gadget = makeGadget(1, { ...usb, product: 'Invented Scanner' }, 'acm.GS0', {})
    const { scanner, until, nextScan } = watchScanner(serialLine({ usb, baud: 9600 }, systemTimers))
    async function scan(text: string) {
      const peer = await openDeviceFile('/dev/ttyGS0', () => {})
      await peer.write(Buffer.from(`${text}\r`))
      assert.equal(await nextScan(), text)
      await peer.close()
    }
    gadget.plug()
    await until('ready')
    await scan(father ?? '')
    await timed(t, 'CDC-ACM pulled to disconnected', async () => {
      gadget.unplug()
      await until('disconnected')
    })
    await timed(t, 'CDC-ACM back to ready', async () => {
      gadget.plug()
      await until('ready')
    })
    await scan(grandmother ?? '')
    await scanner.close()
    gadget.unplug()
  })
})
