import { describe, expect, it } from 'vitest'
import type {
  CardReaderState,
  ChipView,
  PaperOut,
  PrinterState,
  ReaderBridgeState,
  ScannerState,
  Screen,
} from '../../shared/contract/index.ts'
import type { CameraState } from '../camera-qr/watch.ts'
import { vi } from '../i18n/vi.ts'
import { chipWords, type ChipWords } from './chip-words.ts'
import {
  noticeScreens,
  printerNotice,
  readerNotice,
  type Notice,
  type Readers,
} from './device-words.ts'
import { paperWords } from './paper-words.ts'

/** One of each member of a union: a member without an example does not compile. */
type Examples<State extends { readonly state: string }> = {
  readonly [Name in State['state']]: readonly Extract<State, { readonly state: Name }>[]
}

const scanners: Examples<ScannerState> = {
  ready: [{ state: 'ready' }],
  disconnected: [{ state: 'disconnected' }],
  busy: [{ state: 'busy' }],
  'not-allowed': [{ state: 'not-allowed' }],
  'no-driver': [{ state: 'no-driver' }],
  'not-configured': [{ state: 'not-configured' }],
}
const bridges: Examples<ReaderBridgeState> = {
  ready: [{ state: 'ready' }],
  disconnected: [{ state: 'disconnected' }],
  'not-understood': [{ state: 'not-understood' }],
}
const cameras: Examples<CameraState> = {
  opening: [{ state: 'opening' }],
  watching: [{ state: 'watching' }],
  away: [
    { state: 'away', problem: 'missing' },
    { state: 'away', problem: 'busy' },
    { state: 'away', problem: 'denied' },
  ],
}
const printers: Examples<PrinterState> = {
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

const chipReaders: Examples<CardReaderState> = {
  ready: [{ state: 'ready' }],
  card: [{ state: 'card' }],
  reading: [{ state: 'reading' }],
  'no-reader': [{ state: 'no-reader' }],
  'no-service': [{ state: 'no-service' }],
  'no-driver': [{ state: 'no-driver' }],
  'not-configured': [{ state: 'not-configured' }],
}
const chips: Examples<ChipView> = {
  none: [],
  reading: [{ state: 'reading' }],
  read: [
    { state: 'read', verdict: 'verified', gave: [] },
    { state: 'read', verdict: 'signature-ok-chain-unknown', gave: [] },
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

/** Why a device is not spoken of on a screen, where it is not. */
const silence: Readonly<Record<Screen, Readonly<Record<'reader' | 'printer', string>>>> = {
  attract: { reader: '', printer: 'nothing to print yet' },
  identify: { reader: '', printer: 'nothing to print yet' },
  'look-up': { reader: 'the slip has been read', printer: 'prints nothing' },
  'card-part': { reader: 'the card has been read', printer: 'nothing to print yet' },
  confirm: { reader: 'the card has been read', printer: 'nothing to print yet' },
  choose: { reader: 'the card has been read', printer: 'nothing to print yet' },
  prepare: { reader: 'the card has been read', printer: 'nothing to print yet' },
  answer: { reader: 'the card has been read', printer: 'nothing to print yet' },
  papers: { reader: 'the card has been read', printer: 'nothing to print yet' },
  review: { reader: 'the card has been read', printer: 'said on the next screen' },
  declare: { reader: 'the card has been read', printer: '' },
  submitting: { reader: 'the card has been read', printer: 'a matter of milliseconds' },
  done: { reader: 'the card has been read', printer: 'what became of the slip is said instead' },
  help: { reader: 'somebody is called already', printer: 'somebody is called already' },
  'out-of-service': { reader: 'nothing works', printer: 'nothing works' },
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

const nameOf = ({ state, ...rest }: { readonly state: string }): string =>
  [state, ...Object.values(rest).map(String)].filter((word) => word !== '').join(': ')

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
    rowsOf<ScannerState>(scanners, (scanner) => readerNotice({ ...alone, scanner })),
  ],
  [
    'A reader behind its vendor’s service, where it is the only one',
    noticeScreens.reader.join(', '),
    rowsOf<ReaderBridgeState>(bridges, (readerBridge) => readerNotice({ ...alone, readerBridge })),
  ],
  [
    'The camera that reads cards, where it is the only one',
    'identify (before it nobody looks through the camera)',
    rowsOf<CameraState>(cameras, (camera) => readerNotice({ ...alone, camera })),
  ],
  [
    'The reader of chips, while a card may be laid on it',
    'card-part, confirm',
    rowsOf<CardReaderState>(chipReaders, (reader) =>
      noticeOf(chipWords({ state: 'none' }, reader)),
    ),
  ],
  [
    'The chip of the card that was scanned',
    'card-part, confirm',
    rowsOf<ChipView>(chips, (chip) => noticeOf(chipWords(chip, { state: 'ready' }))),
  ],
  [
    'The slip printer before filing',
    noticeScreens.printer.join(', '),
    rowsOf<PrinterState>(printers, printerNotice),
  ],
  [
    'The slip printer when the slip did not come',
    'done',
    rowsOf<PrinterState>(printers, (printer) => {
      const { first, second } = paperWords(papers(printer))
      return [first, second]
    }),
  ],
]

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => [...(row[column] ?? '')].length), title.length),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - [...cell].length)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

function document(): string {
  const parts = tables.map(([title, screens, rows]) =>
    [
      `## ${title}`,
      `On: ${screens}.`,
      table(
        ['state', 'what it means', 'what to do'],
        rows.map(({ state, notice }) => [
          state,
          notice?.[0].text ?? '(nothing is said)',
          notice?.[1].text ?? '',
        ]),
      ),
    ].join('\n\n'),
  )
  const screens = table(
    ['screen', 'card readers', 'slip printer'],
    Object.entries(silence).map(([screen, { reader, printer }]) => [
      screen,
      reader === '' ? 'said' : `silent: ${reader}`,
      printer === '' ? 'said' : `silent: ${printer}`,
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

describe('a device that does not work', () => {
  it('has its words in every state, as the table in docs says', async () => {
    await expect(document()).toMatchFileSnapshot('../../docs/device-faults.md')
  })

  it('is spoken of exactly on the screens where it is needed', () => {
    for (const device of ['reader', 'printer'] as const) {
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
