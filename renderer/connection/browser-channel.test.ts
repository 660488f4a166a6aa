import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { openBridge } from './browser-bridge.ts'
import { openBrowserChannel } from './browser-channel.ts'

const servers: WebSocketServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

/** A bridge on loopback, and a page that has its address. */
async function open(hash: string, bridge: 'accepts' | 'refuses' = 'accepts') {
  const asked: string[] = []
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ req }: { req: IncomingMessage }) => {
      const offers = String(req.headers['sec-websocket-protocol'])
      asked.push(`${req.url ?? ''} ${offers.replaceAll(/,\s*/g, ' ')}`)
      return bridge === 'accepts'
    },
  })
  servers.push(server)
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const page = {
    location: { host: `127.0.0.1:${port}`, hash, pathname: '/' },
    history: {
      replaceState: (_data: unknown, _unused: string, url?: string | URL | null) =>
        void asked.push(`address ${String(url)}`),
    },
    openSocket: (url: string, protocols: string[]) => new WebSocket(url, protocols),
  }
  return { asked, page, server }
}

/** Frames with which a core answers the first call of a line, to watch. */
const answer = ['{"i":"1","p":{"h":{"content-type":"text/event-stream"}}}', update(0), update(1)]

function update(seq: number): string {
  return JSON.stringify({ i: '1', t: 3, p: { e: 'message', d: { json: { seq } } } })
}

/** Waits for so many frames; two may come at once. */
async function heard(socket: WebSocket, count: number): Promise<void> {
  let left = count
  await new Promise<void>((resolve) => {
    socket.addEventListener('message', () => {
      left -= 1
      if (left === 0) resolve()
    })
  })
}

describe('in the browser shell', () => {
  it('hands the token over in the handshake, and takes it out of the address', async () => {
    const { asked, page } = await open('#SECRET')
    const { socket } = openBridge(page)
    await once(socket, 'open')
    expect(asked).toEqual(['/bridge?watch kiosk.v1 SECRET', 'address /'])
    socket.close()
  })
  it('without a token just opens the bridge: the cookie may be there', async () => {
    const { asked, page } = await open('')
    const { socket } = openBridge(page)
    await once(socket, 'open')
    expect(asked).toEqual(['/bridge?watch kiosk.v1'])
    socket.close()
  })
  it('keeps the token for the next try when the bridge does not open', async () => {
    const { asked, page } = await open('#SECRET', 'refuses')
    await once(openBridge(page).socket, 'close')
    expect(asked).toContain('/bridge?watch kiosk.v1 SECRET')
    expect(asked).not.toContain('address /')
  })
  it('fails its calls when the bridge does not open', async () => {
    const { page } = await open('', 'refuses')
    const { client } = await openBrowserChannel(page)
    await expect(client.citizen.watch()).rejects.toThrow('not open')
  })
  it('does not come back after another page took its place', async () => {
    const { asked, page, server } = await open('')
    const { socket } = openBridge(page)
    await once(socket, 'open')
    const [client] = server.clients
    const gone = once(socket, 'close')
    client?.close(4000, 'replaced')
    await gone
    const outcome = await Promise.race([
      openBrowserChannel(page).then(() => 'opened'),
      new Promise((resolve) => setImmediate(() => resolve('waits'))),
    ])
    expect(outcome).toBe('waits')
    expect(asked).toHaveLength(1)
  })
})

describe('a bridge that was opened early', () => {
  it('gives its first call what the core said before it was made, and what it says after', async () => {
    const { asked, page, server } = await open('')
    server.on('connection', (client) => {
      for (const frame of answer.slice(0, 2)) client.send(frame)
      client.on('message', () => client.send(answer[2] ?? ''))
    })
    const early = openBridge(page)
    await heard(early.socket, 2)
    const { client, close } = await openBrowserChannel(page, early)
    const updates = await client.citizen.watch()
    expect((await updates.next()).value).toEqual({ seq: 0 })
    expect((await updates.next()).value).toEqual({ seq: 1 })
    expect(asked).toHaveLength(1)
    close()
  })
  it('is left for another where it has been closed meanwhile', async () => {
    const { asked, page, server } = await open('')
    const early = openBridge(page)
    await once(early.socket, 'open')
    const gone = once(early.socket, 'close')
    for (const client of server.clients) client.terminate()
    await gone
    server.on('connection', (client) => {
      for (const frame of answer) client.send(frame)
    })
    const { client, close } = await openBrowserChannel(page, early)
    expect((await (await client.citizen.watch()).next()).value).toEqual({ seq: 0 })
    expect(asked).toHaveLength(2)
    close()
  })
})
