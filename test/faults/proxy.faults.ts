import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFaultProxy, PROXY_LIMITS, type FaultProxy } from './proxy.ts'

/** Says back what it hears. */
let echo: Server
let heard: Buffer[]
let proxy: FaultProxy
const clients: Socket[] = []

beforeEach(async () => {
  const mine: Buffer[] = []
  heard = mine
  echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      mine.push(Buffer.from(bytes))
      socket.write(bytes)
    })
  })
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  proxy = await createFaultProxy(address.port)
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await proxy.close()
  echo.close()
})

async function dial(): Promise<Socket> {
  const client = connect(proxy.port, '127.0.0.1')
  clients.push(client)
  await once(client, 'connect')
  return client
}

/** Reads until so many bytes have come, or to the end. */
async function read(client: Socket, length: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of client.iterator({ destroyOnReturn: false })) {
    pieces.push(Buffer.from(piece))
    if (Buffer.concat(pieces).length >= length) break
  }
  return Buffer.concat(pieces)
}

describe('the network between', () => {
  it('passes bytes on as they are', async () => {
    const client = await dial()
    const bytes = Buffer.alloc(1_000_000, 'một cửa ')
    client.write(bytes)
    expect((await read(client, bytes.length)).equals(bytes)).toBe(true)
    expect(proxy.stats()).toMatchObject({ up: bytes.length, down: bytes.length, connections: 1 })
  })

  it('is late by the latency of both directions', async () => {
    await proxy.setWeather({ up: { latencyMs: 40 }, down: { latencyMs: 40 } })
    const client = await dial()
    const began = performance.now()
    client.write('x')
    await read(client, 1)
    expect(performance.now() - began).toBeGreaterThanOrEqual(79)
  })

  it('keeps to its bandwidth', async () => {
    await proxy.setWeather({ up: { bytesPerSecond: 200_000 } })
    const client = await dial()
    const began = performance.now()
    client.write(Buffer.alloc(60_000))
    await read(client, 60_000)
    expect(performance.now() - began).toBeGreaterThan(200)
  })

  it('drips byte by byte', async () => {
    await proxy.setWeather({ down: { bytesPerSecond: 100 } })
    const client = await dial()
    const pieces: number[] = []
    client.on('data', (bytes) => pieces.push(bytes.length))
    const began = performance.now()
    client.write('0123456789')
    while (pieces.reduce((sum, n) => sum + n, 0) < 10) await once(client, 'data')
    expect(performance.now() - began).toBeGreaterThan(45)
  })

  it('cuts in the middle of what the client says', async () => {
    await proxy.setWeather({ up: { cutAfterBytes: 10 } })
    const client = await dial()
    const failed = once(client, 'error')
    client.write('0123456789abcdef')
    const [error] = await failed
    expect(error).toMatchObject({ code: 'ECONNRESET' })
    expect(Buffer.concat(heard).toString()).not.toContain('a')
    expect(proxy.stats().up).toBe(10)
  })

  it('cuts in the middle of the answer', async () => {
    await proxy.setWeather({ down: { cutAfterBytes: 4 }, cut: 'close' })
    const client = await dial()
    client.write('0123456789')
    expect((await read(client, 10)).toString()).toBe('0123')
    expect(Buffer.concat(heard).toString()).toBe('0123456789')
  })

  it('goes silent while running, and wakes again', async () => {
    const client = await dial()
    client.write('a')
    expect((await read(client, 1)).toString()).toBe('a')
    await proxy.setWeather({ up: { silent: true }, down: { silent: true } })
    client.write('b')
    expect(client.readyState).toBe('open')
    await proxy.setWeather({})
    expect((await read(client, 1)).toString()).toBe('b')
  })

  it('holds back no more than its bound, however much the sender has', async () => {
    await proxy.setWeather({ up: { silent: true } })
    const client = await dial()
    const pressed = once(client, 'drain')
    client.write(Buffer.alloc(8_000_000))
    await expect
      .poll(() => proxy.stats().heldMax)
      .toBeGreaterThanOrEqual(PROXY_LIMITS.HELD_MAX_BYTES)
    expect(proxy.stats().heldMax).toBeLessThan(PROXY_LIMITS.HELD_MAX_BYTES + 128 * 1024)
    client.on('data', () => {})
    await proxy.setWeather({})
    await pressed
  })

  it('refuses connections, and takes them again on the same port', async () => {
    await proxy.setWeather({ refuse: true })
    const refused = connect(proxy.port, '127.0.0.1')
    const [error] = await once(refused, 'error')
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
    await proxy.setWeather({})
    const client = await dial()
    client.write('a')
    expect((await read(client, 1)).toString()).toBe('a')
  })

  it('resets what is open', async () => {
    const client = await dial()
    client.write('a')
    await read(client, 1)
    const failed = once(client, 'error')
    proxy.resetAll()
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' })
  })
})
