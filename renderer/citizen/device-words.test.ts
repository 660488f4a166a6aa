import { describe, expect, it } from 'vitest'
import { accessStateSchema } from '../../shared/contract/index.ts'
import type {
  CardReaderState,
  ChipView,
  DocumentScannerState,
  PagePrinterState,
  PaperOut,
  PrinterState,
  ReaderBridgeState,
  ScannerState,
  Screen,
} from '../../shared/contract/index.ts'
import {
  cardReaderStates,
  documentScannerStates,
  pagePrinterStates,
  printerStates,
  readerBridgeStates,
  scannerStates,
  type Examples,
} from '../../shared/contract/device-states.test-data.ts'
import { markdownTable } from '../../test/fixtures/markdown-table.ts'
import { captureCameraStates } from '../capture/camera-states.test-data.ts'
import type { Capture } from '../capture/use-capture.ts'
import type { CameraState } from '../camera-qr/watch.ts'
import { vi } from '../i18n/vi.ts'
import { accessWords } from './access-words.ts'
import { chipWords, type ChipWords } from './chip-words.ts'
import {
  noticeScreens,
  printerNotice,
  readerNotice,
  type Notice,
  type Readers,
} from './device-words.ts'
import { paperWords, receiptWords } from './paper-words.ts'
import { captureWords, scannerWords, scanningHelps } from './papers-words.ts'
import { ticketWords } from './ticket-words.ts'

const cameras: Examples<CameraState> = {
  opening: [{ state: 'opening' }],
  watching: [{ state: 'watching' }],
  away: [
    { state: 'away', problem: 'missing' },
    { state: 'away', problem: 'busy' },
    { state: 'away', problem: 'denied' },
  ],
}
const chips: Examples<ChipView> = {
  none: [],
  reading: [{ state: 'reading' }],
  read: [
    { state: 'read', verdict: 'verified', gave: [] },
    { state: 'read', verdict: 'verified', gave: [], unsaid: ['address'] },
    { state: 'read', verdict: 'verified', gave: [], unsaid: ['name', 'address', 'issued'] },
    { state: 'read', verdict: 'signature-ok-chain-unknown', gave: [] },
    { state: 'read', verdict: 'signature-ok-chain-unknown', gave: [], alone: true },
    { state: 'read', verdict: 'not-attempted', gave: [] },
    { state: 'read', verdict: 'failed', gave: [] },
  ],
  differs: [{ state: 'differs' }],
  'not-read': [
    { state: 'not-read', why: 'removed' },
    { state: 'not-read', why: 'other-card' },
    { state: 'not-read', why: 'no-id-card' },
    { state: 'not-read', why: 'unreadable' },
  ],
}
const READ = 'the card has been read'
const TOO_SOON = 'not needed yet'
const UNUSED = 'not needed'
const CAPTURED = 'the papers are captured'
const CALLED = 'somebody is called already'

/** Why a device is not spoken of on a screen, where it is not. */
const silence: Readonly<Record<Screen, Readonly<Record<keyof typeof noticeScreens, string>>>> = {
  attract: { reader: '', printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  identify: { reader: '', printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  notice: { reader: TOO_SOON, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  declined: { reader: UNUSED, printer: UNUSED, receipt: UNUSED, capture: UNUSED },
  'look-up': {
    reader: 'the slip has been read',
    printer: UNUSED,
    receipt: UNUSED,
    capture: UNUSED,
  },
  'access-number': { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  'card-part': { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  confirm: { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  resume: { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  leave: { reader: READ, printer: UNUSED, receipt: UNUSED, capture: UNUSED },
  choose: { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  prepare: { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  stop: {
    reader: READ,
    printer: 'what became of the number is said instead',
    receipt: UNUSED,
    capture: UNUSED,
  },
  answer: { reader: '', printer: TOO_SOON, receipt: TOO_SOON, capture: TOO_SOON },
  papers: { reader: READ, printer: TOO_SOON, receipt: TOO_SOON, capture: '' },
  review: { reader: READ, printer: '', receipt: TOO_SOON, capture: CAPTURED },
  declare: {
    reader: READ,
    printer: '',
    receipt: 'an officer can print it as well',
    capture: CAPTURED,
  },
  submitting: {
    reader: READ,
    printer: 'a matter of milliseconds',
    receipt: TOO_SOON,
    capture: CAPTURED,
  },
  done: {
    reader: READ,
    printer: 'what became of the slip is said instead',
    receipt: '',
    capture: CAPTURED,
  },
  help: { reader: CALLED, printer: CALLED, receipt: CALLED, capture: CALLED },
  'out-of-service': {
    reader: 'nothing works',
    printer: 'nothing works',
    receipt: 'nothing works',
    capture: 'nothing works',
  },
}

const alone: Readers = {
  scanner: { state: 'not-configured' },
  readerBridge: null,
  camera: null,
  wedge: false,
}

interface Row {
  readonly state: string
  readonly notice: Notice | null
}

const nameOf = ({ state, ...rest }: { readonly state: string }): string => {
  const more = Object.entries<unknown>(rest).flatMap(([key, one]) => {
    if (Array.isArray(one)) return one.length > 0 ? [`${key} ${one.join(', ')}`] : []
    if (one === true) return [key]
    return typeof one === 'string' ? [one] : []
  })
  return [state, ...more].join(': ')
}

function rowsOf<State extends { readonly state: string }>(
  examples: Examples<State>,
  words: (state: State) => Notice | null,
): Row[] {
  return Object.values<readonly State[]>(examples)
    .flat()
    .map((state) => ({ state: nameOf(state), notice: words(state) }))
}

const papers = (printer: PrinterState): PaperOut => ({ state: 'failed', printer })

const noticeOf = (words: ChipWords | null): Notice | null => words && [words.phrase, words.more]

const tables: readonly (readonly [title: string, screens: string, rows: readonly Row[]])[] = [
  [
    'The card scanner, where nothing else can read a card',
    noticeScreens.reader.join(', '),
    rowsOf<ScannerState>(scannerStates, (scanner) => readerNotice({ ...alone, scanner })),
  ],
  [
    'A reader behind its vendor’s service, where it is the only one',
    noticeScreens.reader.join(', '),
    rowsOf<ReaderBridgeState>(readerBridgeStates, (readerBridge) =>
      readerNotice({ ...alone, readerBridge }),
    ),
  ],
  [
    'The camera that reads cards, where it is the only one',
    'identify (before it nobody looks through the camera)',
    rowsOf<CameraState>(cameras, (camera) => readerNotice({ ...alone, camera })),
  ],
  [
    'The reader of chips, while a card may be laid on it',
    'card-part, confirm',
    rowsOf<CardReaderState>(cardReaderStates, (reader) =>
      noticeOf(chipWords({ state: 'none' }, reader)),
    ),
  ],
  [
    'The chip of the card that was scanned',
    'card-part, confirm',
    rowsOf<ChipView>(chips, (chip) => noticeOf(chipWords(chip, { state: 'ready' }))),
  ],
  [
    'The chip that is opened with the number on its card (a try is left, a code was scanned)',
    'access-number',
    accessStateSchema.options.map((state) => ({
      state,
      notice: noticeOf(accessWords(state, 1, true)),
    })),
  ],
  [
    'The slip printer before filing',
    noticeScreens.printer.join(', '),
    rowsOf<PrinterState>(printerStates, printerNotice),
  ],
  [
    'The slip printer when the slip did not come',
    'done',
    rowsOf<PrinterState>(printerStates, (printer) => {
      const { first, second } = paperWords(papers(printer))
      return [first, second]
    }),
  ],
  [
    'The slip printer when the number of a stop did not come',
    'stop',
    rowsOf<PrinterState>(printerStates, (printer) => {
      const { first, second } = ticketWords({ state: 'failed', printer })
      return [first, second]
    }),
  ],
  [
    'The slip printer when the answers for a thumb-print did not come',
    'stop',
    rowsOf<PrinterState>(printerStates, (printer) => {
      const { first, second } = ticketWords({ state: 'failed', printer }, true)
      return [first, second]
    }),
  ],
  [
    'The page printer when the receipt did not come',
    noticeScreens.receipt.join(', '),
    rowsOf<PagePrinterState>(pagePrinterStates, (printer) =>
      // A kiosk without one promises no page.
      receiptWords(
        printer.state === 'not-configured' ? { state: 'none' } : { state: 'failed', printer },
      ),
    ),
  ],
  [
    'The document scanner',
    noticeScreens.capture.join(', '),
    rowsOf<DocumentScannerState>(documentScannerStates, (state) => {
      const { first, second } = scannerWords(state)
      return [first, second]
    }),
  ],
  [
    'The document camera',
    noticeScreens.capture.join(', '),
    rowsOf<Capture['camera']>(captureCameraStates, (camera) => {
      const { first, second } = captureWords(camera, null, 'no')
      return [first, second]
    }),
  ],
]

const saidOrNot = (why: string) => (why === '' ? 'said' : `silent: ${why}`)

function document(): string {
  const parts = tables.map(([title, screens, rows]) =>
    [
      `## ${title}`,
      `On: ${screens}.`,
      markdownTable(
        ['state', 'what it means', 'what to do'],
        rows.map(({ state, notice }) => [
          state,
          notice?.[0].text ?? '(nothing is said)',
          notice?.[1].text ?? '',
        ]),
      ),
    ].join('\n\n'),
  )
  const screens = markdownTable(
    ['screen', 'card readers', 'slip printer', 'page printer', 'document scanner or camera'],
    Object.entries(silence).map(([screen, { reader, printer, receipt, capture }]) => [
      screen,
      saidOrNot(reader),
      saidOrNot(printer),
      saidOrNot(receipt),
      saidOrNot(capture),
    ]),
  )
  return `${[
    '# What a citizen is told of a device that does not work',
    'Made by `renderer/citizen/device-words.test.ts` from the words on the screen; `npx vitest run\n--project unit renderer/citizen/device-words -u` writes it anew. "Gọi người giúp" is on every one of\nthese screens, and none of them ends a visit.',
    ...parts,
    '## Where it is said',
    'A device is spoken of where it is needed, now or next. Staff see every state at all times.',
    screens,
  ].join('\n\n')}\n`
}

describe('the chip of a card', () => {
  it.each(Object.values(chips.read))('is called authentic only where it is: $verdict', (chip) => {
    const words = chipWords(chip, { state: 'ready' })
    expect(words?.phrase.text.includes('xác thực')).toBe(chip.verdict === 'verified')
    expect(words?.more.text).not.toContain('xác thực')
  })
})

describe('a document scanner', () => {
  it.each(Object.values(documentScannerStates).flat())(
    'that is $state has the large key that its words name',
    (state) => {
      const { second } = scannerWords(state)
      expect(scanningHelps(state)).toBe(/chạm “Quét”/i.test(second.text))
    },
  )
})

describe('the number that opens a chip', () => {
  it('is never needed: each end of the way names the one that goes on', () => {
    const stops = accessStateSchema.options
      .flatMap((state) => [accessWords(state, 0, true), accessWords(state, 0, false)])
      .filter((said) => said?.state === 'stop')
    expect(stops).not.toHaveLength(0)
    for (const stop of stops) expect(stop?.more.text).toContain('Bỏ qua')
    expect(accessWords('wrong', 0, true)?.state).toBe('stop')
    expect(accessWords('wrong', 2, true)?.more.text).toContain('2 lần')
  })
})

describe('a device that does not work', () => {
  it('has its words in every state, as the table in docs says', async () => {
    await expect(document()).toMatchFileSnapshot('../../docs/device-faults.md')
  })

  it('is spoken of exactly on the screens where it is needed', () => {
    for (const device of ['reader', 'printer', 'receipt', 'capture'] as const) {
      const said = Object.entries(silence).flatMap(([screen, why]) =>
        why[device] === '' ? [screen] : [],
      )
      expect(said).toEqual(noticeScreens[device])
    }
  })

  it('has two short lines that end without shouting, and words for nobody else', () => {
    const notices = tables.flatMap(([, , rows]) => rows.flatMap(({ notice }) => notice ?? []))
    for (const { key, text } of notices) {
      expect(Object.keys(vi)).toContain(key)
      expect(text).not.toMatch(/!|vui lòng|quý khách|lỗi|error|[A-Z]{3}/)
      expect(text.length).toBeLessThanOrEqual(70)
    }
  })

  it('is not spoken of while another can read the card', () => {
    const scanner = { state: 'disconnected' } as const
    expect(readerNotice({ ...alone, scanner, camera: { state: 'watching' } })).toBeNull()
    expect(readerNotice({ ...alone, scanner, readerBridge: { state: 'ready' } })).toBeNull()
    expect(readerNotice({ ...alone, wedge: true })).toBeNull()
    // Nobody can see whether a scanner that types is there: it hides no other's fault.
    expect(readerNotice({ ...alone, scanner, wedge: true })?.[0].key).toBe('reader.disconnected')
  })
})
