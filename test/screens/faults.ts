import type { Browser, Page } from 'playwright-core'
import type {
  ChipView,
  DocumentScannerState,
  PagePrinterState,
  PrinterState,
  ReceiptOut,
  SessionView,
  View,
} from '../../shared/contract/index.ts'
import { sampleView } from '../fixtures/view.ts'
import { showStill } from './still.ts'

type Change = {
  readonly session: SessionView
  readonly devices?: Partial<View['devices']>
  readonly pageScanners?: View['kiosk']['pageScanners']
  /** Words that the page itself finds, by looking for a camera. */
  readonly found?: string
}

const identify: SessionView = { screen: 'identify', problem: null }
const none = { scanner: { state: 'not-configured' } } as const
const procedure = {
  code: '1.004873',
  name: { key: 'procedure.1.004873.short-name', text: 'Giấy xác nhận tình trạng hôn nhân' },
  drawing: 'rings',
  fileable: true,
}
const declare: SessionView = {
  screen: 'declare',
  procedure,
  known: [],
  answers: [],
  offered: [],
  assumed: [],
  tables: [],
  papers: [],
  statement: {
    key: 'procedure.1.004873.declaration',
    text: 'Tôi cam đoan những điều đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật.',
  },
  fee: { kind: 'local' },
  notKept: false,
}
const ended = {
  screen: 'done',
  procedure,
  reference: 'KM4TR7HC',
  ticket: { number: 'A027', counter: 'Quầy 2' },
  due: {
    state: 'limit',
    limit: { unit: 'WORKING_DAY', value: 3 },
    counts: 'from-acceptance',
  },
  next: { key: 'procedure.1.004873.next', text: 'Cán bộ xem giấy tờ gốc rồi hẹn ngày trả.' },
} as const
const goingOn = { ends: 'filed', mayGoOn: true } as const
const done = (printer: PrinterState): SessionView => ({
  ...ended,
  ...goingOn,
  after: [],
  before: [],
  delivery: { state: 'held' },
  paper: { state: 'failed', printer },
  receipt: { state: 'none' },
})
const accepted = (receipt: ReceiptOut): SessionView => ({
  ...ended,
  ...goingOn,
  after: [],
  before: [],
  delivery: { state: 'accepted', dossierCode: 'H00.00.00-261122-0001' },
  due: { state: 'day', day: { year: 2026, month: 11, day: 27 }, before: '17:00' },
  paper: { state: 'printed' },
  receipt,
})
const papers = (source: 'camera' | 'scanner'): SessionView => ({
  screen: 'papers',
  procedure,
  component: {
    code: 'birth-note',
    name: { key: 'procedure.1.001193.component.birth-note', text: 'Giấy chứng sinh' },
    when: null,
    handling: 'scan',
    drawing: 'birthnote',
  },
  index: 1,
  count: 2,
  pages: [],
  source,
  full: false,
  upload: source === 'camera' ? '/papers/none' : null,
  changing: false,
})
const part = (
  read: string,
  which: 'name' | 'address',
  whole: boolean,
  chip: ChipView = { state: 'none' },
): SessionView => ({
  screen: 'card-part',
  part: which,
  read,
  whole,
  maxLength: 100,
  problem: null,
  chip,
})

const confirm = (chip: ChipView, byHand: ('name' | 'address')[] = []): SessionView => ({
  screen: 'confirm',
  card: {
    name: 'Nguyễn Văn Ví Dụ',
    maskedNumber: '083 ••• ••0000',
    birth: { year: 1990, month: 3, day: 5 },
    sex: 'male',
    address: 'Ấp Mẫu, Xã Thử, Huyện Thí Điểm, Bến Tre',
    issued: { year: 2022, month: 1, day: 1 },
    byHand,
  },
  chip,
})

const chips: Readonly<Record<string, ChipView>> = {
  invited: { state: 'none' },
  reading: { state: 'reading' },
  verified: { state: 'read', verdict: 'verified', gave: ['name', 'address'] },
  'verified-number': {
    state: 'read',
    verdict: 'verified',
    gave: [],
    unsaid: ['name', 'address', 'issued'],
  },
  'chain-unknown': { state: 'read', verdict: 'signature-ok-chain-unknown', gave: [] },
  failed: { state: 'read', verdict: 'failed', gave: [] },
  'not-attempted': { state: 'read', verdict: 'not-attempted', gave: [] },
  differs: { state: 'differs' },
  removed: { state: 'not-read', why: 'removed' },
  'other-card': { state: 'not-read', why: 'other-card' },
  'no-id-card': { state: 'not-read', why: 'no-id-card' },
  unreadable: { state: 'not-read', why: 'unreadable' },
}

const broken = {
  'paper-out': { state: 'paper-out' },
  'cover-open': { state: 'cover-open' },
  cutter: { state: 'error', cause: 'cutter' },
  recoverable: { state: 'error', cause: 'recoverable' },
  unrecoverable: { state: 'error', cause: 'unrecoverable' },
  offline: { state: 'error', cause: 'offline' },
  disconnected: { state: 'disconnected' },
  'not-configured': { state: 'not-configured' },
} as const satisfies Readonly<Record<string, PrinterState>>

const brokenPagePrinter = {
  'paper-out': { state: 'paper-out' },
  jam: { state: 'jam' },
  'door-open': { state: 'door-open' },
  'toner-out': { state: 'toner-out' },
  unreachable: { state: 'unreachable' },
} as const satisfies Readonly<Record<string, PagePrinterState>>

const brokenDocumentScanner = {
  'no-paper': { state: 'no-paper' },
  jammed: { state: 'jammed' },
  'cover-open': { state: 'cover-open' },
  busy: { state: 'busy' },
  denied: { state: 'denied' },
  missing: { state: 'missing' },
  error: { state: 'error', cause: 'io' },
} as const satisfies Readonly<Record<string, DocumentScannerState>>

/** Every fault of `docs/device-faults.md` that has words, by the name of its picture. */
const faults: Readonly<Record<string, Change>> = {
  'attract-reader-disconnected': {
    session: { screen: 'attract' },
    devices: { scanner: { state: 'disconnected' } },
  },
  'identify-reader-disconnected': {
    session: identify,
    devices: { scanner: { state: 'disconnected' } },
  },
  'identify-reader-busy': { session: identify, devices: { scanner: { state: 'busy' } } },
  'identify-reader-not-allowed': {
    session: identify,
    devices: { scanner: { state: 'not-allowed' } },
  },
  'identify-reader-not-configured': { session: identify, devices: none },
  'identify-bridge-not-understood': {
    session: identify,
    devices: { ...none, readerBridge: { state: 'not-understood' } },
  },
  'identify-camera-missing': {
    session: identify,
    devices: none,
    pageScanners: ['camera'],
    found: 'reader.camera',
  },
  'card-part-name': { session: part('Nguyn Vn V D', 'name', false) },
  'card-part-address': { session: part('Ấp Mẫu, Xã Thử, Bến Tre', 'address', true) },
  'confirm-by-hand': { session: confirm({ state: 'none' }, ['name', 'address']) },
  'identify-card-on-reader': {
    session: identify,
    devices: { cardReader: { state: 'card' } },
  },
  ...Object.fromEntries(
    (['open', 'reading', 'wrong', 'blocked', 'hidden'] as const).map((state): [string, Change] => [
      `access-number-${state}`,
      {
        session: { screen: 'access-number', state, triesLeft: 2, scanned: false },
        devices: { cardReader: { state: state === 'reading' ? 'reading' : 'card' } },
      },
    ]),
  ),
  'card-part-chip-reading': {
    session: part('Nguyn Vn V D', 'name', false, { state: 'reading' }),
    devices: { cardReader: { state: 'reading' } },
  },
  ...Object.fromEntries(
    Object.entries(chips).map(([name, chip]): [string, Change] => [
      `confirm-chip-${name}`,
      { session: confirm(chip), devices: { cardReader: { state: 'ready' } } },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(broken).flatMap(([name, printer]): [string, Change][] => [
      [`declare-printer-${name}`, { session: declare, devices: { printer } }],
      [`done-printer-${name}`, { session: done(printer), devices: { printer } }],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(brokenPagePrinter).map(([name, printer]): [string, Change] => [
      `done-page-printer-${name}`,
      { session: accepted({ state: 'failed', printer }), devices: { pagePrinter: printer } },
    ]),
  ),
  'done-page-printer-unconfirmed': { session: accepted({ state: 'unconfirmed' }) },
  ...Object.fromEntries(
    Object.entries(brokenDocumentScanner).map(([name, documentScanner]): [string, Change] => [
      `papers-scanner-${name}`,
      { session: papers('scanner'), devices: { documentScanner } },
    ]),
  ),
  'papers-camera-missing': { session: papers('camera'), found: 'papers.camera' },
}

/**
 * Pictures of the page on views that only a broken device brings about. The page, its server and
 * its wire are the real ones; the view is given.
 */
export async function takeFaults(
  browser: Browser,
  pageDir: string,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  for (const [name, change] of Object.entries(faults)) {
    const view: View = {
      ...sampleView,
      kiosk: { ...sampleView.kiosk, training: false, pageScanners: change.pageScanners ?? [] },
      session: change.session,
      devices: { ...sampleView.devices, ...change.devices },
    }
    await showStill(browser, pageDir, view, { width: 1080, height: 1920 }, async (page) => {
      if (change.found !== undefined) {
        await page.locator(`[data-say^="${change.found}"]`).first().waitFor()
      }
      await take(page, `faults/${name}`)
    })
  }
}
