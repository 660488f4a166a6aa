import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Filing } from '../../portal/index.ts'
import { json, readBody, sendReply, type Reply } from './answers.ts'
import {
  createScript,
  type Fault,
  type Operation,
  type PortalFault,
  type PortalMode,
} from './faults.ts'
import { createFilingDesk } from './filing-desk.ts'
import { openRegister, type AcceptedFiling } from './register.ts'
import { openSigner } from './signer.ts'
import { createUploads, tusOptions } from './uploads.ts'

/** Certificate and key of a sandbox that speaks TLS: PEM. */
export type SandboxTls = { readonly cert: string; readonly key: string }

type SandboxOptions = {
  /** Holds its database, its signing key and its uploads; made if it is not there. */
  readonly dir: string
  /** On 127.0.0.1; 0 for any free one. */
  readonly port: number
  readonly clock: { now(): number }
  /** What is wrong with a filing: `field:code` or a code, without values. */
  readonly validate: (filing: Filing) => readonly string[]
  /** For row X4: what it makes of bodies of other versions. */
  readonly readVersion?: (body: unknown) => unknown
  /** For rows N6 of the failure matrix; plain HTTP otherwise. */
  readonly tls?: SandboxTls
}

/** A portal in miniature for training, demonstration and tests: real HTTP, real database. */
export type SandboxPortal = {
  readonly url: string
  /** PEM by key id, as a profile's receipt keys. */
  readonly publicKeys: Readonly<Record<string, string>>
  mode(): PortalMode
  /** `one-more`: up, and cut as soon as it has taken one more filing in. */
  setMode(mode: PortalMode | 'one-more'): void
  /** The next requests of each fault's kind meet these faults, one each. */
  script(faults: readonly PortalFault[]): void
  /** Faults that no request has met yet. */
  scripted(): number
  /** Number of accepted dossiers. */
  accepted(): number
  /** Number of uploads that it keeps. */
  uploads(): number
  /**
   * The authority asks for more beside the filing that was accepted last, in the contract's words or
   * in any others; null takes it back. False where nothing was accepted yet.
   */
  requestSupplement(request: unknown): boolean
  /** All accepted dossiers, oldest first. */
  filings(): AcceptedFiling[]
  /** Row N1: connections are refused until the returned function has run. */
  refuseConnections(): Promise<() => Promise<void>>
  /** Row N6: later connections see this certificate. Throws without `tls`. */
  setCertificate(tls: SandboxTls): void
  close(): Promise<void>
}

/** Starts the sandbox portal. Throws where its folder or port cannot be had. */
export async function createSandboxPortal(options: SandboxOptions): Promise<SandboxPortal> {
  const { clock, dir, tls } = options
  await mkdir(dir, { recursive: true })
  const signer = await openSigner(dir)
  const register = await openRegister(dir)
  const uploads = await createUploads({ dir, register, clock })
  const desk = createFilingDesk({ ...options, register, uploads, signer })
  const script = createScript()
  let mode: PortalMode = 'up'
  /** Cut when so many filings are in. */
  let cutAt = Infinity

  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    // A client that goes away in the middle of its body is no concern of the portal.
    route(request, response).catch((cause: unknown) => {
      if (!response.destroyed && !request.destroyed) throw cause
    })
  }
  const tlsServer = tls && createTlsServer(tls, handler)
  const server = tlsServer ?? createServer(handler)
  server.on('connection', (socket) => {
    if (mode === 'cut') socket.destroy()
  })

  function setMode(next: PortalMode | 'one-more'): void {
    cutAt = next === 'one-more' ? register.count() + 1 : Infinity
    mode = next === 'cut' ? 'cut' : 'up'
    if (mode === 'cut') server.closeAllConnections()
  }

  /** Null: no answer, the connection breaks. */
  type Handle = (fault: Fault | undefined) => Promise<Reply | null> | Reply | null

  /** Runs a request, or the fault that waits for its kind. `read` takes in the body. */
  async function serve(
    operation: Operation,
    [request, response]: readonly [IncomingMessage, ServerResponse],
    clientRef: string,
    steps: { readonly read?: () => Promise<unknown>; readonly handle: Handle },
  ): Promise<void> {
    const nowMs = clock.now()
    const kioskId = String(request.headers['x-kiosk-id'])
    const fault = script.take(operation)
    const incident = (reply: Reply | null) => ({
      request,
      response,
      reply,
      nowMs,
      sign: signer.sign,
      withdraw: () => register.withdraw(kioskId, clientRef),
      forget: () => register.forget(kioskId, clientRef),
      sendReply: (other = reply) => {
        if (other !== null) sendReply(response, other, nowMs)
      },
    })
    if (fault?.when === 'unread') return fault.act(incident(null))
    await steps.read?.()
    if (fault?.when === 'before') {
      request.resume()
      if (!request.complete) await once(request, 'end')
      return fault.act(incident(null))
    }
    const reply = await steps.handle(fault)
    if (reply === null) return void request.socket.resetAndDestroy()
    request.resume()
    if (fault?.when === 'after') return fault.act(incident(reply))
    sendReply(response, reply, nowMs)
    response.once('close', () => {
      if (register.count() >= cutAt) setMode('cut')
    })
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // `//` and the like are no address; they find nothing here.
    const url = URL.parse(request.url ?? '/', 'http://sandbox') ?? new URL('http://sandbox/')
    const pair = [request, response] as const
    const resource = `${request.method} ${url.pathname}`
    let body: Buffer | null = null
    const read = async () => {
      body = await readBody(request)
    }

    const filing = /^(PUT|GET) \/v1\/filings\/([^/:]{1,64})$/.exec(resource)
    if (filing) {
      const [, method, ref = ''] = filing
      if (method === 'GET')
        return serve('status', pair, ref, { handle: () => desk.get(ref, request) })
      const handle: Handle = (fault) =>
        desk.put(ref, request, body, fault?.when === 'processing' ? fault : undefined)
      return serve('put', pair, ref, { read, handle })
    }
    const withdrawal = /^POST \/v1\/filings\/([^/:]{1,64})\/withdraw$/.exec(resource)?.[1]
    if (withdrawal !== undefined) {
      const handle = () => desk.withdraw(withdrawal, request)
      return serve('withdraw', pair, withdrawal, { handle })
    }
    const upload = /^(HEAD|PATCH|DELETE) \/v1\/uploads\/([0-9a-f-]{36})$/.exec(resource)
    if (upload) {
      const [, method, id = ''] = upload
      if (method === 'HEAD')
        return serve('head', pair, '', { handle: () => uploads.head(id, request) })
      if (method === 'PATCH') {
        const handle: Handle = (fault) => uploads.patch(id, request, fault?.when === 'half')
        return serve('patch', pair, '', { handle })
      }
      return sendReply(response, await uploads.terminate(id, request), clock.now())
    }
    switch (resource) {
      case 'POST /v1/filings:status':
        return serve('batch', pair, '', { read, handle: () => desk.getMany(request, body) })
      case 'GET /v1/health': {
        const nonce = url.searchParams.get('nonce') ?? ''
        return serve('health', pair, '', { handle: () => json(200, { status: 'ok', nonce }) })
      }
      case 'POST /v1/uploads':
        return serve('upload', pair, '', { handle: () => uploads.create(request) })
      case 'OPTIONS /v1/uploads':
        return sendReply(response, tusOptions, clock.now())
      default:
        request.resume()
        sendReply(response, json(404, { title: 'no such resource' }), clock.now())
    }
  }

  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return address.port
  }
  const stopListening = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }

  const port = await listen(options.port).catch((cause: unknown) => {
    register.close()
    throw cause
  })
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    publicKeys: signer.publicKeys,
    mode: () => mode,
    setMode,
    script: script.add,
    scripted: script.left,
    accepted: register.count,
    uploads: register.uploads.count,
    requestSupplement: register.requestSupplement,
    filings: register.all,
    async refuseConnections() {
      await stopListening()
      return async () => void (await listen(port))
    },
    setCertificate(next) {
      if (tlsServer === undefined) throw new Error('this sandbox speaks no TLS')
      tlsServer.setSecureContext(next)
      server.closeAllConnections()
    },
    async close() {
      if (server.listening) await stopListening()
      register.close()
    },
  }
}
