import { unreachable } from '../shared/domain/result.ts'
import {
  createPrinter,
  findUsbPrinter,
  noPrinter,
  serialTransport,
  tcpTransport,
  type Transport,
  usbTransport,
} from './devices/printers/index.ts'
import { createScanner } from './devices/scanners/index.ts'
import type { Log } from './log.ts'
import type { Profile } from './settings/index.ts'
import { systemTimers } from './timers.ts'

/** Opens the devices that the profile names. Close each. */
export function openDevices(profile: Profile, onScan: (text: string) => void, log: Log) {
  const printer = profile.printer
    ? createPrinter({
        transport: printerTransport(profile.printer.link),
        timers: systemTimers,
        log: ({ event, ...details }) => log(event, details),
      })
    : noPrinter()
  const scanner = createScanner({
    path: profile.scanner?.path ?? null,
    baud: profile.scanner?.baud ?? 9600,
    timers: systemTimers,
    onScan,
    log: (line) => log(line),
  })
  return { printer, scanner }
}

function printerTransport(link: NonNullable<Profile['printer']>['link']): Transport {
  switch (link.kind) {
    case 'tcp':
      return tcpTransport(link)
    case 'serial':
      return serialTransport(link)
    case 'usb':
      return usbTransport({ find: () => findUsbPrinter(link.by), timers: systemTimers })
    default:
      return unreachable(link)
  }
}
