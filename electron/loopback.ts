import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { PAPERS_PATH } from '../shared/contract/index.ts'
import { ok, type Result } from '../shared/domain/result.ts'
import type { Dispatcher } from './dispatch.ts'
import { FRAME_LIMITS, type FrameChannel } from './frame-guard.ts'
import { listen, pathOf, sameSecret, type PortProblem } from './loopback-port.ts'
import { servePaper, type AnswerPaper } from './paper-http.ts'
import { PAPER_LIMITS } from './papers/index.ts'
import { CACHE_CONTROL, securityHeaders } from './shell/headers.ts'
import { servePageFile } from './shell/static-files.ts'

/** Limits of the loopback server. */
export const LOOPBACK_LIMITS = {
  HANDSHAKE_MS: 5_000,
  /** A page that answers no ping for two rounds is gone. */
  PING_MS: 5_000,
} as const

const SUBPROTOCOL = 'kiosk.v1'
const COOKIE = 'kiosk'
/** The page was opened anew elsewhere; this one must not come back by itself. */
const CLOSE_REPLACED = 4000

/** Where the bridge is; a page that asks so has made its first call with the handshake. */
const BRIDGE = '/bridge'
const BRIDGE_AND_FIRST_CALL = '/bridge?watch'
/**
 * That call as oRPC writes it: number 1, to watch. The page makes it once more when its code is
 * there, and oRPC drops a call whose number is running.
 */
const FIRST_CALL = '{"i":"1","p":{"u":"/citizen/watch","b":{}}}'

export interface LoopbackOptions {
  /** 0: any free port. */
  readonly port: number
  readonly pageDir: string
  /** The folders with language packs. */
  readonly voiceDirs: readonly string[]
  readonly token: string
  readonly dispatcher: Dispatcher
  readonly papers: AnswerPaper
  /** The page may ask for a microphone. */
  readonly microphone: boolean
}

export interface Loopback {
  /** `http://127.0.0.1:PORT` */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves the page and its calls on 127.0.0.1. Proof of being our page: the token of the URL's
 * fragment, exchanged by the bridge's handshake for an HttpOnly cookie, and Host and Origin exactly
 * ours (Host as well, or DNS rebinding passes). The cookie is derived from the token, so that it
 * outlives this process.
 */
export async function serveLoopback(
  options: LoopbackOptions,
): Promise<Result<Loopback, PortProblem>> {
  const cookieValue = createHmac('sha256', options.token).update('cookie').digest('hex')
  let origin = ''

  const isOurHost = (request: IncomingMessage) => `http://${request.headers.host}` === origin
  const isOurPage = (request: IncomingMessage) =>
    isOurHost(request) && request.headers.origin === origin

  /** The address itself is the proof; a page of another origin that got hold of one is still none. */
  const mayAskForPapers = (request: IncomingMessage) =>
    request.method === 'GET'
      ? (request.headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin'
      : isOurPage(request)

  const folders = { page: options.pageDir, voice: options.voiceDirs }
  const server = createServer((request, response) => {
    if (!isOurHost(request)) return answer(response, 403)
    const pathname = pathOf(request)
    if (pathname.startsWith(PAPERS_PATH)) {
      if (!mayAskForPapers(request)) return answer(response, 403)
      return void servePaper(request, response, pathname.slice(PAPERS_PATH.length), options.papers)
    }
    void servePageFile(folders, request.method ?? 'GET', pathname).then((file) => {
      const headers = { ...file.headers, ...securityHeaders(options.microphone) }
      response.writeHead(file.status, headers).end(file.body)
    })
  })
  server.headersTimeout = LOOPBACK_LIMITS.HANDSHAKE_MS
  server.requestTimeout = PAPER_LIMITS.UPLOAD_MS

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_LIMITS.MAX_FRAME_LENGTH,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  sockets.on('headers', (headers) =>
    headers.push(`Set-Cookie: ${COOKIE}=${cookieValue}; HttpOnly; SameSite=Strict; Path=${BRIDGE}`),
  )
  let page: WebSocket | null = null

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const firstCall = request.url === BRIDGE_AND_FIRST_CALL
    const wanted = firstCall || request.url === BRIDGE
    const { protocol, token } = offersOf(request)
    const known =
      hasCookie(request, cookieValue) || (token !== undefined && sameSecret(token, options.token))
    if (!wanted || protocol !== SUBPROTOCOL || !isOurPage(request) || !known) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      page?.close(CLOSE_REPLACED, 'replaced')
      page = webSocket
      webSocket.on('error', () => webSocket.terminate())
      keepAlive(webSocket)
      options.dispatcher.serve(toChannel(webSocket, firstCall ? FIRST_CALL : null), 'citizen')
    })
  })

  const port = await listen(server, options.port)
  if (!port.ok) return port
  origin = `http://127.0.0.1:${port.value}`
  return ok({
    address: origin,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...securityHeaders(), 'Cache-Control': CACHE_CONTROL.DATA }).end()
}

/** The offered protocol, and the token that a new page offers beside it. */
function offersOf(request: IncomingMessage) {
  const offers = request.headers['sec-websocket-protocol'] ?? ''
  const [protocol, token] = offers.split(',').map((offer) => offer.trim())
  return { protocol, token }
}

function hasCookie(request: IncomingMessage, expected: string): boolean {
  const given = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1]
  return given !== undefined && sameSecret(given, expected)
}

/** A machine that sleeps or a page that hangs leaves a socket which looks open; a ping tells. */
function keepAlive(webSocket: WebSocket): void {
  let missed = 0
  const timer = setInterval(() => {
    if (missed >= 2) return webSocket.terminate()
    missed += 1
    webSocket.ping()
  }, LOOPBACK_LIMITS.PING_MS)
  timer.unref()
  webSocket.on('pong', () => (missed = 0))
  webSocket.on('close', () => clearInterval(timer))
}

/** `first` is a frame that came before all others. */
function toChannel(webSocket: WebSocket, first: string | null): FrameChannel {
  return {
    onFrame(listener) {
      webSocket.on('message', (data, isBinary) =>
        listener(!isBinary && Buffer.isBuffer(data) ? data.toString('utf8') : data),
      )
      if (first !== null) listener(first)
    },
    onClose: (listener) => webSocket.on('close', () => listener()),
    send: (frame) => webSocket.send(frame),
    close: () => webSocket.close(1008, 'refused'),
  }
}
