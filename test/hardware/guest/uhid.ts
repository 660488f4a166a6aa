import { openDeviceFile } from './device-file.ts'
import { hidPosDescriptor } from './hid-pos-descriptor.ts'

/** Events of /dev/uhid, as linux/uhid.h numbers them. */
const EVENT = {
  DESTROY: 1,
  OUTPUT: 6,
  CREATE: 11,
  INPUT: 12,
  SET_REPORT: 13,
  SET_REPLY: 14,
} as const
const USB_BUS = 3
const DATA_BYTES = 4096

/** What tells one HID device from another. */
export interface HidIdentity {
  readonly vendorId: number
  readonly productId: number
  readonly serial: string
}

/** A HID-POS scanner as the kernel sees it, plugged in until `unplug`. */
export interface UhidScanner {
  send(report: Uint8Array): Promise<void>
  unplug(): Promise<void>
}

/** Makes one; `onReport` gets what the kiosk sends to it, output and feature reports alike. */
export async function plugUhidScanner(
  identity: HidIdentity,
  onReport: (report: Buffer) => void = () => {},
): Promise<UhidScanner> {
  const device = await openDeviceFile('/dev/uhid', (event) => {
    const type = event.readUInt32LE(0)
    if (type === EVENT.OUTPUT) {
      onReport(event.subarray(4, 4 + event.readUInt16LE(4 + DATA_BYTES)))
    }
    if (type === EVENT.SET_REPORT) {
      onReport(event.subarray(12, 12 + event.readUInt16LE(10)))
      const reply = Buffer.alloc(10)
      reply.writeUInt32LE(EVENT.SET_REPLY, 0)
      event.copy(reply, 4, 4, 8)
      void device.write(reply)
    }
  })
  await device.write(creation(identity))
  return {
    async send(report) {
      const event = Buffer.alloc(6 + report.length)
      event.writeUInt32LE(EVENT.INPUT, 0)
      event.writeUInt16LE(report.length, 4)
      event.set(report, 6)
      await device.write(event)
    },
    async unplug() {
      const event = Buffer.alloc(4)
      event.writeUInt32LE(EVENT.DESTROY, 0)
      await device.write(event)
      await device.close()
    },
  }
}

function creation({ vendorId, productId, serial }: HidIdentity): Buffer {
  const event = Buffer.alloc(280 + DATA_BYTES)
  event.writeUInt32LE(EVENT.CREATE, 0)
  event.write('Invented Scanner', 4)
  event.write('invented/input0', 132)
  event.write(serial, 196)
  event.writeUInt16LE(hidPosDescriptor.length, 260)
  event.writeUInt16LE(USB_BUS, 262)
  event.writeUInt32LE(vendorId, 264)
  event.writeUInt32LE(productId, 268)
  event.set(hidPosDescriptor, 280)
  return event
}
