import { describe, expect, it } from 'vitest'
import type {
  CardReaderState,
  DocumentScannerState,
  PagePrinterState,
  PrinterState,
  ReaderBridgeState,
  ScannerState,
} from '../../shared/contract/devices.ts'
import {
  cardReaderRemedy,
  documentScannerRemedy,
  pagePrinterRemedy,
  printerRemedy,
  readerBridgeRemedy,
  scannerRemedy,
} from './remedies.ts'

/** What belongs to each state of a union; a state that is left out does not compile. */
type Examples<State extends { readonly state: string }> = {
  readonly [Name in State['state']]: readonly Extract<State, { readonly state: Name }>[]
}

interface Family {
  readonly good: readonly [state: string, remedy: string | null][]
  readonly bad: readonly [state: string, remedy: string | null][]
}

/** `good`: states in which there is nothing to do. */
function family<State extends { readonly state: string }>(
  remedy: (state: State) => string | null,
  good: readonly State[],
  bad: Examples<State>,
): Family {
  const row = (state: State): [string, string | null] => [JSON.stringify(state), remedy(state)]
  return { good: good.map(row), bad: Object.values<readonly State[]>(bad).flat().map(row) }
}

const families: Readonly<Record<string, Family>> = {
  scanner: family<ScannerState>(scannerRemedy, [{ state: 'ready' }], {
    ready: [],
    disconnected: [{ state: 'disconnected' }],
    busy: [{ state: 'busy' }],
    'not-allowed': [{ state: 'not-allowed' }],
    'no-driver': [{ state: 'no-driver' }],
    'not-configured': [{ state: 'not-configured' }],
  }),
  'slip printer': family<PrinterState>(printerRemedy, [{ state: 'ready', paper: 'enough' }], {
    ready: [{ state: 'ready', paper: 'near-end' }],
    'paper-out': [{ state: 'paper-out' }],
    'cover-open': [{ state: 'cover-open' }],
    error: (['cutter', 'unrecoverable', 'recoverable', 'offline'] as const).map((cause) => ({
      state: 'error',
      cause,
    })),
    disconnected: [{ state: 'disconnected' }],
    unknown: [{ state: 'unknown' }],
    'not-configured': [{ state: 'not-configured' }],
  }),
  'page printer': family<PagePrinterState>(
    pagePrinterRemedy,
    [{ state: 'ready', low: null }, { state: 'not-configured' }],
    {
      ready: [
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
      'not-configured': [],
    },
  ),
  'chip reader': family<CardReaderState>(
    cardReaderRemedy,
    [{ state: 'ready' }, { state: 'card' }, { state: 'reading' }, { state: 'not-configured' }],
    {
      ready: [],
      card: [],
      reading: [],
      'no-reader': [{ state: 'no-reader' }],
      'no-service': [{ state: 'no-service' }],
      'no-driver': [{ state: 'no-driver' }],
      'not-configured': [],
    },
  ),
  'reader bridge': family<ReaderBridgeState>(readerBridgeRemedy, [{ state: 'ready' }], {
    ready: [],
    disconnected: [{ state: 'disconnected' }],
    'not-understood': [{ state: 'not-understood' }],
  }),
  'document scanner': family<DocumentScannerState>(
    documentScannerRemedy,
    [{ state: 'ready' }, { state: 'scanning' }, { state: 'camera' }, { state: 'not-configured' }],
    {
      ready: [],
      scanning: [],
      'no-paper': [{ state: 'no-paper' }],
      jammed: [{ state: 'jammed' }],
      'cover-open': [{ state: 'cover-open' }],
      busy: [{ state: 'busy' }],
      denied: [{ state: 'denied' }],
      missing: [{ state: 'missing' }],
      error: (['io', 'timeout', 'bad-picture'] as const).map((cause) => ({
        state: 'error',
        cause,
      })),
      camera: [],
      'not-configured': [],
    },
  ),
}

describe.each(Object.entries(families))('the %s', (_name, { good, bad }) => {
  it.each(good)('that is %s leaves nothing to do', (_state, remedy) => {
    expect(remedy).toBeNull()
  })

  it.each(bad)('that is %s has one thing to do, in one line', (_state, remedy) => {
    expect(remedy).toMatch(/^[^\n.]{10,100}$/)
  })
})
