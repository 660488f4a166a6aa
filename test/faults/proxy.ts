import { once } from 'node:events'
import { createServer, connect, type Server, type Socket } from 'node:net'

/** What happens to the bytes of one direction of every connection. */
export type Line = {
  /** Each byte arrives this much later. */
  readonly latencyMs?: number
  /** At most so many; below 20 it drips byte by byte. */
  readonly bytesPerSecond?: number
  /** The connection breaks after this many bytes of this direction. */
  readonly cutAfterBytes?: number
  /** Nothing moves, and nobody is told: with both directions silent, a half-open connection. */
  readonly silent?: boolean
}

/** The state of the network. It may change while connections are open. */
export type Weather = {
  /** From the client to the portal. */
  readonly up?: Line
  readonly down?: Line
  /** How a cut looks: `reset` as RST, `close` as an orderly end. Default `reset`. */
  readonly cut?: 'reset' | 'close'
  /** Nobody listens: connecting is refused. */
  readonly refuse?: boolean
}

/** A stretch of network between a client and a portal, below HTTP. */
export type FaultProxy = {
  readonly port: number
  readonly url: string
  /** Replaces the weather; resolves when it holds. */
  setWeather(next: Weather): Promise<void>
  /** Resets every open connection now. */
  resetAll(): void
  /** Bytes passed on and connections made since the start; `heldMax` is the most ever held back. */
  stats(): { readonly up: number; down: number; connections: number; heldMax: number }
  close(): Promise<void>
}

export const PROXY_LIMITS = {
  /** Held back per direction of a connection before its sender is made to wait. */
  HELD_MAX_BYTES: 256 * 1024,
  SLICE_MAX_BYTES: 16 * 1024,
  /** A shaped line may catch up for timers that came this late. */
  CATCH_UP_MS: 50,
} as const

/** Starts a proxy on 127.0.0.1 to `targetPort` there. */
export async function createFaultProxy(targetPort: number): Promise<FaultProxy> {
  let weather: Weather = {}
  const pairs = new Set<{ tick(): void; breakNow(how: 'reset' | 'close'): void }>()
  const totals = { up: 0, down: 0, connections: 0, heldMax: 0 }

  function onConnection(client: Socket): void {
    totals.connections += 1
    const portal = connect(targetPort, '127.0.0.1')
    const pair = {
      tick() {
        up.tick()
        down.tick()
      },
      breakNow(how: 'reset' | 'close') {
        pairs.delete(pair)
        for (const socket of [client, portal]) {
          if (how === 'reset') socket.resetAndDestroy()
          else socket.destroySoon()
        }
        up.forget()
        down.forget()
      },
    }
    const cut = (): void => pair.breakNow(weather.cut ?? 'reset')
    const up = createLine(client, portal, 'up', cut)
    const down = createLine(portal, client, 'down', cut)
    for (const socket of [client, portal]) {
      socket.setNoDelay(true)
      socket.on('error', () => pair.breakNow('reset'))
      socket.on('close', () => {
        if (client.destroyed && portal.destroyed) pairs.delete(pair)
      })
    }
    pairs.add(pair)
  }

  function createLine(from: Socket, to: Socket, direction: 'up' | 'down', cut: () => void) {
    const waiting: { bytes: Buffer; readonly at: number }[] = []
    let held = 0
    let moved = 0
    let freeAt = 0
    let ended = false
    let full = false
    let timer: NodeJS.Timeout | undefined

    from.on('data', (bytes) => {
      const at = performance.now()
      // An idle line has saved up nothing.
      if (waiting.length === 0) freeAt = Math.max(freeAt, at)
      waiting.push({ bytes: Buffer.from(bytes), at })
      held += bytes.length
      totals.heldMax = Math.max(totals.heldMax, held)
      if (held >= PROXY_LIMITS.HELD_MAX_BYTES) from.pause()
      tick()
    })
    from.on('end', () => {
      ended = true
      tick()
    })
    to.on('drain', () => {
      full = false
      tick()
    })

    function tick(): void {
      clearTimeout(timer)
      for (;;) {
        const line = weather[direction] ?? {}
        if (line.silent === true || full || to.destroyed) return
        const [head] = waiting
        if (head === undefined) {
          if (ended) to.end()
          return
        }
        const now = performance.now()
        const wait = Math.max(head.at + (line.latencyMs ?? 0), freeAt) - now
        if (wait > 0) {
          timer = setTimeout(tick, wait)
          return
        }
        const rate = line.bytesPerSecond ?? Infinity
        const slice = Math.max(1, Math.min(PROXY_LIMITS.SLICE_MAX_BYTES, Math.floor(rate / 20)))
        const room = Math.max(0, (line.cutAfterBytes ?? Infinity) - moved)
        const piece = head.bytes.subarray(0, Math.min(slice, room))
        if (piece.length > 0) {
          full = !to.write(piece)
          moved += piece.length
          totals[direction] += piece.length
          held -= piece.length
          freeAt = Math.max(freeAt, now - PROXY_LIMITS.CATCH_UP_MS) + (piece.length / rate) * 1000
          head.bytes = head.bytes.subarray(piece.length)
          if (head.bytes.length === 0) waiting.shift()
          if (held < PROXY_LIMITS.HELD_MAX_BYTES) from.resume()
        }
        if (piece.length >= room) return cut()
      }
    }

    return {
      tick,
      forget(): void {
        clearTimeout(timer)
        waiting.length = 0
        held = 0
      },
    }
  }

  const listen = async (port: number): Promise<Server> => {
    // Half-open is allowed, so that one side's end reaches the other in its own time.
    const opened = createServer({ allowHalfOpen: true }, onConnection)
    opened.listen(port, '127.0.0.1')
    await once(opened, 'listening')
    return opened
  }
  const hangUp = (): void => {
    for (const pair of pairs) pair.breakNow('reset')
  }

  let server: Server | null = await listen(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address

  async function stopListening(): Promise<void> {
    const old = server
    server = null
    hangUp()
    if (old === null) return
    old.close()
    await once(old, 'close')
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async setWeather(next) {
      weather = next
      if (next.refuse === true) await stopListening()
      else server ??= await listen(port)
      for (const pair of pairs) pair.tick()
    },
    resetAll: hangUp,
    stats: () => ({ ...totals }),
    close: stopListening,
  }
}
