import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Timers } from '../../timers.ts'
import { CHIP_LIMITS } from './limits.ts'
import { decodeResponse, encodeCommand, SW, type Command, type Response } from './protocol/apdu.ts'
import { decoded, only, readHeader, tlv } from './protocol/tlv.ts'
import type { SecureChannel } from './protocol/secure-messaging.ts'
import type { CardChannel } from './transport.ts'

/** Where a chip did what it must not. */
export type ChipStep =
  | 'answer'
  /** What it offers makes a command that no short command can carry. */
  | 'command'
  | 'secure-messaging'
  | 'card-access'
  | 'application'
  | 'pace'
  | 'bac'
  | 'chip-authentication'
  | 'dg1'

/** Why a chip was not read. Each has one remedy; none tells what was on the card. */
export type ChipProblem =
  /** The card or the reader went away. */
  | { readonly code: 'card-removed' }
  /** A card without the application of an ID card, such as a bank card. */
  | { readonly code: 'not-an-id-card' }
  /** None of the keys opens this card: another card, or a date that is not the card's. */
  | { readonly code: 'wrong-key' }
  /** This card opens by its machine readable zone only; the CAN does not help. */
  | { readonly code: 'needs-mrz' }
  /** It opens in ways alone that this reader does not know. */
  | { readonly code: 'unsupported' }
  /** The card refuses every key from now on. */
  | { readonly code: 'blocked' }
  | { readonly code: 'timeout' }
  | { readonly code: 'cancelled' }
  /** The chip's answers make no sense; `sw` is its status word, where it gave one. */
  | { readonly code: 'protocol'; readonly step: ChipStep; readonly sw: number | null }

/** Ends a conversation from within; `converse` turns it into its result. */
class Stop extends Error {
  readonly problem: ChipProblem
  constructor(problem: ChipProblem) {
    super(problem.code)
    this.problem = problem
  }
}

export function stop(problem: ChipProblem): never {
  throw new Stop(problem)
}

/** Runs a conversation to its end or to the first problem that ends it. */
export async function converse<T>(run: () => Promise<T>): Promise<Result<T, ChipProblem>> {
  try {
    return ok(await run())
  } catch (error) {
    if (error instanceof Stop) return err(error.problem)
    throw error
  }
}

/** `denied`: the chip wants rights that the kiosk has not, as for fingerprints. */
export type FileOutcome =
  | { readonly state: 'read'; readonly bytes: Uint8Array }
  | { readonly state: 'absent' | 'denied' | 'unreadable' }

/** Talking with one chip. Everything ends by `stop` where the card is gone or time is up. */
export interface Conversation {
  /** Sends a command, protected once `secure` was called; what the status word means, callers say. */
  send(command: Command): Promise<Response>
  secure(channel: SecureChannel | null): void
  isSecure(): boolean
  /** A whole file by its id; `tag` is what it must begin with, null for any. */
  readFile(id: number, tag: number | null): Promise<FileOutcome>
  /** ms of waiting for answers, and how many commands went out. */
  spent(): { readonly exchangeMs: number; readonly commands: number }
}

export function openConversation(
  channel: CardChannel,
  timers: Timers,
  signal: AbortSignal,
): Conversation {
  let secured: SecureChannel | null = null
  let exchangeMs = 0
  let commands = 0
  const ends = timers.now() + CHIP_LIMITS.READ_MS

  async function transmit(bytes: Uint8Array): Promise<Response> {
    if (signal.aborted) stop({ code: 'cancelled' })
    if (timers.now() > ends) stop({ code: 'timeout' })
    const began = timers.now()
    const answer = await channel.transmit(bytes)
    exchangeMs += timers.now() - began
    commands += 1
    if (!answer.ok) {
      if (answer.error === 'removed') stop({ code: 'card-removed' })
      if (answer.error === 'timeout') stop({ code: 'timeout' })
      stop({ code: 'protocol', step: 'answer', sw: null })
    }
    // What a card that was just pulled leaves behind.
    if (answer.value.length === 0) stop({ code: 'card-removed' })
    const response = decodeResponse(answer.value)
    if (!response.ok) stop({ code: 'protocol', step: 'answer', sw: null })
    return response.value
  }

  /** With 61xx the rest is fetched, with 6Cxx the command goes again with the right length. */
  async function exchange(bytes: Uint8Array, hasLe: boolean): Promise<Response> {
    let response = await transmit(bytes)
    if (hasLe && response.sw >> 8 === 0x6c) {
      response = await transmit(
        Buffer.concat([bytes.subarray(0, -1), Buffer.from([response.sw & 0xff])]),
      )
    }
    const parts = [response.data]
    for (let more = 0; response.sw >> 8 === 0x61; more += 1) {
      if (more === CHIP_LIMITS.GET_RESPONSES)
        stop({ code: 'protocol', step: 'answer', sw: response.sw })
      const le = response.sw & 0xff
      response = await transmit(encodeCommand({ cla: 0, ins: 0xc0, p1: 0, p2: 0, le: le || 256 }))
      parts.push(response.data)
    }
    return { data: Buffer.concat(parts), sw: response.sw }
  }

  async function send(command: Command): Promise<Response> {
    if ((command.data?.length ?? 0) > CHIP_LIMITS.CHUNK_BYTES) {
      stop({ code: 'protocol', step: 'command', sw: null })
    }
    if (!secured) return exchange(encodeCommand(command), command.le !== undefined)
    const answer = await exchange(secured.protect(command), true)
    const response = secured.unprotect(answer)
    // An unprotected status word says that the chip has dropped the channel.
    if (!response) stop({ code: 'protocol', step: 'secure-messaging', sw: answer.sw })
    return response
  }

  async function readFile(id: number, tag: number | null): Promise<FileOutcome> {
    const selected = await send(selectFile(id))
    if (selected.sw !== SW.OK) return { state: stateOf(selected.sw) }
    const first = await readBinary(0, 8)
    if (first.sw !== SW.OK && first.sw !== SW.END_OF_FILE) return { state: stateOf(first.sw) }
    const header = readHeader(first.data)
    if (!header || (tag !== null && header.tag !== tag)) return { state: 'unreadable' }
    const total = header.headerBytes + header.valueBytes
    if (total > CHIP_LIMITS.FILE_BYTES) return { state: 'unreadable' }
    const parts = [first.data.subarray(0, total)]
    for (let at = first.data.length; at < total;) {
      const wanted = Math.min(CHIP_LIMITS.CHUNK_BYTES, total - at)
      const { data, sw } = await readBinary(at, wanted)
      const good = (sw === SW.OK || sw === SW.END_OF_FILE) && data.length > 0
      if (!good || data.length > wanted) return { state: 'unreadable' }
      parts.push(data)
      at += data.length
    }
    return { state: 'read', bytes: Buffer.concat(parts) }
  }

  /** `le` bytes of the selected file, at most, in either form of the command (ISO/IEC 7816-4, 11.2.3). */
  async function readBinary(at: number, le: number): Promise<Response> {
    if (at <= CHIP_LIMITS.SHORT_OFFSET_MAX) {
      return send({ cla: 0, ins: 0xb0, p1: at >> 8, p2: at & 0xff, le })
    }
    const offset = tlv(0x54, Uint8Array.of(at >> 16, (at >> 8) & 0xff, at & 0xff))
    // The answer's own tag and length count as well.
    const whole = Math.min(le + (le < 0x80 ? 2 : 3), CHIP_LIMITS.CHUNK_BYTES)
    const { data, sw } = await send({ cla: 0, ins: 0xb1, p1: 0, p2: 0, data: offset, le: whole })
    return { data: decoded(() => only(data, 0x53)) ?? new Uint8Array(), sw }
  }

  return {
    send,
    secure: (channel) => {
      secured = channel
    },
    isSecure: () => secured !== null,
    readFile,
    spent: () => ({ exchangeMs, commands }),
  }
}

function selectFile(id: number): Command {
  return { cla: 0, ins: 0xa4, p1: 2, p2: 0x0c, data: Buffer.from([id >> 8, id & 0xff]) }
}

function stateOf(sw: number): 'absent' | 'denied' | 'unreadable' {
  if (sw === SW.FILE_NOT_FOUND) return 'absent'
  return sw === SW.SECURITY_NOT_SATISFIED ? 'denied' : 'unreadable'
}
