import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { MARKER, PORTAL_PATHS } from '../../electron/portal/index.ts'

/** What is done to one request instead of passing it on and answering. */
export type Turn =
  /** Another answer; with `commit` the portal takes the request first. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      readonly commit?: boolean
    }
  /** The connection breaks. */
  | { readonly kind: 'drop'; readonly when: 'before-read' | 'after-commit' | 'mid-answer' }
  /** Silence for ever. */
  | { readonly kind: 'hang'; readonly commit: boolean }
  /** The portal's own answer, changed. */
  | { readonly kind: 'edit'; readonly change: (text: string) => string }
  /** The portal takes it and answers without end. */
  | { readonly kind: 'endless' }
  /** The portal's own answer, on its way for this long. */
  | { readonly kind: 'late'; readonly until: Promise<void> }

/** A request as it came. */
export type Seen = {
  readonly what: 'file' | 'ask' | 'health' | 'other'
  readonly clientRef: string
  readonly body: Buffer
  /** SHA-256 of the body, lower-case hex. */
  readonly sha256: string
  readonly authorization: string | null
}

/** A request of an upload as it came; `bytes` grows while they come. */
export type Piece = {
  readonly method: string
  /** `Upload-Offset`; null where it has none. */
  readonly offset: number | null
  bytes: number
}
/** Certificate and key: PEM. */
export type FrontTls = { readonly cert: string; readonly key: string }

/**
 * Stands before the sandbox portal, passes everything on, keeps a list of what came, and does to
 * chosen requests what servers and proxies do.
 */
export type Front = {
  readonly port: number
  readonly seen: readonly Seen[]
  /** Requests of uploads, which are passed on byte by byte. */
  readonly pieces: readonly Piece[]
  /** How often a filing was sent, or asked for. */
  count(what: Seen['what'], clientRef?: string): number
  /** The next requests of this kind meet these turns, one each. */
  script(what: Seen['what'], ...turns: readonly Turn[]): void
  /** Where it gives a turn, that goes before the script. Undefined takes the rule away. */
  rule(decide: ((request: Seen) => Turn | undefined) | undefined): void
  /** Later connections see this certificate; open ones end. Throws on a front without TLS. */
  setCertificate(tls: FrontTls): void
  close(): Promise<void>
}

/** A problem document with the portal's marker, as an answer. */
export function problem(status: number, type: string, headers: Record<string, string> = {}): Turn {
  return {
    kind: 'answer',
    status,
    headers: { ...portalHeaders, 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify({ type, status }),
  }
}

/** What the portal itself puts on every answer. */
export const portalHeaders = {
  [MARKER.header]: MARKER.value,
  'content-type': 'application/json',
} as const

/** Starts a front on 127.0.0.1 before `portalUrl`, with TLS where it gets a certificate. */
export async function createFront(portalUrl: string, tls?: FrontTls): Promise<Front> {
  const seen: Seen[] = []
  const pieces: Piece[] = []
  const scripts = new Map<Seen['what'], Turn[]>()
  let decide: ((request: Seen) => Turn | undefined) | undefined

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('error', () => {})
    handle(request, response).catch(() => response.destroy())
  }
  const tlsServer = tls && createTlsServer(tls, listener)
  const server = tlsServer ?? createServer(listener)

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = URL.parse(request.url ?? '/', 'http://front') ?? new URL('http://front/')
    if (address.pathname.startsWith(PORTAL_PATHS.uploads)) return relay(request, response)
    const clientRef = /^\/v1\/filings\/([^/]{1,64})$/.exec(address.pathname)?.[1] ?? ''
    const what = kindOf(request.method ?? '', address.pathname, clientRef)
    const authorization = request.headers.authorization ?? null
    const early = { what, clientRef, body: Buffer.alloc(0), sha256: '', authorization }
    const turnFor = (known: Seen): Turn | undefined => decide?.(known) ?? scripts.get(what)?.shift()
    const [next] = scripts.get(what) ?? []
    if (next?.kind === 'drop' && next.when === 'before-read') {
      scripts.get(what)?.shift()
      seen.push(early)
      return void request.socket.resetAndDestroy()
    }
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const body = Buffer.concat(parts)
    const known = { ...early, body, sha256: createHash('sha256').update(body).digest('hex') }
    seen.push(known)
    const turn = turnFor(known)
    const portal = commits(turn) ? await pass(request, body) : null
    if (turn?.kind === 'late') await turn.until
    play(turn, portal, response)
  }

  function relay(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', headers, url = '/' } = request
    const offset = headers['upload-offset']
    const piece: Piece = { method, offset: offset === undefined ? null : Number(offset), bytes: 0 }
    pieces.push(piece)
    const onward = httpRequest(portalUrl + url, { method, headers })
    request.on('data', (part: Buffer) => (piece.bytes += part.length))
    request.pipe(onward)
    request.on('close', () => {
      if (!request.complete) onward.destroy()
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
  }

  async function pass(request: IncomingMessage, body: Buffer) {
    const headers = new Headers()
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && !/^(host|connection|content-length)$/.test(name)) {
        headers.set(name, value)
      }
    }
    const method = request.method ?? 'GET'
    const answer = await fetch(`${portalUrl}${request.url ?? '/'}`, {
      method,
      headers,
      body: method === 'GET' ? null : new Uint8Array(body),
      redirect: 'manual',
    })
    const copied = Object.fromEntries(answer.headers)
    delete copied['content-length']
    delete copied['transfer-encoding']
    delete copied['connection']
    return { status: answer.status, headers: copied, text: await answer.text() }
  }

  function play(
    turn: Turn | undefined,
    portal: Awaited<ReturnType<typeof pass>> | null,
    response: ServerResponse,
  ): void {
    switch (turn?.kind) {
      case 'answer':
        response.writeHead(turn.status, turn.headers)
        return void response.end(turn.body)
      case 'drop':
        if (turn.when === 'mid-answer' && portal !== null) {
          const length = Buffer.byteLength(portal.text)
          response.writeHead(portal.status, { ...portal.headers, 'content-length': length })
          response.write(portal.text.slice(0, 30), () => response.destroy())
          return
        }
        return void response.socket?.resetAndDestroy()
      case 'hang':
        return
      case 'endless': {
        response.writeHead(201, portalHeaders)
        const more = (): void => {
          while (!response.destroyed && response.write('{'.repeat(16_384)));
        }
        response.on('drain', more)
        return more()
      }
      case 'edit':
      case 'late':
      case undefined: {
        if (portal === null) return void response.destroy()
        const text = turn?.kind === 'edit' ? turn.change(portal.text) : portal.text
        response.writeHead(portal.status, portal.headers)
        return void response.end(text)
      }
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    seen,
    pieces,
    count: (what, clientRef) =>
      seen.filter((one) => one.what === what && (clientRef ?? one.clientRef) === one.clientRef)
        .length,
    script: (what, ...turns) => void scripts.set(what, [...(scripts.get(what) ?? []), ...turns]),
    rule: (next) => void (decide = next),
    setCertificate(next) {
      if (tlsServer === undefined) throw new Error('this front speaks no TLS')
      tlsServer.setSecureContext(next)
      server.closeAllConnections()
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Whether the portal gets the request. */
function commits(turn: Turn | undefined): boolean {
  switch (turn?.kind) {
    case 'answer':
      return turn.commit === true
    case 'drop':
      return turn.when !== 'before-read'
    case 'hang':
      return turn.commit
    case 'edit':
    case 'endless':
    case 'late':
    case undefined:
      return true
  }
}

function kindOf(method: string, path: string, clientRef: string): Seen['what'] {
  if (path === '/v1/health') return 'health'
  if (clientRef === '') return 'other'
  if (method === 'PUT') return 'file'
  return method === 'GET' ? 'ask' : 'other'
}
