import type { PrinterState } from '../../../shared/contract/index.ts'

/** Real-time queries of the Epson command reference: printer, offline cause, error, paper. */
export const STATUS_QUERIES = [1, 2, 3, 4] as const
export type StatusQuery = (typeof STATUS_QUERIES)[number]

/** One answer byte for each query; null where none came in time. */
export type StatusReplies = Readonly<Record<StatusQuery, number | null>>

/** DLE EOT n: answered at once, whatever the printer is doing. */
export const statusQuery = (n: StatusQuery) => Uint8Array.of(0x10, 0x04, n)

/** GS a 255: four status bytes now, and again at each change, where the printer can do so. */
export const AUTO_STATUS_ON = Uint8Array.of(0x1d, 0x61, 0xff)

/** GS r 1: answered in its turn, so its answer says that all before it, the cut too, is done. */
export const STATUS_IN_TURN = Uint8Array.of(0x1d, 0x72, 1)

/** DLE DC4 8: forget what is not printed yet, so that a new roll does not bring out an old half. */
export const CLEAR_BUFFER = Uint8Array.of(0x10, 0x14, 8, 1, 3, 0x14, 1, 6, 2, 8)

/** An answer, told apart by the bits that the command reference fixes. */
export type StatusAnswer =
  | { readonly kind: 'real-time'; readonly byte: number }
  | { readonly kind: 'in-turn'; readonly byte: number }
  | { readonly kind: 'automatic'; readonly replies: StatusReplies }
  /** What was waiting at the printer is forgotten; nothing asked in turn before is answered. */
  | { readonly kind: 'cleared' }
  /** No printer of this family says that: what speaks there is not to be believed. */
  | { readonly kind: 'rubbish'; readonly byte: number }

/** Sorts what a printer sends, split anywhere. Flow control is passed over. */
export function createStatusReader(): { push(bytes: Uint8Array): StatusAnswer[] } {
  /** Bytes of an automatic status that has begun. */
  let block: number[] = []
  let passOver = 0

  function sort(byte: number): StatusAnswer | null {
    if (passOver > 0) {
      passOver -= 1
      return null
    }
    if ((byte & 0x93) === 0x10) {
      block = [byte]
      return null
    }
    if (block.length > 0 && (byte & 0x90) === 0) {
      block.push(byte)
      if (block.length < AUTOMATIC_BYTES) return null
      const replies = automaticReplies(block)
      block = []
      return { kind: 'automatic', replies }
    }
    block = []
    if ((byte & 0x93) === 0x12) return { kind: 'real-time', byte }
    if (byte === XON || byte === XOFF) return null
    if (byte === CLEARED) {
      passOver = 2
      return { kind: 'cleared' }
    }
    return { kind: isPaperByte(byte) ? 'in-turn' : 'rubbish', byte }
  }

  return {
    push: (bytes) => [...bytes].map(sort).filter((answer) => answer !== null),
  }
}

const AUTOMATIC_BYTES = 4
const [XON, XOFF] = [0x11, 0x13] as const
/** Begins the three bytes that answer DLE DC4 8. */
const CLEARED = 0x37

/** GS r 1: two bits for near the end and two for the end, each pair alike. */
function isPaperByte(byte: number): boolean {
  const [near, end] = [byte & 0x03, byte & 0x0c]
  return (byte & 0x90) === 0 && (near === 0 || near === 0x03) && (end === 0 || end === 0x0c)
}

/** The same facts as four real-time answers tell them. */
function automaticReplies([printer = 0, error = 0, paper = 0]: readonly number[]): StatusReplies {
  const when = (bits: number, then: number) => (bits === 0 ? 0 : then)
  return {
    1: 0x12 | (printer & 0x08),
    2: 0x12 | when(printer & 0x20, 0x04) | when(paper & 0x0c, 0x20) | when(error & 0x6c, 0x40),
    3: 0x12 | (error & 0x68),
    4: 0x12 | when(paper & 0x03, 0x0c) | when(paper & 0x0c, 0x60),
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
