import type {
  CitizenAction,
  Display,
  FilingStatus,
  NoticeView,
  PageScanner,
  PaperOut,
  ReceiptOut,
} from '../../shared/contract/index.ts'
import type { FullDate } from '../../shared/domain/id-card.ts'
import type { Procedure } from '../../shared/forms/definition.ts'
import type { AskedFor } from '../filing/index.ts'
import type { Log } from '../log.ts'
import type { CapturedPaper, ConfirmedPapers } from '../papers/index.ts'
import type { ChipPort } from './chip-reading.ts'
import type { Draft } from './draft.ts'
import type { Filed } from './filings-made.ts'
import type { KeptDraftsPort } from './kept-draft.ts'
import type { AskPortal } from './look-up.ts'
import type { Ticket } from './stop-ticket.ts'
import type { Visit } from './visit.ts'

/** What the session does to the rest of the kiosk. */
export interface SessionPorts {
  now(): number
  /** Calls back once; returns how to cancel. */
  after(delayMs: number, callback: () => void): () => void
  newClientRef(): string
  drafts: {
    load(): Uint8Array | null
    save(bytes: Uint8Array, nowMs: number): void
    erase(): void
  }
  /** What is told before a card is read. */
  notice: {
    /** The edition of today. */
    current(): NoticeView
    /** For the journal. */
    agreed(clientRef: string | null, edition: string): void
  }
  /** What citizens have let the kiosk keep, beyond their visit. */
  kept: KeptDraftsPort
  chip: ChipPort
  /** The pictures of papers, sealed on disk. */
  papers: {
    /** Scans what lies in the scanner, no more than `room` pages; they come back through `pageTaken`. */
    scan(clientRef: string, component: string, room: number): void
    /** The citizen does not want this page. */
    drop(clientRef: string, page: string): void
    /** Makes one file of each captured paper; null where the disk could not take it. */
    gather(clientRef: string, papers: readonly CapturedPaper[]): Promise<ConfirmedPapers | null>
    /** The visit has ended; what was captured for a filing that was not made goes. */
    end(clientRef: string): void
  }
  /** Makes the filing durable; null when it could not be kept. Idempotent by `visit.clientRef`. */
  file(
    visit: Visit,
    procedure: Procedure,
    papers: ConfirmedPapers,
    nowMs: number,
    /** The edition of the notice that was agreed to. */
    notice: string | null,
  ): Pick<Filed, 'reference' | 'ticket' | 'filedAtMs'> | null
  /** Where a filing stands now, for a visit that continues after a restart. */
  delivery(clientRef: string): Filed['delivery'] | null
  /** What to tell whoever holds the slip of a filing, of this kiosk or another. */
  filingStatus(clientRef: string): FilingStatus
  /** A number for whoever goes to a counter without a filing; null when none could be kept. Idempotent. */
  takeTicket(clientRef: string, group: string, nowMs: number): Ticket | null
  /** Prints it; says what the printer said. */
  printTicket(ticket: Ticket, reprint: boolean): Promise<PaperOut>
  /** The number and what was answered, for the officer at the counter. */
  printCounterNote(
    ticket: Ticket,
    reprint: boolean,
    visit: Visit,
    procedure: Procedure,
  ): Promise<PaperOut>
  /** Slip and ticket; says what the printer said. */
  print(visit: Visit, procedure: Procedure): Promise<PaperOut>
  /** Whether the slip printer says that it can print. */
  printerReady(): boolean
  /** The receipt, once the portal has accepted; tells how it fares. */
  receipt(visit: Visit, procedure: Procedure, tell: (receipt: ReceiptOut) => void): Promise<void>
  /** What a procedure needs, on paper to take home; says what the page printer said. */
  sheet(procedure: Procedure, nowMs: number): Promise<ReceiptOut>
  askPortal: AskPortal
  /** What is asked for beside the filing of a slip, on paper; says what the page printer said. */
  supplement(clientRef: string, asked: AskedFor): Promise<ReceiptOut>
  /** Whether there is a page printer, well or not. */
  hasPagePrinter(): boolean
  /** Whether the page printer says that it can print. */
  pagePrinterReady(): boolean
  changed(): void
  log: Log
}

/** Where the session stands, for the view. */
export interface SessionState {
  readonly visitState: Draft['value']['visit'] | 'attract'
  readonly visit: Visit
  /** By which it is decided what can be begun. */
  readonly today: FullDate
  /** What became of the filing whose slip is looked up, as of now. */
  readonly filing: FilingStatus | null
  /** Whether papers can come from a page printer here. */
  readonly hasPagePrinter: boolean
  readonly display: Display
  readonly helpOpen: boolean
  /** Last touch, ms since the epoch. */
  readonly touchedAtMs: number
  /** Whether a card lies on the reader of chips from a visit that has ended. */
  readonly cardLeft: boolean
  /** What is told before a card is read, and whether one lies there already. */
  readonly notice: NoticeView
  readonly cardLies: boolean
  /** Milliseconds until all is erased; null while somebody is there. */
  readonly warnedForMs: number | null
}

export interface Session {
  state(): SessionState
  /** Idempotent by `commandId`, over restarts as well. */
  act(commandId: string, action: CitizenAction): 'done' | 'ignored'
  /** Text from a scanner, of any kind; one that types loses letters. */
  scanned(text: string, from?: ScanSource): void
  /** The scanner read something that can be no code. */
  scanRefused(): void
  /** An assistant leads to another procedure. False where no procedure is on the screen. */
  chooseOther(): boolean
  /** A page lies sealed. False where nobody wants it any more: then it must go. */
  pageTaken(clientRef: string, component: string, page: string): boolean
  /** The outbox has news of a filing. */
  delivered(clientRef: string, delivery: Filed['delivery']): void
  /** A printer is in another state. */
  printerChanged(): void
  /** The reader of chips is in another state. */
  cardReaderChanged(): void
  close(): void
}

/** Where a text comes from: a scanner that the core drives, a vendor's service, or the page. */
export type ScanSource = 'reader' | 'bridge' | PageScanner
