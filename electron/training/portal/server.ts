import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { Filing } from '../../portal/index.ts'
import { answer } from './answers.ts'
import type { PortalFault, PortalMode } from './faults.ts'
import { createFilingDesk } from './filing-desk.ts'
import { openRegister, type AcceptedFiling } from './register.ts'
import { openSigner } from './signer.ts'

type SandboxOptions = {
  /** Holds its database and its signing key; made if it is not there. */
  readonly dir: string
  /** On 127.0.0.1; 0 for any free one. */
  readonly port: number
  readonly clock: { now(): number }
  /** What is wrong with a filing, as codes without values; an unknown procedure is wrong. */
  readonly validate: (filing: Filing) => readonly string[]
}

/** A portal in miniature for training, demonstration and tests: real HTTP, real database. */
export type SandboxPortal = {
  readonly url: string
  /** PEM by key id, as a profile's receipt keys. */
  readonly publicKeys: Readonly<Record<string, string>>
  mode(): PortalMode
  setMode(mode: PortalMode): void
  /** The next filing requests meet these faults, one each. */
  script(faults: readonly PortalFault[]): void
  /** Number of dossiers. */
  accepted(): number
  /** All dossiers, oldest first. */
  filings(): AcceptedFiling[]
  close(): Promise<void>
}

/** Starts the sandbox portal. Throws where its folder or port cannot be had. */
export async function createSandboxPortal(options: SandboxOptions): Promise<SandboxPortal> {
  await mkdir(options.dir, { recursive: true })
  const signer = await openSigner(options.dir)
  const register = await openRegister(options.dir)
  const desk = createFilingDesk({ ...options, register, signer })
  const faults: PortalFault[] = []
  let mode: PortalMode = 'up'

  const server = createServer((request, response) => {
    void route(request, response)
  })
  server.on('connection', (socket) => {
    if (mode === 'cut') socket.destroy()
  })

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // `//` and the like are no address; they find nothing here.
    const url = URL.parse(request.url ?? '/', 'http://sandbox') ?? new URL('http://sandbox/')
    const clientRef = /^\/v1\/filings\/([^/]{1,64})$/.exec(url.pathname)?.[1]
    if (request.method === 'PUT' && clientRef !== undefined) {
      // A client that goes away in the middle of its body is no concern of the portal.
      return desk.put(clientRef, request, response, faults.shift()).catch(abandon(response))
    }
    request.resume()
    if (request.method === 'GET' && clientRef !== undefined) {
      return desk.get(clientRef, request, response)
    }
    if (request.method === 'GET' && url.pathname === '/v1/health') {
      return answer(response, 200, { status: 'ok', nonce: url.searchParams.get('nonce') ?? '' })
    }
    answer(response, 404, { title: 'no such resource' })
  }

  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening').catch((cause: unknown) => {
    register.close()
    throw cause
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    publicKeys: signer.publicKeys,
    mode: () => mode,
    setMode(next) {
      mode = next
      if (mode === 'cut') server.closeAllConnections()
    },
    script: (next) => void faults.push(...next),
    accepted: register.count,
    filings: register.all,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      register.close()
    },
  }
}

/** The connection is gone; anything else is a bug. */
function abandon(response: ServerResponse) {
  return (cause: unknown): void => {
    if (!response.destroyed && !response.req.destroyed) throw cause
  }
}
