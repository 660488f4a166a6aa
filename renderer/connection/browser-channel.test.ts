import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
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
      asked.push(`bridge ${req.url ?? ''} ${String(req.headers['sec-websocket-protocol'])}`)
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
    fetch: (path: string, init: RequestInit) => {
      asked.push(`${init.method ?? ''} ${path} ${JSON.stringify(init.body)}`)
      return Promise.resolve(new Response(null, { status: 204 }))
    },
    openSocket: (url: string, protocol: string) => new WebSocket(url, protocol),
  }
  return { asked, page, server }
}

describe('in the browser shell', () => {
  it('exchanges the token, takes it out of the address, then opens the bridge', async () => {
    const { asked, page } = await open('#SECRET')
    const channel = await openBrowserChannel(page)
    expect(asked).toEqual(['POST /session "SECRET"', 'address /', 'bridge /bridge kiosk.v1'])
    channel.close()
  })
  it('without a token just opens the bridge: the cookie may be there', async () => {
    const { asked, page } = await open('')
    const channel = await openBrowserChannel(page)
    expect(asked).toEqual(['bridge /bridge kiosk.v1'])
    channel.close()
  })
  it('fails when the bridge does not open', async () => {
    const { page } = await open('', 'refuses')
    await expect(openBrowserChannel(page)).rejects.toThrow('closed')
  })
  it('does not come back after another page took its place', async () => {
    const { asked, page, server } = await open('')
    await openBrowserChannel(page)
    const [client] = server.clients
    const gone = client && once(client, 'close')
    client?.close(4000, 'replaced')
    await gone
    await new Promise((resolve) => setImmediate(resolve))
    const outcome = await Promise.race([
      openBrowserChannel(page).then(() => 'opened'),
      new Promise((resolve) => setImmediate(() => resolve('waits'))),
    ])
    expect(outcome).toBe('waits')
    expect(asked).toHaveLength(1)
  })
  it('keeps the token for the next try when the host could not be reached', async () => {
    const { asked, page } = await open('#SECRET')
    const away = { ...page, fetch: () => Promise.reject(new Error('away')) }
    await expect(openBrowserChannel(away)).rejects.toThrow('away')
    expect(asked).toEqual([])
  })
})
