import type { Result } from '../../../shared/domain/result.ts'

/**
 * What a reader says without being asked. `empty`: it works and no card lies on it. `card`: some
 * card lies on it; which, only a reading tells.
 */
export type Presence =
  | { readonly state: 'no-driver' }
  | { readonly state: 'no-service' }
  | { readonly state: 'no-reader' }
  | { readonly state: 'empty' }
  | { readonly state: 'card' }

/** `in-use`: another program holds it. `mute`: the card does not answer its reset. */
export type ConnectProblem = 'no-card' | 'in-use' | 'mute' | 'timeout' | 'failed'

/** `removed`: the card or its reader is gone. */
export type ChannelProblem = 'removed' | 'timeout' | 'failed'

/** The byte channel to one card, held alone. */
export interface CardChannel {
  /** Sends one APDU, gives its answer. Never rejects. */
  transmit(apdu: Uint8Array): Promise<Result<Uint8Array, ChannelProblem>>
  /** Lets the card go and resets it, so that no keys stay in it. */
  close(): Promise<void>
}

/** A card reader as bytes. */
export interface CardTransport {
  /** Called with each look at the reader; returns how to stop. */
  watch(listener: (presence: Presence) => void): () => void
  connect(): Promise<Result<CardChannel, ConnectProblem>>
  close(): Promise<void>
}
