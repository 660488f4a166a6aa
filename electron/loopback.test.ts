import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { contract, type CitizenAction } from '../shared/contract/index.ts'
import { stubDesk } from '../test/fixtures/stub-desk.ts'
import { sampleView } from '../test/fixtures/view.ts'
import { createDispatcher, type CallEvent, type Dispatcher } from './dispatch.ts'
import type { FrameChannel } from './frame-guard.ts'
import { CALL_LIMITS, type KioskPorts } from './kiosk.ts'
import { serveLoopback, type Loopback } from './loopback.ts'
import type { AnswerPaper } from './paper-http.ts'
import { securityHeaders } from './shell/headers.ts'
import { createViewFeed } from './view-feed.ts'

type Client = ContractRouterClient<typeof contract>

const TOKEN = 'a'.repeat(64)
const COMMAND = '0190a000-0000-7000-8000-000000000001'
/** Good for every action on one filing. */
const order = {
  commandId: COMMAND,
  clientRef: '01a94a5b-6a00-7000-8000-000000000001',
  actor: 'technician',
}

let events: CallEvent[] = []
let acts: CitizenAction[] = []
let deeds: string[] = []
let feed = createViewFeed(sampleView)
let dispatcher: Dispatcher
let loopback: Loopback
let asked: { method: string; token: string; body: string }[] = []
let dir = ''

beforeEach(async () => {
  events = []
  acts = []
  deeds = []
  asked = []
  feed = createViewFeed(sampleView)
  const ports: KioskPorts = {
    watch: (signal) => feed.watch(signal),
    act(_commandId, action) {
      acts.push(action)
      if (action.type === 'finish') throw new Error('083090000000 leaks')
      return 'done'
    },
    scan: () => 'ignored',
    search: (words) => [
      {
        code: '1.001193',
        name: words,
        shortName: null,
        field: 'Hộ tịch',
        level: 'commune',
        fileable: true,
      },
    ],
    places: {
      provinces: async () => [{ code: '75', name: 'Thành phố Đồng Nai', own: true, commune: null }],
      suggest: async ({ words }) => [{ kind: 'province', code: '75', name: words, former: null }],
    },
    papers: async () => ({ status: 403, contentType: null, body: new Uint8Array() }),
    staff: stubDesk((deed) => deeds.push(deed)),
    devices: null,
    cardFace: null,
    help: null,
    training: null,
  }
  dispatcher = createDispatcher(
    ports,
    () => 0,
    (event) => events.push(event),
  )
  dir = await mkdtemp(join(tmpdir(), 'page-'))
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>page</title>')
  const served = await serveLoopback({
    port: 0,
    pageDir: dir,
    voiceDirs: [],
    token: TOKEN,
    dispatcher,
    papers: answerPaper,
    microphone: false,
  })
  if (!served.ok) throw new Error('no port')
  loopback = served.value
})

afterEach(async () => {
  await loopback.close()
  await rm(dir, { recursive: true })
})

/** Remembers what was asked for; takes what it is given. */
const answerPaper: AnswerPaper = async ({ method, token, body }) => {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  asked.push({ method, token, body: Buffer.concat(parts).toString('utf8') })
  return { status: 201, contentType: null, body: new Uint8Array() }
}

/** A raw HTTP request, with any Host and Origin. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = httpRequest(
        `${loopback.address}${path}`,
        { ...options, agent: false },
        (answer) => {
          let body = ''
          answer.on('data', (chunk) => (body += String(chunk)))
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
          )
        },
      )
      sent.on('error', reject)
      sent.end(options.body)
    },
  )
}

/** A handshake with the bridge, with any protocols and headers. */
function knock(protocols: string[], headers: Record<string, string>, path = '/bridge'): WebSocket {
  return new WebSocket(`${loopback.address.replace('http', 'ws')}${path}`, protocols, { headers })
}

/** The `Set-Cookie` of a handshake that succeeds. */
async function exchangeToken(): Promise<string> {
  const socket = knock(['kiosk.v1', TOKEN], { origin: loopback.address })
  const [answer]: IncomingMessage[] = await once(socket, 'upgrade')
  socket.terminate()
  return String(answer?.headers['set-cookie'])
}

async function takeCookie(): Promise<string> {
  return (await exchangeToken()).split(';')[0] ?? ''
}

async function connect(): Promise<WebSocket> {
  const headers = { origin: loopback.address, cookie: await takeCookie() }
  const socket = knock(['kiosk.v1'], headers)
  await once(socket, 'open')
  return socket
}

describe('the page', () => {
  it('is served with the security headers', async () => {
    const page = await ask('/')
    expect(page.status).toBe(200)
    for (const [name, value] of Object.entries(securityHeaders())) {
      expect(page.headers[name.toLowerCase()]).toBe(value)
    }
  })

  it.each(['evil.example', 'localhost:1', '127.0.0.1'])('is refused to Host %s', async (host) => {
    expect((await ask('/', { headers: { host } })).status).toBe(403)
  })

  it.each(['//', '///x', '/%', '/%00', '/\\\\host', '/?#'])(
    'survives the path %s',
    async (path) => {
      expect([200, 404]).toContain((await ask(path)).status)
      expect((await ask('/')).status).toBe(200)
    },
  )

  it('does not leave its folder', async () => {
    expect((await ask('/..%2f..%2fetc/passwd')).status).toBe(404)
  })
})

describe('the token', () => {
  it('is exchanged for a cookie that scripts cannot read', async () => {
    expect(await exchangeToken()).toMatch(
      /^kiosk=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=\/bridge$/,
    )
  })

  it('is not said back', async () => {
    const socket = knock(['kiosk.v1', TOKEN], { origin: loopback.address })
    await once(socket, 'open')
    expect(socket.protocol).toBe('kiosk.v1')
  })
})

describe('the bridge', () => {
  const ours = { origin: 'OURS', cookie: 'OURS' }
  it.each<[string, string[], Record<string, string>]>([
    ['without cookie and token', ['kiosk.v1'], { origin: 'OURS' }],
    ['with a guessed cookie', ['kiosk.v1'], { ...ours, cookie: `kiosk=${'0'.repeat(64)}` }],
    ['with a wrong token', ['kiosk.v1', 'b'.repeat(64)], { origin: 'OURS' }],
    ['with a long token', ['kiosk.v1', 'a'.repeat(4096)], { origin: 'OURS' }],
    ['with the token alone', [TOKEN], { origin: 'OURS' }],
    ['under another name', ['kiosk.v2'], ours],
    ['from no page', ['kiosk.v1', TOKEN], { cookie: 'OURS' }],
    ['from a foreign page', ['kiosk.v1', TOKEN], { ...ours, origin: 'http://evil.example' }],
    ['from a page without origin', ['kiosk.v1', TOKEN], { ...ours, origin: 'null' }],
    ['under a foreign Host', ['kiosk.v1', TOKEN], { ...ours, host: 'evil.example' }],
  ])('is refused %s', async (_name, protocols, headers) => {
    const real = { origin: loopback.address, cookie: await takeCookie() }
    const sent = Object.entries(headers).map(([name, value]) => [
      name,
      value === 'OURS' && (name === 'origin' || name === 'cookie') ? real[name] : value,
    ])
    const [error] = await once(knock(protocols, Object.fromEntries(sent)), 'error')
    expect(String(error)).toContain('403')
  })

  it('closes the earlier page when a new one comes', async () => {
    const first = await connect()
    const closed = once(first, 'close')
    await connect()
    expect((await closed)[0]).toBe(4000)
  })

  it('closes on a frame of more than a megabyte', async () => {
    const socket = await connect()
    socket.send('x'.repeat(1_100_000))
    expect((await once(socket, 'close'))[0]).toBe(1009)
  })

  it('closes on a frame that is no call, and logs the reason without the frame', async () => {
    const socket = await connect()
    socket.send('{"secret": 083090000000')
    await once(socket, 'close')
    expect(events).toEqual([{ event: 'frame-refused', reason: 'not-json' }])
  })
})

describe('a page that makes its first call with the handshake', () => {
  it('is answered before it says anything', async () => {
    const headers = { origin: loopback.address }
    const socket = knock(['kiosk.v1', TOKEN], headers, '/bridge?watch')
    const snapshot = new Promise<string>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const frame = data.toString('utf8')
        if (frame.includes('snapshot')) resolve(frame)
      })
    })
    expect(JSON.parse(await snapshot)).toMatchObject({ i: '1', p: { d: { json: { seq: 0 } } } })
  })

  it('may make it again: it runs once', async () => {
    let watches = 0
    const watch = feed.watch
    feed.watch = (signal) => {
      watches += 1
      return watch(signal)
    }
    const socket = knock(['kiosk.v1', TOKEN], { origin: loopback.address }, '/bridge?watch')
    const link = new SocketLink({ websocket: new BrowserSocket(socket) })
    const client: Client = createORPCClient(link)
    const stream = await client.citizen.watch()
    expect((await stream.next()).value).toMatchObject({ kind: 'snapshot', seq: 0 })
    feed.publish({ ...sampleView, session: { screen: 'submitting' } })
    expect((await stream.next()).value).toMatchObject({ kind: 'change', seq: 1 })
    expect(watches).toBe(1)
    await stream.return()
  })
})

/** `ws` as the browser's WebSocket, as far as oRPC's link uses it. */
class BrowserSocket extends EventTarget {
  readonly #socket: WebSocket
  constructor(socket: WebSocket) {
    super()
    this.#socket = socket
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString('utf8') : ''
      this.dispatchEvent(new MessageEvent('message', { data: text }))
    })
    socket.on('open', () => this.dispatchEvent(new Event('open')))
    socket.on('close', () => this.dispatchEvent(new Event('close')))
  }
  get readyState() {
    return this.#socket.readyState
  }
  send(data: string) {
    this.#socket.send(data)
  }
}

const transports: Record<string, () => Promise<Client>> = {
  'a WebSocket': async () => {
    return createORPCClient(new SocketLink({ websocket: new BrowserSocket(await connect()) }))
  },
  'a MessagePort': async () => {
    const { port1, port2 } = new MessageChannel()
    const channel: FrameChannel = {
      onFrame: (listener) => void port2.on('message', listener),
      onClose: (listener) => void port2.on('close', listener),
      send: (frame) => port2.postMessage(frame),
      close: () => port2.close(),
    }
    dispatcher.serve(channel, 'citizen')
    return createORPCClient(new PortLink({ port: port1 }))
  },
}

describe.each(Object.entries(transports))('the contract over %s', (_name, open) => {
  it('answers a query and a command', async () => {
    const client = await open()
    expect(await client.citizen.search({ words: 'khai sinh' })).toMatchObject([
      { name: 'khai sinh' },
    ])
    expect(await client.citizen.places({ words: 'dong nai' })).toMatchObject([{ name: 'dong nai' }])
    expect(await client.citizen.provinces()).toMatchObject([{ code: '75' }])
    const answer = await client.citizen.act({ commandId: COMMAND, action: { type: 'start' } })
    expect(answer).toEqual({ outcome: 'done' })
    expect(acts).toEqual([{ type: 'start' }])
  })

  it('streams the view', async () => {
    const client = await open()
    const stream = await client.citizen.watch()
    expect((await stream.next()).value).toMatchObject({ kind: 'snapshot', seq: 0 })
    feed.publish({ ...sampleView, session: { screen: 'submitting' } })
    expect((await stream.next()).value).toMatchObject({ kind: 'change', seq: 1 })
    await stream.return()
  })

  it.each<[string, (client: Client) => Promise<unknown>, string]>([
    [
      'an unknown action',
      (client) =>
        Reflect.apply(client.citizen.act, null, [{ commandId: COMMAND, action: { type: 'pay' } }]),
      'BAD_REQUEST',
    ],
    [
      'words for a place without end',
      (client) => client.citizen.places({ words: 'x'.repeat(201) }),
      'BAD_REQUEST',
    ],
    [
      'an extra key',
      (client) => Reflect.apply(client.citizen.search, null, [{ words: 'x', admin: true }]),
      'BAD_REQUEST',
    ],
    ['the dock outside training', (client) => client.training.world(), 'NOT_FOUND'],
    [
      'a bug in the core',
      (client) => client.citizen.act({ commandId: COMMAND, action: { type: 'finish' } }),
      'INTERNAL_SERVER_ERROR',
    ],
  ])('refuses %s with a code and nothing else', async (_case, call, code) => {
    const client = await open()
    const refusal = await call(client).then(
      () => null,
      (error: unknown) => error,
    )
    expect(refusal).toMatchObject({ code, message: code })
    expect(JSON.stringify(refusal)).not.toContain('083090000000')
    expect(JSON.stringify(events)).not.toContain('083090000000')
  })

  it.each(Object.keys(contract.staff.outbox))(
    'does not let a page do what staff do: %s',
    async (name) => {
      const client = await open()
      const call = Reflect.get(client.staff.outbox, name)
      for (const input of [undefined, { nonsense: true }, { ...order }]) {
        await expect(Reflect.apply(call, null, [input])).rejects.toMatchObject({
          code: 'FORBIDDEN',
          message: 'FORBIDDEN',
        })
      }
      expect(deeds).toEqual([])
    },
  )

  it('slows a page that calls without end', async () => {
    const client = await open()
    const calls = Array.from({ length: CALL_LIMITS.MAX_CALLS_PER_SECOND + 1 }, () =>
      client.citizen.search({ words: 'x' }).then(
        () => 'ok',
        () => 'refused',
      ),
    )
    expect((await Promise.all(calls)).filter((outcome) => outcome === 'refused')).toHaveLength(1)
  })
})

describe('the addresses of papers', () => {
  const page = () => ({ origin: loopback.address, 'content-type': 'image/jpeg' })

  it('take what our page brings', async () => {
    const answer = await ask('/papers/abc', { method: 'POST', headers: page(), body: 'a page' })
    expect(answer.status).toBe(201)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(asked).toEqual([{ method: 'POST', token: 'abc', body: 'a page' }])
  })

  it.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['no origin', {}],
  ])('take nothing from %s', async (_name, headers: Record<string, string>) => {
    const answer = await ask('/papers/abc', { method: 'POST', headers, body: 'a page' })
    expect([answer.status, asked]).toEqual([403, []])
  })

  it('give nothing to a page of another site', async () => {
    const answer = await ask('/papers/abc', { headers: { 'sec-fetch-site': 'cross-site' } })
    expect([answer.status, asked]).toEqual([403, []])
  })
})
