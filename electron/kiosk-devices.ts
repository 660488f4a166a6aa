import { unreachable } from '../shared/domain/result.ts'
import {
  createPagePrinter,
  createPrinter,
  findUsbPrinter,
  noPagePrinter,
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
  const pagePrinter = profile.pagePrinter
    ? createPagePrinter({
        uri: profile.pagePrinter.uri,
        timers: systemTimers,
        log: ({ event, ...details }) => log(event, details),
      })
    : noPagePrinter()
  const scanner = createScanner({
    path: profile.scanner?.path ?? null,
    baud: profile.scanner?.baud ?? 9600,
    timers: systemTimers,
    onScan,
    log: (line) => log(line),
  })
  return { printer, pagePrinter, scanner }
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
