import type { PrinterState } from '../../../shared/contract/index.ts'

/** Real-time queries of the Epson command reference: printer, offline cause, error, paper. */
export const STATUS_QUERIES = [1, 2, 3, 4] as const
export type StatusQuery = (typeof STATUS_QUERIES)[number]

/** One answer byte for each query; null where none came in time. */
export type StatusReplies = Readonly<Record<StatusQuery, number | null>>

/** DLE EOT n: answered at once, whatever the printer is doing. */
export const statusQuery = (n: StatusQuery) => Uint8Array.of(0x10, 0x04, n)

/** GS a 0: no status bytes unasked. */
export const AUTO_STATUS_OFF = Uint8Array.of(0x1d, 0x61, 0)

/** GS r 1: answered in its turn, so its answer says that all before it, the cut too, is done. */
export const STATUS_IN_TURN = Uint8Array.of(0x1d, 0x72, 1)

/** DLE DC4 8: forget what is not printed yet, so that a new roll does not bring out an old half. */
export const CLEAR_BUFFER = Uint8Array.of(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8)

/** An answer, told apart by the bits that the command reference fixes. */
export type StatusByte =
  | { readonly kind: 'real-time'; readonly byte: number }
  | { readonly kind: 'in-turn'; readonly byte: number }

/**
 * Sorts what a printer sends. Four-byte automatic status (some printers start with it switched on)
 * and flow control are passed over.
 */
export function createStatusReader(): { push(bytes: Uint8Array): StatusByte[] } {
  let automaticLeft = 0
  return {
    push: (bytes) => {
      const found: StatusByte[] = []
      for (const byte of bytes) {
        if (automaticLeft > 0) automaticLeft -= 1
        else if ((byte & 0x93) === 0x12) found.push({ kind: 'real-time', byte })
        else if ((byte & 0x93) === 0x10) automaticLeft = 3
        else if ((byte & 0x90) === 0x00) found.push({ kind: 'in-turn', byte })
      }
      return found
    },
  }
}

/**
 * What the answers say together. Error before open cover before paper: an open cover and a missing
 * roll both put a printer off line, so `offline` alone stands only where nothing explains it.
 */
export function printerState(replies: StatusReplies): PrinterState {
  if (STATUS_QUERIES.every((n) => replies[n] === null)) return { state: 'unknown' }
  const has = (n: StatusQuery, bits: number) => ((replies[n] ?? 0) & bits) !== 0
  if (has(3, 0x20)) return { state: 'error', cause: 'unrecoverable' }
  if (has(3, 0x08)) return { state: 'error', cause: 'cutter' }
  if (has(3, 0x40)) return { state: 'error', cause: 'recoverable' }
  if (has(2, 0x40)) return { state: 'error', cause: 'unrecoverable' }
  if (has(2, 0x04)) return { state: 'cover-open' }
  if (has(2, 0x20) || has(4, 0x60)) return { state: 'paper-out' }
  if (has(1, 0x08)) return { state: 'error', cause: 'offline' }
  return { state: 'ready', paper: has(4, 0x0c) ? 'near-end' : 'enough' }
}
