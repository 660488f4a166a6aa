import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Timers } from '../timers.ts'
import type { CardChannel, CardTransport, ChannelProblem, Presence } from './card-readers/index.ts'

/** One-byte messages of vpcd, the virtual reader of pcscd. */
const RESET = Uint8Array.of(2)

const LIMITS = {
  /** What a contactless card takes for a command. */
  COMMAND_MS: 15,
  ANSWER_MS: 5_000,
} as const

/**
 * The simulated byte channel of training mode: a reader that listens at a Unix socket for a card, in
 * the bytes of vpcd. A card lies on it for as long as it is connected. Everything above is the true
 * protocol.
 */
export function socketCard(path: string, timers: Timers): CardTransport {
  const listeners = new Set<(presence: Presence) => void>()
  let presence: Presence = { state: 'no-reader' }
  let card: ReturnType<typeof lie> | null = null

  function tell(next: Presence) {
    presence = next
    for (const listener of listeners) listener(presence)
  }

  rmSync(path, { force: true })
  const server = createServer((socket) => {
    // A second card beside it is not seen.
    if (card !== null) return void socket.destroy()
    const mine = lie(socket, timers)
    card = mine
    tell({ state: 'card' })
    socket.once('close', () => {
      card = null
      tell({ state: 'empty' })
    })
  })
  server.on('listening', () => tell({ state: 'empty' }))
  server.on('error', () => tell({ state: 'no-reader' }))
  server.listen(path)

  return {
    watch(listener) {
      listeners.add(listener)
      listener(presence)
      return () => {
        listeners.delete(listener)
      }
    },
    async connect() {
      if (card === null) return err('no-card')
      card.reset()
      return ok(card.channel)
    },
    async close() {
      listeners.clear()
      card?.leave()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** One card on the reader. */
function lie(socket: Socket, timers: Timers) {
  let pending = Buffer.alloc(0)
  let waiting: ((answer: Result<Uint8Array, ChannelProblem>) => void) | null = null
  let gone = false

  function send(message: Uint8Array) {
    socket.write(Buffer.concat([Uint8Array.of(message.length >> 8, message.length), message]))
  }
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    gone = true
    waiting?.(err('removed'))
  })
  socket.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data])
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE()) {
      const end = 2 + pending.readUInt16BE()
      waiting?.(ok(pending.subarray(2, end)))
      pending = pending.subarray(end)
    }
  })

  const channel: CardChannel = {
    async transmit(apdu) {
      if (gone) return err('removed')
      const { promise, resolve } = Promise.withResolvers<Result<Uint8Array, ChannelProblem>>()
      waiting = resolve
      const cancel = timers.after(LIMITS.ANSWER_MS, () => resolve(err('timeout')))
      send(apdu)
      const answer = await promise
      cancel()
      waiting = null
      await new Promise<void>((resolve) => timers.after(LIMITS.COMMAND_MS, () => resolve()))
      return answer
    },
    async close() {
      if (!gone) send(RESET)
    },
  }
  return { channel, reset: () => send(RESET), leave: () => socket.destroy() }
}
