import type {
  CardReaderState,
  DocumentScannerState,
  PagePrinterState,
  PrinterState,
  ReaderBridgeState,
  ScannerState,
} from './devices.ts'

/** One of each member of a union: a member without an example does not compile. */
export type Examples<State extends { readonly state: string }> = {
  readonly [Name in State['state']]: readonly Extract<State, { readonly state: Name }>[]
}

export const scannerStates: Examples<ScannerState> = {
  ready: [{ state: 'ready' }],
  disconnected: [{ state: 'disconnected' }],
  busy: [{ state: 'busy' }],
  'not-allowed': [{ state: 'not-allowed' }],
  'no-driver': [{ state: 'no-driver' }],
  'not-configured': [{ state: 'not-configured' }],
}

export const readerBridgeStates: Examples<ReaderBridgeState> = {
  ready: [{ state: 'ready' }],
  disconnected: [{ state: 'disconnected' }],
  'not-understood': [{ state: 'not-understood' }],
}

export const printerStates: Examples<PrinterState> = {
  ready: [
    { state: 'ready', paper: 'enough' },
    { state: 'ready', paper: 'near-end' },
  ],
  'paper-out': [{ state: 'paper-out' }],
  'cover-open': [{ state: 'cover-open' }],
  error: [
    { state: 'error', cause: 'cutter' },
    { state: 'error', cause: 'recoverable' },
    { state: 'error', cause: 'unrecoverable' },
    { state: 'error', cause: 'offline' },
  ],
  disconnected: [{ state: 'disconnected' }],
  unknown: [{ state: 'unknown' }],
  'not-configured': [{ state: 'not-configured' }],
}

export const pagePrinterStates: Examples<PagePrinterState> = {
  ready: [
    { state: 'ready', low: null },
    { state: 'ready', low: 'toner' },
    { state: 'ready', low: 'paper' },
  ],
  'paper-out': [{ state: 'paper-out' }],
  jam: [{ state: 'jam' }],
  'door-open': [{ state: 'door-open' }],
  'toner-out': [{ state: 'toner-out' }],
  offline: [{ state: 'offline' }],
  stopped: [{ state: 'stopped' }],
  unreachable: [{ state: 'unreachable' }],
  unknown: [{ state: 'unknown' }],
  'not-configured': [{ state: 'not-configured' }],
}

export const documentScannerStates: Examples<DocumentScannerState> = {
  ready: [{ state: 'ready' }, { state: 'ready', feeds: true }],
  scanning: [{ state: 'scanning' }],
  'no-paper': [{ state: 'no-paper' }],
  jammed: [{ state: 'jammed' }],
  'cover-open': [{ state: 'cover-open' }],
  busy: [{ state: 'busy' }],
  denied: [{ state: 'denied' }],
  missing: [{ state: 'missing' }],
  error: [
    { state: 'error', cause: 'io' },
    { state: 'error', cause: 'timeout' },
    { state: 'error', cause: 'bad-picture' },
  ],
  camera: [{ state: 'camera' }],
  'not-configured': [{ state: 'not-configured' }],
}

export const cardReaderStates: Examples<CardReaderState> = {
  ready: [{ state: 'ready' }],
  card: [{ state: 'card' }],
  reading: [{ state: 'reading' }],
  'no-reader': [{ state: 'no-reader' }],
  'no-service': [{ state: 'no-service' }],
  'no-driver': [{ state: 'no-driver' }],
  'not-configured': [{ state: 'not-configured' }],
}
