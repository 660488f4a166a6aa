import type { UsbId } from '../../../shared/contract/devices.ts'
import { type Result, err, ok } from '../../../shared/domain/result.ts'
import { listSerial, openSerial, type SerialProblem } from '../serial.ts'
import { isSameUsb } from '../usb-id.ts'
import { createFraming } from './framing.ts'
import type { OpenLine } from './line.ts'
import type { Timers } from '../../timers.ts'

/** A scanner in USB-COM mode or on a real serial port, by its path or by what USB says of it. */
export type SerialAddress = { readonly baud: number } & (
  | { readonly path: string }
  | { readonly usb: UsbId }
)

/** The driver of serial ports. */
export interface SerialDriver {
  readonly list: typeof listSerial
  readonly open: typeof openSerial
}

/** Looks the port up each time: after a replug it may have another name. */
export function serialLine(
  address: SerialAddress,
  timers: Timers,
  driver: SerialDriver = { list: listSerial, open: openSerial },
): OpenLine {
  return async (events) => {
    const path = await find(address, driver)
    if (!path.ok) return path
    const opened = await driver.open(path.value, address.baud)
    if (!opened.ok) return opened
    const port = opened.value
    const framing = createFraming(timers, events)
    port.onData((bytes) => framing.push(bytes))
    port.onClose(() => {
      // Half a scan must not be completed by the first bytes after the cable is back.
      framing.discard()
      events.onGone()
    })
    return ok({ close: () => port.close() })
  }
}

async function find(
  address: SerialAddress,
  driver: SerialDriver,
): Promise<Result<string, SerialProblem>> {
  if ('path' in address) return ok(address.path)
  const ports = await driver.list()
  if (!ports.ok) return ports
  const port = ports.value.find(({ usb }) => isSameUsb(address.usb, usb))
  return port === undefined ? err('missing') : ok(port.path)
}
