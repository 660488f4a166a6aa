import { randomBytes } from 'node:crypto'
import {
  createDocumentScanner,
  createProgram,
  openArguments,
  openTransport,
  scanArguments,
  scanTransport,
  type DocumentScanner,
} from './devices/capture/index.ts'
import {
  createCardReader,
  createPcscTransport,
  readTrustStore,
  type CardReader,
  type CardTransport,
} from './devices/card-readers/index.ts'
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
import { createReaderBridge } from './devices/card-readers/bridge/index.ts'
import {
  createScanner,
  hidLine,
  type HidDriver,
  serialLine,
  type OpenLine,
  type ScanRefusal,
} from './devices/scanners/index.ts'
import { unreachable } from '../shared/domain/result.ts'
import type { Log } from './log.ts'
import type { Profile } from './settings/index.ts'
import { systemTimers } from './timers.ts'

/** What the scanner hands over. */
export interface Scans {
  onScan(text: string, from: 'reader' | 'bridge'): void
  onRefused(why: ScanRefusal): void
}

/** Opens the devices that the profile names. Close each. `hid` instead of the real HID bus. */
export function openDevices(
  profile: Profile,
  { onScan, onRefused }: Scans,
  log: Log,
  hid?: HidDriver,
) {
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
    open: scannerLine(profile.scanner, hid),
    timers: systemTimers,
    onScan: (text) => onScan(text, 'reader'),
    onRefused,
    log: (line) => log(line),
  })

  const readerBridge = profile.readerBridge
    ? createReaderBridge({
        settings: profile.readerBridge,
        timers: systemTimers,
        onScan: (text) => onScan(text, 'bridge'),
        log: (line) => log(line),
      })
    : null
  return {
    printer,
    pagePrinter,
    scanner,
    readerBridge,
    documentScanner: openDocumentScanner(profile, log),
  }
}

function scannerLine(scanner: Profile['scanner'], hid?: HidDriver): OpenLine | null {
  if (scanner === null) return null
  switch (scanner.kind) {
    case undefined:
    case 'serial':
    case 'usb-serial':
      return serialLine(scanner, systemTimers)
    case 'hid':
      return hidLine(scanner.usb, systemTimers, hid)
    default:
      return unreachable(scanner)
  }
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

/** Null where the page captures, or nobody does. */
function openDocumentScanner({ documentScanner }: Profile, log: Log): DocumentScanner | null {
  if (documentScanner?.kind !== 'sane') return null
  const { device, source = null } = documentScanner
  const scanimage = createProgram('scanimage')
  const scanner = createDocumentScanner({
    transport: scanTransport(scanimage, (job) => scanArguments(device, job)),
    open: openTransport(scanimage, openArguments(device)),
    source,
    timers: systemTimers,
    log: ({ event, ...details }) => log(event, details),
  })
  scanner.look()
  return scanner
}

/**
 * Opens the reader of ID card chips that the profile names; `not-configured` where it names none.
 * `simulated` instead of the machine's PC/SC.
 */
export function openCardReader(
  cardReader: Profile['cardReader'],
  log: (line: string) => void,
  simulated?: CardTransport,
): CardReader {
  return createCardReader({
    transport: cardReader
      ? (simulated ??
        createPcscTransport({ reader: cardReader.reader ?? null, timers: systemTimers }))
      : null,
    trust: () => readTrustStore(cardReader?.trustDir ?? null),
    timers: systemTimers,
    random: randomBytes,
    now: Date.now,
    log,
  })
}
