import type { ChannelProblem, ConnectProblem, Presence } from './transport.ts'

/** Orders to the host of the driver. */
export type PcscOrder =
  /** The first one. `reader`: part of the reader's name; null: the first that is there. */
  | {
      readonly order: 'begin'
      readonly reader: string | null
      readonly pollMs: number
      readonly retryMs: number
    }
  /** These are answered once each, under their id. */
  | { readonly order: 'connect'; readonly id: number }
  | { readonly order: 'transmit'; readonly id: number; readonly apdu: Uint8Array }
  | { readonly order: 'disconnect'; readonly id: number }
  /** Answered by its exit. */
  | { readonly order: 'end' }

/** What the host says: answers, and what it sees at each look, which also says that it lives. */
export type PcscWord =
  | { readonly word: 'presence'; readonly presence: Presence }
  | {
      readonly word: 'connected'
      readonly id: number
      readonly problem: ConnectProblem | null
    }
  | { readonly word: 'answer'; readonly id: number; readonly apdu: Uint8Array }
  | { readonly word: 'failed'; readonly id: number; readonly problem: ChannelProblem }
  | { readonly word: 'disconnected'; readonly id: number }
