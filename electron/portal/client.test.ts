import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortalClient } from './client.ts'
import { retryAfterMs, type ExchangeTimeouts } from './exchange.ts'

const clientRef = '01a94a5b-6a00-7000-8000-000000000001'
const body = Buffer.from('{}')
const key = generateKeyPairSync('ed25519')
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString()
const marked = { 'x-filing-gateway': '1', 'content-type': 'application/json' }

/** A client of whatever answers like this on a real socket. */
async function clientOf(listener: RequestListener, timeouts: Partial<ExchangeTimeouts> = {}) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return clientAt(`http://127.0.0.1:${address.port}`, timeouts)
}

function clientAt(url: string, timeouts: Partial<ExchangeTimeouts> = {}) {
  const client = createPortalClient({ url, kioskId: 'kiosk-1', receiptKeys: { k1: key }, timeouts })
  if (!client.ok) throw new Error(client.error.code)
  onTestFinished(() => client.value.close())
  return client.value
}

/** A client of a portal that always gives this answer. */
const answering = (status: number, headers: Record<string, string>, text: string) =>
  clientOf((request, response) => {
    request.resume()
    response.writeHead(status, headers).end(text)
  })

const problem = (type: string, more: object = {}) => JSON.stringify({ type, ...more })

describe('a filing that is sent', () => {
  it('goes out as the contract says', async () => {
    const seen: unknown[] = []
    const client = await clientOf((request, response) => {
      const { headers, method, url } = request
      request.on('data', (piece) => seen.push([method, url, String(piece)]))
      request.on('end', () => {
        seen.push([headers['idempotency-key'], headers['x-kiosk-id'], headers['content-digest']])
        response.writeHead(500, marked).end('{}')
      })
    })
    await client.send(clientRef, body)
    expect(seen).toEqual([
      ['PUT', `/v1/filings/${clientRef}`, '{}'],
      [clientRef, 'kiosk-1', 'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:'],
    ])
  })

  it.each([
    ['a login page', 200, { 'content-type': 'text/html' }, '<p>Log in'],
    ['unmarked JSON', 200, { 'content-type': 'application/json' }, '{}'],
    ['marked HTML', 200, { ...marked, 'content-type': 'text/html' }, '<p>hello'],
    ['a redirect', 302, { location: 'http://login.invalid/' }, ''],
    ['a marked redirect', 307, { ...marked, location: 'http://login.invalid/' }, ''],
    ['a network that wants a login', 511, { 'content-type': 'text/html' }, ''],
    ['a proxy that knows no such page', 404, { 'content-type': 'text/html' }, ''],
  ])('met something else than the portal: %s', async (_, status, headers, text) => {
    const client = await answering(status, headers, text)
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'not-the-portal' })
  })

  it.each([
    ['no receipt', 201, '{}'],
    ['no JSON at all', 200, 'true story'],
    ['nothing', 200, ''],
    ['an error', 500, problem('unavailable')],
    ['a page that the portal does not have', 404, '{}'],
    ['a conflict without a reason', 409, '{}'],
    ['a refusal without a known reason', 422, problem('mood')],
  ])('is in doubt when the portal answers %s', async (_, status, text) => {
    const client = await answering(status, marked, text)
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'in-doubt', answered: true })
  })

  it('is in doubt behind a proxy that lost its portal', async () => {
    const client = await answering(502, { 'content-type': 'text/html' }, '<p>Bad gateway')
    expect(await client.send(clientRef, body)).toEqual({
      kind: 'in-doubt',
      cause: 'no-marker-502',
      answered: false,
    })
  })

  it.each([
    [409, 'digest-conflict'],
    [410, 'withdrawn'],
    [413, 'too-large'],
    [422, 'validation'],
    [422, 'idempotency-mismatch'],
  ])('is refused with %i %s', async (status, type) => {
    const client = await answering(status, marked, problem(type, { errors: ['form.purpose'] }))
    expect(await client.send(clientRef, body)).toEqual({
      kind: 'refused',
      problem: type,
      errors: ['form.purpose'],
    })
  })

  it.each([
    ['in progress', 409, { 'retry-after': '7' }, problem('in-progress'), 7000, 'filing'],
    ['processing', 202, {}, '', 5000, 'filing'],
    ['too many', 429, { 'retry-after': '0' }, '', 1000, 'portal'],
    ['overloaded for ages', 503, { 'retry-after': '999999999' }, '', 3_600_000, 'portal'],
  ])('waits when the portal says %s', async (_, status, more, text, ms, scope) => {
    const client = await answering(status, { ...marked, ...more }, text)
    expect(await client.send(clientRef, body)).toEqual({ kind: 'wait', ms, scope })
  })

  it('was not sent where nothing listens', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    server.close()
    await once(server, 'close')
    if (address === null || typeof address === 'string') throw new Error('no port')
    expect(await clientAt(`http://127.0.0.1:${address.port}`).send(clientRef, body)).toEqual({
      kind: 'not-sent',
      cause: 'ECONNREFUSED',
    })
  })

  it('was not sent where the name does not exist', async () => {
    expect(await clientAt('http://portal.invalid').send(clientRef, body)).toMatchObject({
      kind: 'not-sent',
    })
  })

  it('is in doubt when the connection breaks', async () => {
    const client = await clientOf((request) => request.socket.destroy())
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'in-doubt', answered: false })
  })

  it('is in doubt when the portal stays silent', async () => {
    const client = await clientOf((request) => void request.resume(), { HEADERS_MS: 50 })
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'in-doubt', answered: false })
  })

  it('is in doubt when the answer trickles for ever', async () => {
    const client = await clientOf(
      (request, response) => {
        request.resume()
        response.writeHead(200, marked)
        const drip = setInterval(() => response.write(' '), 5)
        response.on('close', () => clearInterval(drip))
      },
      { TOTAL_MS: 100 },
    )
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'in-doubt' })
  })

  it('is in doubt when the answer is longer than any answer of the contract', async () => {
    const client = await answering(200, marked, ' '.repeat(256 * 1024 + 1))
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'in-doubt' })
  })

  it('is in doubt when the sender gives up', async () => {
    const giveUp = new AbortController()
    const client = await clientOf((request) => {
      request.resume()
      giveUp.abort()
    })
    expect(await client.send(clientRef, body, giveUp.signal)).toMatchObject({ kind: 'in-doubt' })
  })
})

describe('the question after a filing', () => {
  const ask = async (status: number, headers: Record<string, string>, text: string) =>
    (await answering(status, headers, text)).status(clientRef, 'ab'.repeat(32))

  it('takes only the portal’s own word for "absent"', async () => {
    expect(await ask(404, marked, problem('unknown-client-ref'))).toEqual({ kind: 'absent' })
    expect(await ask(404, marked, '{}')).toMatchObject({ kind: 'unknown' })
    expect(
      await ask(404, { 'content-type': 'text/html' }, problem('unknown-client-ref')),
    ).toMatchObject({ kind: 'unknown' })
  })

  it('takes no unverified receipt', async () => {
    const receipt = {
      clientRef,
      dossierCode: 'H19.99-1',
      receivedAt: '2026-11-21T03:00:00Z',
      bodySha256: 'ab'.repeat(32),
      attachments: [],
      keyId: 'k1',
      signature: Buffer.alloc(64).toString('base64'),
    }
    expect(await ask(200, marked, JSON.stringify({ state: 'accepted', receipt }))).toEqual({
      kind: 'unknown',
      cause: 'receipt-signature',
    })
  })
})

describe('the sign of life', () => {
  it('needs the nonce back', async () => {
    const echo = await clientOf((request, response) => {
      const nonce = new URL(request.url ?? '', 'http://x').searchParams.get('nonce')
      response.writeHead(200, marked).end(JSON.stringify({ status: 'ok', nonce }))
    })
    expect(await echo.health()).toEqual({ kind: 'reachable' })
    const parrot = await answering(200, marked, JSON.stringify({ status: 'ok', nonce: 'old' }))
    expect(await parrot.health()).toMatchObject({ kind: 'away' })
  })
})

describe('a profile’s portal', () => {
  const options = { url: 'http://127.0.0.1:1', kioskId: 'k', receiptKeys: { k1: key } }
  it.each([
    [{ url: 'portal' }, { code: 'bad-url' }],
    [{ url: 'ftp://portal.invalid' }, { code: 'bad-url' }],
    [{ receiptKeys: {} }, { code: 'no-receipt-key' }],
    [{ receiptKeys: { k2: 'x' } }, { code: 'bad-receipt-key', keyId: 'k2' }],
  ])('is refused with %o', (change, error) => {
    expect(createPortalClient({ ...options, ...change })).toEqual({ ok: false, error })
  })
})

describe('Retry-After', () => {
  const date = 'Sat, 21 Nov 2026 03:00:00 GMT'
  it.each([
    ['120', date, 120_000],
    ['Sat, 21 Nov 2026 03:00:30 GMT', date, 30_000],
    ['Sat, 21 Nov 2026 02:00:00 GMT', date, 0],
    ['Sat, 21 Nov 2026 03:00:30 GMT', null, null],
    ['soon', date, null],
    ['-1', date, null],
    [null, date, null],
  ])('%s seen at %s is %s ms', (value, at, ms) => {
    expect(retryAfterMs(value, at)).toBe(ms)
  })
})
