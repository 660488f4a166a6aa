import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  cardReaderRemedy,
  documentScannerRemedy,
  pagePrinterRemedy,
  printerRemedy,
  readerBridgeRemedy,
  scannerRemedy,
} from '../../../electron/devices/remedies.ts'
import {
  printerNotice,
  readerNotice,
  type Notice,
  type Readers,
} from '../../../renderer/citizen/device-words.ts'
import { paperWords, receiptWords } from '../../../renderer/citizen/paper-words.ts'
import { captureWords, scannerWords } from '../../../renderer/citizen/papers-words.ts'
import { captureCameraStates } from '../../../renderer/capture/camera-states.test-data.ts'
import type { Capture } from '../../../renderer/capture/use-capture.ts'
import {
  cardReaderStates,
  documentScannerStates,
  pagePrinterStates,
  printerStates,
  readerBridgeStates,
  scannerStates,
  type Examples,
} from '../../../shared/contract/device-states.test-data.ts'
import { markdownTable } from '../../fixtures/markdown-table.ts'
import type {
  CardReaderState,
  DocumentScannerState,
  PagePrinterState,
  PrinterState,
  ReaderBridgeState,
  ScannerState,
} from '../../../shared/contract/index.ts'

/**
 * `docs/device-fault-matrix.md`: every fault of every device, what it brings about, and which test
 * shows it. Words and remedies are those of the kiosk.
 */

/** What the session does in one state, and the test files that show it. */
interface Course {
  readonly session: string
  readonly tests: readonly string[]
}
/** States by their names; an error is told apart by its cause. */
type FaultName<State> = State extends {
  readonly state: 'error'
  readonly cause: infer Cause extends string
}
  ? `error: ${Cause}`
  : State extends { readonly state: infer Name extends string }
    ? Exclude<Name, 'ready'>
    : never
type Courses<State> = Readonly<Record<FaultName<State>, Course | null>>

const HERE = 'test/integration/device-faults'
const DEVICES = 'electron/devices'
const WORDS = 'renderer/citizen/device-words.test.ts'
const CUPS = 'test/integration/cups.test.ts'

const otherReader =
  'goes on where it is; a card is read by any other reader, or once this one is back'
const scanner: Courses<ScannerState> = {
  disconnected: {
    session: otherReader,
    tests: [`${HERE}/scanner-pulled.test.ts`, `${HERE}/scanner-hid-pulled.test.ts`],
  },
  busy: { session: otherReader, tests: [`${HERE}/scanner-busy.test.ts`] },
  'not-allowed': { session: otherReader, tests: [`${DEVICES}/scanners/scanner.test.ts`, WORDS] },
  'no-driver': { session: otherReader, tests: [`${DEVICES}/scanners/scanner.test.ts`, WORDS] },
  'not-configured': { session: 'asks for help at once where nothing else reads', tests: [WORDS] },
}
const bridge: Courses<ReaderBridgeState> = {
  disconnected: { session: otherReader, tests: [`${HERE}/reader-bridge-away.test.ts`] },
  'not-understood': {
    session: otherReader,
    tests: [`${DEVICES}/card-readers/bridge/bridge.test.ts`],
  },
}
const chip: Courses<CardReaderState> = {
  card: null,
  reading: null,
  'no-reader': {
    session: 'goes on with what the code on the card says',
    tests: [`${HERE}/chip-reader-pulled.test.ts`, 'test/integration/card-reader.test.ts'],
  },
  'no-service': {
    session: 'goes on with what the code on the card says',
    tests: [`${HERE}/chip-service-away.test.ts`, 'test/integration/card-reader.test.ts'],
  },
  'no-driver': {
    session: 'goes on with what the code on the card says',
    tests: [`${DEVICES}/remedies.test.ts`],
  },
  'not-configured': null,
}

const filesAnyway = 'files all the same; slip and number come by themselves once it is mended'
const printer: Courses<PrinterState> = {
  'paper-out': { session: filesAnyway, tests: [`${HERE}/printer-paper-out.test.ts`] },
  'cover-open': { session: filesAnyway, tests: [`${HERE}/printer-cover-open.test.ts`] },
  'error: cutter': { session: filesAnyway, tests: [`${HERE}/printer-cutter.test.ts`] },
  'error: recoverable': { session: filesAnyway, tests: [`${HERE}/slip-printer.test.ts`] },
  'error: unrecoverable': {
    session: filesAnyway,
    tests: [`${DEVICES}/printers/status.test.ts`, WORDS],
  },
  'error: offline': { session: filesAnyway, tests: [`${HERE}/slip-printer.test.ts`] },
  disconnected: {
    session: filesAnyway,
    tests: [`${HERE}/printer-pulled.test.ts`, `${HERE}/slip-printer.test.ts`],
  },
  unknown: {
    session: 'files and prints; the citizen looks whether the slip came, and may print it again',
    tests: [`${HERE}/printer-silent.test.ts`, `${HERE}/slip-printer.test.ts`],
  },
  'not-configured': {
    session: 'files; the code to keep stands on the last screen',
    tests: [`${DEVICES}/printers/printer.test.ts`],
  },
}

const officerPrints =
  'files; the receipt comes by itself once it is mended, or an officer prints it; the procedure’s sheet may be asked for again'
const pagePrinter: Courses<PagePrinterState> = {
  'paper-out': ipp(officerPrints, CUPS),
  jam: ipp(officerPrints),
  'door-open': ipp(officerPrints),
  'toner-out': ipp(officerPrints),
  offline: ipp(officerPrints, CUPS),
  stopped: ipp(officerPrints, CUPS),
  unreachable: { session: officerPrints, tests: [`${HERE}/page-printer-away.test.ts`, CUPS] },
  unknown: ipp(officerPrints),
  'not-configured': null,
}
function ipp(session: string, ...more: readonly string[]): Course {
  return { session, tests: [`${DEVICES}/printers/ipp/page-printer.test.ts`, ...more] }
}

const counter =
  'stays on the paper; it can be scanned once it is mended, or handed in at the counter'
const SANE = `${DEVICES}/capture/document-scanner.test.ts`
const captured: Course = { session: counter, tests: [SANE, WORDS] }
const documents: Courses<DocumentScannerState> = {
  scanning: null,
  'no-paper': captured,
  jammed: captured,
  'cover-open': captured,
  busy: captured,
  denied: captured,
  missing: { session: counter, tests: [`${HERE}/document-scanner-pulled.test.ts`, SANE] },
  'error: io': captured,
  'error: timeout': captured,
  'error: bad-picture': captured,
  camera: null,
  'not-configured': null,
}

const CAMERA = 'test/e2e/camera.e2e.ts'
const cameras: Courses<Exclude<Capture['camera'], { state: 'live' }>> = {
  starting: null,
  missing: { session: counter, tests: ['test/e2e/camera-pulled.e2e.ts', CAMERA] },
  'pulled-out': { session: counter, tests: ['test/e2e/camera-pulled.e2e.ts', CAMERA] },
  denied: { session: counter, tests: [CAMERA] },
  busy: { session: counter, tests: [CAMERA] },
}

const alone: Readers = {
  scanner: { state: 'not-configured' },
  readerBridge: null,
  camera: null,
  wedge: false,
}

interface Row {
  readonly cells: readonly string[]
  readonly tests: readonly string[]
}

/** A row for each state in which there is something to do. */
function rowsOf<State extends { readonly state: string }>(
  device: string,
  examples: Examples<State>,
  {
    courses,
    words,
    remedy,
  }: {
    readonly courses: Readonly<Record<string, Course | null>>
    readonly words: (state: State) => Notice | null
    readonly remedy: (state: State) => string | null
  },
): Row[] {
  return Object.values<readonly State[]>(examples)
    .flat()
    .flatMap((state) => {
      const name = Object.values(state).join(': ')
      const course = courses[name] ?? courses[state.state]
      if (!course) return []
      const said = words(state)
      const cells = [
        device,
        name,
        said === null ? '(nothing is said)' : `${said[0].text} / ${said[1].text}`,
        remedy(state) ?? '',
        course.session,
      ]
      return [{ cells, tests: course.tests }]
    })
}

/** Before filing and after it. */
function slipWords(state: PrinterState): Notice | null {
  const after = paperWords(
    state.state === 'unknown' ? { state: 'unconfirmed' } : { state: 'failed', printer: state },
  )
  return printerNotice(state) ?? [after.first, after.second]
}

const rows: readonly Row[] = [
  ...rowsOf<ScannerState>('card scanner', scannerStates, {
    courses: scanner,
    words: (state) => readerNotice({ ...alone, scanner: state }),
    remedy: scannerRemedy,
  }),
  ...rowsOf<ReaderBridgeState>('reader bridge', readerBridgeStates, {
    courses: bridge,
    words: (state) => readerNotice({ ...alone, readerBridge: state }),
    remedy: readerBridgeRemedy,
  }),
  ...rowsOf<CardReaderState>('chip reader', cardReaderStates, {
    courses: chip,
    words: () => null,
    remedy: cardReaderRemedy,
  }),
  ...rowsOf<PrinterState>('ticket printer', printerStates, {
    courses: printer,
    words: slipWords,
    remedy: printerRemedy,
  }),
  ...rowsOf<PagePrinterState>('page printer', pagePrinterStates, {
    courses: pagePrinter,
    words: (state) => receiptWords({ state: 'failed', printer: state }),
    remedy: pagePrinterRemedy,
  }),
  ...rowsOf<DocumentScannerState>('document scanner', documentScannerStates, {
    courses: documents,
    words: (state) => {
      const { first, second } = scannerWords(state)
      return [first, second]
    },
    remedy: documentScannerRemedy,
  }),
  ...rowsOf<Capture['camera']>('document camera', captureCameraStates, {
    courses: cameras,
    words: (state) => {
      const { first, second } = captureWords(state, null, 'no')
      return [first, second]
    },
    remedy: () => 'the page alone sees it: read the screen, and check its cable',
  }),
]

function document(): string {
  const head = [
    'device',
    'state',
    'the citizen reads',
    'the technician reads',
    'the session',
    'shown by',
  ]
  const table = markdownTable(
    head,
    rows.map(({ cells, tests }) => [...cells, tests.map((one) => `\`${one}\``).join(', ')]),
  )
  return `${[
    '# Each fault of each device, and what happens',
    'Made by `test/integration/device-faults/matrix.test.ts`; `npx vitest run --project integration\ndevice-faults/matrix -u` writes it anew. The citizen reads the line where the device is needed\n(`device-faults.md`); a technician reads theirs in `kiosk devices list` and `watch`. No fault ends a\nvisit, files twice or gives a number twice.',
    table,
  ].join('\n\n')}\n`
}

describe('the faults of devices', () => {
  it('stand in a table, with what happens', async () => {
    await expect(document()).toMatchFileSnapshot('../../../docs/device-fault-matrix.md')
  })

  it('each have a test that is there', () => {
    const named = rows.flatMap(({ tests }) => tests)
    expect(named.filter((file) => !existsSync(file))).toEqual([])
    expect(rows.filter(({ tests }) => tests.length === 0)).toEqual([])
  })

  it('each leave a technician something to do', () => {
    expect(rows.filter(({ cells }) => cells[3] === '')).toEqual([])
  })
})
