import {
  createDocumentScanner,
  scanArguments,
  scanProcess,
  type DocumentScanner,
} from './devices/capture/index.ts'
import {
  createPrinter,
  noPrinter,
  serialTransport,
  tcpTransport,
} from './devices/printers/index.ts'
import { createScanner } from './devices/scanners/index.ts'
import type { Log } from './log.ts'
import type { Profile } from './settings/index.ts'
import { systemTimers } from './timers.ts'

/** Opens the devices that the profile names. Close each. */
export function openDevices(profile: Profile, onScan: (text: string) => void, log: Log) {
  const printer = profile.printer
    ? createPrinter({
        transport:
          profile.printer.link.kind === 'tcp'
            ? tcpTransport(profile.printer.link)
            : serialTransport(profile.printer.link),
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
  return { printer, scanner, documentScanner: openDocumentScanner(profile, log) }
}

/** Null where the page captures, or nobody does. */
function openDocumentScanner({ documentScanner }: Profile, log: Log): DocumentScanner | null {
  if (documentScanner?.kind !== 'sane') return null
  return createDocumentScanner({
    transport: scanProcess('scanimage', scanArguments(documentScanner.device)),
    timers: systemTimers,
    log: ({ event, ...details }) => log(event, details),
  })
}
