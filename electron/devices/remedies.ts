import type {
  CardReaderState,
  DocumentScannerState,
  PagePrinterState,
  PrinterState,
  ReaderBridgeState,
  ScannerState,
} from '../../shared/contract/devices.ts'
import { unreachable } from '../../shared/domain/result.ts'

/** One thing to do for each state of each device, for a technician; null where all is well. */

export function scannerRemedy(state: ScannerState): string | null {
  switch (state.state) {
    case 'ready':
      return null
    case 'disconnected':
      return 'plug it in; if it is, kiosk devices identify shows what the profile should say'
    case 'busy':
      return 'another program holds it: stop that program'
    case 'not-allowed':
      return "the kiosk's user may not open it: add a udev rule, or the user to the device's group"
    case 'no-driver':
      return 'a part of the kiosk does not load on this machine: install the kiosk again'
    case 'not-configured':
      return 'the profile names none: kiosk devices identify prints the lines to put in'
    default:
      return unreachable(state)
  }
}

export function printerRemedy(state: PrinterState): string | null {
  switch (state.state) {
    case 'ready':
      return state.paper === 'near-end' ? 'the roll is nearly at its end: bring a new one' : null
    case 'paper-out':
      return 'put a new roll in'
    case 'cover-open':
      return 'close its cover'
    case 'error':
      return errorRemedy(state.cause)
    case 'disconnected':
      return 'switch it on and check its cable and its address in the profile'
    case 'unknown':
      return 'it answers no question, so look at its paper by eye'
    case 'not-configured':
      return 'the profile names none: kiosk devices identify prints the lines to put in'
    default:
      return unreachable(state)
  }
}

function errorRemedy(cause: Extract<PrinterState, { state: 'error' }>['cause']): string {
  switch (cause) {
    case 'cutter':
      return 'the cutter is stuck: switch it off, free the paper, switch it on'
    case 'unrecoverable':
      return 'switch it off and on; if it stays so, it needs repair'
    case 'recoverable':
      return 'it is too hot or jammed: open and close its cover, and wait'
    case 'offline':
      return 'press its feed button, or switch it off and on'
    default:
      return unreachable(cause)
  }
}

export function pagePrinterRemedy(state: PagePrinterState): string | null {
  switch (state.state) {
    case 'ready':
      return lowRemedy(state.low)
    case 'paper-out':
      return 'put paper in its tray'
    case 'jam':
      return 'open it and take the jammed sheet out'
    case 'door-open':
      return 'close its doors and trays'
    case 'toner-out':
      return 'put a new cartridge in'
    case 'offline':
      return 'its queue says that it is away: switch it on and check its cable'
    case 'stopped':
      return 'it is paused: start it again at its panel or in its queue'
    case 'unreachable':
      return 'nobody answers there: switch it on and check its network and its address in the profile'
    case 'unknown':
      return 'what answers there is no printer: check its address in the profile'
    case 'not-configured':
      return null
    default:
      return unreachable(state)
  }
}

function lowRemedy(low: Extract<PagePrinterState, { state: 'ready' }>['low']): string | null {
  switch (low) {
    case null:
      return null
    case 'toner':
      return 'its toner is nearly at its end: bring a new cartridge'
    case 'paper':
      return 'its tray is nearly empty: bring paper'
    default:
      return unreachable(low)
  }
}

export function cardReaderRemedy({ state }: CardReaderState): string | null {
  switch (state) {
    case 'ready':
    case 'card':
    case 'reading':
    case 'not-configured':
      return null
    case 'no-reader':
      return 'plug it in; if it is, check its name in the profile'
    case 'no-service':
      return 'the PC/SC service does not answer: start pcscd, or on Windows the Smart Card service'
    case 'no-driver':
      return 'a part of the kiosk does not load on this machine: install the kiosk again'
    default:
      return unreachable(state)
  }
}

export function readerBridgeRemedy({
  state,
}: ReaderBridgeState | { readonly state: 'not-configured' }): string | null {
  switch (state) {
    case 'ready':
    case 'not-configured':
      return null
    case 'disconnected':
      return "the vendor's service does not answer: start it, and check its address in the profile"
    case 'not-understood':
      return "it answers otherwise than the profile says: compare its fields with the vendor's paper"
    default:
      return unreachable(state)
  }
}

export function documentScannerRemedy(state: DocumentScannerState): string | null {
  switch (state.state) {
    case 'ready':
    case 'scanning':
    case 'camera':
    case 'not-configured':
      return null
    case 'no-paper':
      return 'lay the paper in'
    case 'jammed':
      return 'open it and take the jammed sheet out'
    case 'cover-open':
      return 'close its cover'
    case 'busy':
      return 'another program holds it: stop that program'
    case 'denied':
      return "the kiosk's user may not use it: add that user to its group, often scanner"
    case 'missing':
      return 'plug it in and switch it on; if it is, compare scanimage -L with the profile'
    case 'error':
      return documentErrorRemedy(state.cause)
    default:
      return unreachable(state)
  }
}

function documentErrorRemedy(
  cause: Extract<DocumentScannerState, { state: 'error' }>['cause'],
): string {
  switch (cause) {
    case 'io':
      return 'it broke off: switch it off and on and check its cable'
    case 'timeout':
      return 'it did not end in time: switch it off and on'
    case 'bad-picture':
      return 'what it sent is no picture: try scanimage with the device of the profile'
    default:
      return unreachable(cause)
  }
}
