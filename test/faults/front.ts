import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
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

/** A request as it came. */
export type Seen = {
  readonly what: 'file' | 'ask' | 'health' | 'other'
  readonly clientRef: string
  readonly body: Buffer
  /** SHA-256 of the body, lower-case hex. */
  readonly sha256: string
}

/** A request of an upload as it came; `bytes` grows while they come. */
export type Piece = {
  readonly method: string
  /** `Upload-Offset`; null where it has none. */
  readonly offset: number | null
  bytes: number
}

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

/** Starts a front on 127.0.0.1 before `portalUrl`. */
export async function createFront(portalUrl: string): Promise<Front> {
  const seen: Seen[] = []
  const pieces: Piece[] = []
  const scripts = new Map<Seen['what'], Turn[]>()
  let decide: ((request: Seen) => Turn | undefined) | undefined

  const server = createServer((request, response) => {
    response.on('error', () => {})
    handle(request, response).catch(() => response.destroy())
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = URL.parse(request.url ?? '/', 'http://front') ?? new URL('http://front/')
    if (address.pathname.startsWith(PORTAL_PATHS.uploads)) return relay(request, response)
    const clientRef = /^\/v1\/filings\/([^/]{1,64})$/.exec(address.pathname)?.[1] ?? ''
    const what = kindOf(request.method ?? '', address.pathname, clientRef)
    const early = { what, clientRef, body: Buffer.alloc(0), sha256: '' }
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
    const commits = turn === undefined || turn.kind === 'edit' || turn.kind === 'endless'
    const alsoCommits =
      (turn?.kind === 'answer' && turn.commit === true) ||
      (turn?.kind === 'drop' && turn.when !== 'before-read') ||
      (turn?.kind === 'hang' && turn.commit)
    const portal = commits || alsoCommits ? await pass(request, body) : null
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
      case undefined: {
        if (portal === null) return void response.destroy()
        const text = turn === undefined ? portal.text : turn.change(portal.text)
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
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function kindOf(method: string, path: string, clientRef: string): Seen['what'] {
  if (path === '/v1/health') return 'health'
  if (clientRef === '') return 'other'
  if (method === 'PUT') return 'file'
  return method === 'GET' ? 'ask' : 'other'
}
