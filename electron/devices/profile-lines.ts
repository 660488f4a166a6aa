import type { Candidate, DeviceRole } from '../../shared/contract/device-desk.ts'
import type { UsbId } from '../../shared/contract/devices.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { UsbPrinterName } from './printers/index.ts'
import type { Profile } from '../settings/index.ts'

/** What to put into the profile so that a role is bound to what was found. */
export interface ProfileLine {
  readonly role: DeviceRole
  /** A member of the profile's object. */
  readonly line: string
}

/** Speeds at which these devices leave the factory; on USB they mean nothing. */
const FACTORY_BAUD = { SCANNER: 9600, PRINTER: 115_200 } as const

/** Every role that it could have. What stands behind a serial port, only a person knows. */
export function profileLines({ bus, path, usb, model }: Candidate): ProfileLine[] {
  switch (bus) {
    case 'hid':
      return [scannerLine({ kind: 'hid', usb: usb ?? 'any' })]
    case 'serial':
      return [
        usb === null
          ? scannerLine({ kind: 'serial', path, baud: FACTORY_BAUD.SCANNER })
          : scannerLine({ kind: 'usb-serial', usb, baud: FACTORY_BAUD.SCANNER }),
        printerLine({
          link: { kind: 'serial', path, baud: FACTORY_BAUD.PRINTER },
          dots: 576,
        }),
      ]
    case 'usb-printer':
      return [
        printerLine({ link: { kind: 'usb', by: usbPrinterName(usb, model, path) }, dots: 576 }),
      ]
    default:
      return unreachable(bus)
  }
}

/** Whatever holds when another one is plugged in first. */
function usbPrinterName(
  usb: UsbId | null,
  model: string | undefined,
  path: string,
): UsbPrinterName {
  if (usb !== null) return usb
  return model === undefined ? { path } : { model }
}

function scannerLine(scanner: Profile['scanner']): ProfileLine {
  return { role: 'card-scanner', line: `"scanner": ${JSON.stringify(scanner)}` }
}

function printerLine(printer: Profile['printer']): ProfileLine {
  return { role: 'ticket-printer', line: `"printer": ${JSON.stringify(printer)}` }
}
