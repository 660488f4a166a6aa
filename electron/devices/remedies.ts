import type { PrinterState, ScannerState } from '../../shared/contract/devices.ts'
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
