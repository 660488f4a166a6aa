import { randomBytes } from 'node:crypto'
import {
  createCardReader,
  createPcscTransport,
  readTrustStore,
  type CardReader,
} from './devices/card-readers/index.ts'
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
  return { printer, scanner }
}

/** Opens the reader of ID card chips that the profile names; `not-configured` where it names none. */
export function openCardReader(
  cardReader: Profile['cardReader'],
  log: (line: string) => void,
): CardReader {
  return createCardReader({
    transport: cardReader
      ? createPcscTransport({ reader: cardReader.reader ?? null, timers: systemTimers })
      : null,
    trusted: () => readTrustStore(cardReader?.trustDir ?? null),
    timers: systemTimers,
    random: randomBytes,
    now: Date.now,
    log,
  })
}
