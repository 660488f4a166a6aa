import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hidLine, hidPosReports } from '../../../electron/devices/scanners/index.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { inventedCitizens } from '../../../electron/training/citizens.ts'
import { openDeviceFile } from './device-file.ts'
import { timed } from './figures.ts'
import { makeGadget } from './gadget.ts'
import { HID_POS_PAYLOAD_BYTES, hidPosDescriptor } from './hid-pos-descriptor.ts'
import { watchScanner } from './watched-scanner.ts'

const usb = { vendorId: '23d0', productId: '0c00', serial: 'USB-HID-1' }
const [father, grandmother] = inventedCitizens.map(({ payload }) => payload)

describe('a HID-POS scanner on USB that refuses the order to switch', () => {
  it('is found, read, lost when its cable is pulled, and found again', async (t) => {
    const gadget = makeGadget(0, { ...usb, product: 'Invented Scanner' }, 'hid.0', {
      report_desc: hidPosDescriptor,
      report_length: String(1 + HID_POS_PAYLOAD_BYTES),
    })
    const { scanner, until, nextScan } = watchScanner(hidLine(usb, systemTimers))
    async function scan(text: string) {
      const peer = await openDeviceFile('/dev/hidg0', () => {})
      for (const report of hidPosReports(Buffer.from(text))) await peer.write(report)
      assert.equal(await nextScan(), text)
      await peer.close()
    }
    gadget.plug()
    await until('ready')
    await scan(father ?? '')
    await timed(t, 'USB HID pulled to disconnected', async () => {
      gadget.unplug()
      await until('disconnected')
    })
    await timed(t, 'USB HID back to ready', async () => {
      gadget.plug()
      await until('ready')
    })
    await scan(grandmother ?? '')
    await scanner.close()
    gadget.unplug()
  })
})
