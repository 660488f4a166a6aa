import { connect, type NetConnectOpts } from 'node:net'
import type { Chip } from './chip.ts'

/** ATR that a reader makes up for a contactless card (PC/SC part 3, 3.1.3.2.3). */
const ATR = Buffer.from('3b80800101', 'hex')

/** One-byte messages of vpcd. */
const CONTROL = { OFF: 0, ON: 1, RESET: 2, ATR: 4 } as const

/** A card that lies on a virtual reader. */
export interface LaidCard {
  /** Commands that it has answered. */
  readonly answered: () => number
  /** Takes it off; done when the reader's end is closed. */
  remove(): Promise<void>
  readonly gone: Promise<void>
}

/** How the card lies there. */
export interface LayOptions {
  /** Is pulled instead of answering this command, counted from 1. */
  readonly pulledAt?: number
  /** Of the air between reader and chip, 106,000 to 848,000 (ISO/IEC 14443); no delay if left out. */
  readonly bitsPerSecond?: number
}

/**
 * Lays a chip on a virtual reader that listens at a port or a socket: a message is two bytes of
 * length, big-endian, and as many bytes, both ways.
 */
export async function layCard(
  chip: Chip,
  reader: NetConnectOpts,
  { pulledAt = Number.POSITIVE_INFINITY, bitsPerSecond }: LayOptions = {},
): Promise<LaidCard> {
  const socket = connect({ ...reader, noDelay: true })
  const { promise: gone, resolve: isGone } = Promise.withResolvers<void>()
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  let answered = 0
  let pending = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('close', () => isGone())
  chip.reset()

  const reply = (bytes: Uint8Array) => {
    const head = Buffer.from([bytes.length >> 8, bytes.length & 0xff])
    socket.write(Buffer.concat([head, bytes]))
  }
  const take = (message: Uint8Array) => {
    const [control] = message
    if (message.length === 1) {
      if (control === CONTROL.ATR) reply(ATR)
      else chip.reset()
    } else if (answered + 1 >= pulledAt) {
      socket.destroy()
    } else {
      answered += 1
      const answer = chip.answer(message)
      if (bitsPerSecond === undefined) return reply(answer)
      const onAirMs = ((message.length + answer.length) * 8 * 1000) / bitsPerSecond
      setTimeout(() => reply(answer), onAirMs)
    }
  }
  socket.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data])
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE()) {
      const end = 2 + pending.readUInt16BE()
      const message = pending.subarray(2, end)
      pending = pending.subarray(end)
      take(message)
    }
  })
  return {
    answered: () => answered,
    gone,
    async remove() {
      socket.destroy()
      await gone
    },
  }
}
