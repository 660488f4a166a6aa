import { WebSocket, type RawData } from 'ws'
import type { Timers } from '../../../timers.ts'
import { BRIDGE_LIMITS } from './limits.ts'
import type { Service } from './service.ts'

/** A service that tells of cards by itself. */
export function webSocketService(
  { url, hello }: { readonly url: string; readonly hello?: string | undefined },
  timers: Timers,
): Service {
  let current: WebSocket | null = null

  return {
    open(events) {
      const socket = new WebSocket(url, {
        handshakeTimeout: BRIDGE_LIMITS.ANSWER_MS,
        maxPayload: BRIDGE_LIMITS.MESSAGE_BYTES,
        perMessageDeflate: false,
      })
      current = socket
      let missed = 0
      let cancelPing = () => {}
      const ping = () => {
        if (missed >= 2) return socket.terminate()
        missed += 1
        socket.ping()
        cancelPing = timers.after(BRIDGE_LIMITS.PING_MS, ping)
      }
      socket.on('open', () => {
        if (hello !== undefined) socket.send(hello)
        events.opened()
        ping()
      })
      socket.on('pong', () => {
        missed = 0
      })
      socket.on('message', (data, isBinary) =>
        isBinary ? events.refused('a message is not-text') : events.message(textOf(data)),
      )
      let why = 'gone'
      // Always followed by `close`.
      socket.on('error', (error) => {
        if ('code' in error && error.code === TOO_LONG) why = 'a message is too-long'
      })
      socket.on('close', () => {
        cancelPing()
        events.closed(why)
      })
    },
    async close() {
      const socket = current
      if (socket === null || socket.readyState === WebSocket.CLOSED) return
      const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
      socket.terminate()
      await gone
    },
  }
}

/** What `ws` calls a message longer than `maxPayload`; it ends the socket over it. */
const TOO_LONG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8')
  return Array.isArray(data)
    ? Buffer.concat(data).toString('utf8')
    : Buffer.from(data).toString('utf8')
}
