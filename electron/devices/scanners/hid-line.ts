import type { UsbId } from '../../../shared/contract/devices.ts'
import { err, ok } from '../../../shared/domain/result.ts'
import { listHid, openHid, type HidDevice } from '../hid.ts'
import { isSameUsb, usbIdOf } from '../usb-id.ts'
import { createHidPosDecoder, HID_POS, HONEYWELL_TO_HID_POS, isHoneywell } from './hid-pos.ts'
import { scannerLimits } from './limits.ts'
import type { OpenLine } from './line.ts'
import type { Timers } from '../../timers.ts'

/** The driver of HID devices. */
export interface HidDriver {
  readonly list: typeof listHid
  readonly open: typeof openHid
}

/** A scanner in HID-POS mode: a certain one, or the first that is there. */
export function hidLine(
  usb: UsbId | 'any',
  timers: Timers,
  driver: HidDriver = { list: listHid, open: openHid },
): OpenLine {
  return async (events) => {
    const devices = await driver.list()
    if (!devices.ok) return devices
    const found = hidScanners(devices.value).find(
      (device) => usb === 'any' || isSameUsb(usb, usbOfHid(device)),
    )
    if (found === undefined) return err('missing')
    const opened = await driver.open(found.path)
    if (!opened.ok) return opened
    const channel = opened.value
    const decoder = createHidPosDecoder(timers, events)
    channel.onReport((report) => decoder.push(report))
    channel.onClose(() => {
      decoder.discard()
      events.onGone()
    })
    if (isHoneywell(found.vendorId)) {
      // One that speaks HID POS already may refuse the order and works all the same.
      await channel.sendFeatureReport(HONEYWELL_TO_HID_POS, scannerLimits.SET_UP_MS)
    }
    return ok({ close: () => channel.close() })
  }
}

/** The HID-POS scanners among all that is plugged in, always in the same order. */
export function hidScanners(devices: readonly HidDevice[]): HidDevice[] {
  return devices
    .filter(({ usagePage, usage }) => usagePage === HID_POS.USAGE_PAGE && usage === HID_POS.USAGE)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

export function usbOfHid({ vendorId, productId, serial }: HidDevice): UsbId | null {
  return usbIdOf(vendorId, productId, serial)
}
