import type { CitizenAction, PaperOut, ReceiptOut } from '../../shared/contract/index.ts'
import type { ScannedCode } from '../identity/index.ts'
import type { AccessAnswer } from './access-number.ts'
import type { ChipAnswer } from './chip-answer.ts'
import type { Filed } from './filings-made.ts'
import type { KeptOffer } from './kept-offer.ts'
import type { PortalNews } from './portal-news.ts'
import type { StopTicket } from './stop-ticket.ts'

/** What the core itself tells the session. */
export type CoreEvent =
  | { readonly type: 'scan'; readonly code: ScannedCode; readonly clientRef: string }
  /** A card was scanned before anything was agreed to: nothing of it comes in here. */
  | { readonly type: 'card-early'; readonly clientRef: string }
  /** The card of this number lies on the reader of chips, and is read. */
  | { readonly type: 'chip-laid'; readonly number: string }
  | { readonly type: 'chip-answer'; readonly number: string; readonly answer: ChipAnswer }
  /** What came of the access number that was typed in this visit. */
  | {
      readonly type: 'access-answer'
      readonly clientRef: string | null
      readonly answer: AccessAnswer
    }
  /** A page of this paper was captured and lies sealed under `page`. */
  | { readonly type: 'page-taken'; readonly component: string; readonly page: string }
  /** The filing is durable; from here on the slip's promise holds. */
  | { readonly type: 'filed'; readonly filed: Filed }
  | { readonly type: 'not-kept' }
  /** What the citizen wanted kept for a day could not be. */
  | { readonly type: 'draft-not-kept' }
  | FilingNews
  /** What became of the ticket of this visit's stop. */
  | { readonly type: 'ticket'; readonly clientRef: string; readonly ticket: StopTicket }
  /** News of the sheet of a procedure at the page printer. */
  | { readonly type: 'sheet'; readonly sheet: ReceiptOut }
  /** The portal's word on the filing of this slip. */
  | { readonly type: 'news'; readonly slip: string; readonly news: PortalNews }
  /** An assistant takes the citizen to another procedure. */
  | { readonly type: 'choose-other' }
  /** `idleMs`: how long nobody need touch anything where the session stands. */
  | { readonly type: 'tick'; readonly idleMs: number }

/** News of one filing of this visit: the one on the screen, or one before it. */
type FilingNews = { readonly clientRef: string } & (
  | { readonly type: 'delivery'; readonly delivery: Filed['delivery'] }
  | { readonly type: 'paper'; readonly paper: PaperOut }
  /** The core died in mid-print. */
  | { readonly type: 'print-lost' }
  /** The fault that stopped the paper is mended. */
  | { readonly type: 'printer-mended' }
  /** The receipt has gone to the A4 tray. */
  | { readonly type: 'receipted' }
  /** News of the receipt at the page printer. */
  | { readonly type: 'receipt'; readonly receipt: ReceiptOut }
)

/** A touch as the session takes it: what begins a filing brings a fresh reference. */
export type SessionTouch =
  | Exclude<CitizenAction, { type: 'start' | 'another' | 'confirm-card' }>
  | { readonly type: 'start'; readonly clientRef: string }
  /** With what was kept for this card. */
  | { readonly type: 'confirm-card'; readonly kept: KeptOffer | null }
  | (Extract<CitizenAction, { type: 'another' }> & { readonly clientRef: string })

/** A touch, or a fact, with the moment at which the core saw it. */
export type SessionEvent = (SessionTouch | CoreEvent) & { readonly nowMs: number }
