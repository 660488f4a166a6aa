import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { TokenProvider } from './authorization.ts'
import { createPortalClient, type PortalClientOptions } from './client.ts'
import type { ExchangeTimeouts } from './exchange.ts'
import { makeCertificate } from './testing.ts'

const clientRef = '01a94a5b-6a00-7000-8000-000000000001'
const body = Buffer.from('{}')
const digest = createHash('sha256').update(body).digest('hex')
const key = generateKeyPairSync('ed25519')
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString()
const marked = { 'x-filing-gateway': '1', 'content-type': 'application/json' }

/** A client of whatever answers like this on a real socket. */
const clientOf = (listener: RequestListener, timeouts: Partial<ExchangeTimeouts> = {}) =>
  clientOfServer(createServer(listener), { timeouts })

async function clientOfServer(server: Server, more: Partial<PortalClientOptions>) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return clientAt(`http://127.0.0.1:${address.port}`, more)
}

function clientAt(url: string, more: Partial<PortalClientOptions> = {}) {
  const client = createPortalClient({ url, kioskId: 'kiosk-1', receiptKeys: { k1: key }, ...more })
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
    ['a proxy that wants a password', 401, { 'content-type': 'text/html' }, ''],
  ])('met something else than the portal: %s', async (_, status, headers, text) => {
    const client = await answering(status, headers, text)
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'not-the-portal' })
  })

  it.each([
    ['no receipt', 201, '{}'],
    ['no JSON at all', 200, 'true story'],
    ['nothing', 200, ''],
    ['an error', 500, problem('unavailable')],
    ['a processing without a state', 202, '{}'],
    ['an unknown reference', 404, problem('unknown-client-ref')],
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

  it('is in doubt behind a proxy that gave up, and rests as it asks', async () => {
    const client = await answering(503, { 'retry-after': '7' }, '')
    expect(await client.send(clientRef, body)).toEqual({
      kind: 'in-doubt',
      cause: 'no-marker-503',
      answered: false,
      retryAfterMs: 7000,
    })
  })

  it('is too large for a proxy', async () => {
    const client = await answering(413, { 'content-type': 'text/html' }, '<p>Too large')
    expect(await client.send(clientRef, body)).toMatchObject({
      kind: 'refused',
      problem: 'too-large',
    })
  })

  it.each([
    [400, problem('malformed'), 'contract', 'malformed'],
    [404, '{}', 'contract', 'http-404'],
    [405, '', 'contract', 'http-405'],
    [415, '', 'contract', 'http-415'],
    [401, problem('unauthorized'), 'credentials', 'unauthorized'],
    [403, problem('kiosk-disabled'), 'forbidden', 'kiosk-disabled'],
  ])('is not to blame for %i %s', async (status, text, cause, detail) => {
    const client = await answering(status, { ...marked, 'content-length': `${text.length}` }, text)
    expect(await client.send(clientRef, body)).toEqual({ kind: 'hold', cause, detail })
    expect(await client.status(clientRef, 'ab'.repeat(32))).toEqual({ kind: 'hold', cause, detail })
  })

  it('is told where it is wrong', async () => {
    const fields = [{ pointer: '/form/purpose.text', code: 'missing' }]
    const client = await answering(422, marked, problem('validation', { fields }))
    expect(await client.send(clientRef, body)).toEqual({
      kind: 'refused',
      problem: 'validation',
      errors: [],
      fields,
    })
    const mismatch = problem('attachment-mismatch', { attachments: ['scan-1'] })
    const other = await answering(422, marked, mismatch)
    expect(await other.send(clientRef, body)).toMatchObject({ attachments: ['scan-1'] })
  })

  it.each([
    ['itself', clientRef, digest, { kind: 'processing', pollAfterMs: 3000 }],
    [
      'another filing',
      '01a94a5b-6a00-7000-8000-000000000002',
      digest,
      { cause: 'status-other-filing' },
    ],
    ['other bytes', clientRef, 'ab'.repeat(32), { cause: 'status-other-bytes' }],
  ])('is processed only if the portal means %s', async (_, ref, bodySha256, outcome) => {
    const text = JSON.stringify({ state: 'processing', clientRef: ref, bodySha256 })
    const client = await answering(202, { ...marked, 'retry-after': '3' }, text)
    expect(await client.send(clientRef, body)).toMatchObject(outcome)
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
    expect(await ask(404, marked, '{}')).toMatchObject({ kind: 'hold', cause: 'contract' })
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

describe('a question for many', () => {
  const refs = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      clientRef: `01a94a5b-6a00-7000-8000-${String(n).padStart(12, '0')}`,
      bodySha256: digest,
    }))

  /** A portal that answers at most `most` references at a time: absent. */
  const absentee = (most: number, seen: number[]) =>
    clientOf((request, response) => {
      let text = ''
      request.on('data', (piece) => (text += String(piece)))
      request.on('end', () => {
        const { clientRefs } = z.object({ clientRefs: z.array(z.string()) }).parse(JSON.parse(text))
        seen.push(clientRefs.length)
        const filings = clientRefs
          .slice(0, most)
          .map((ref) => ({ state: 'absent', clientRef: ref }))
        response.writeHead(200, marked).end(JSON.stringify({ filings }))
      })
    })

  it('goes out in hundreds, and again for what was left out', async () => {
    const seen: number[] = []
    const client = await absentee(80, seen)
    const outcomes = await client.statusOf(refs(150))
    expect(outcomes.size).toBe(150)
    expect(new Set([...outcomes.values()].map(({ kind }) => kind))).toEqual(new Set(['absent']))
    expect(seen).toEqual([100, 70])
  })

  it('ends when a portal leaves out everything', async () => {
    const seen: number[] = []
    const client = await absentee(0, seen)
    const outcomes = await client.statusOf(refs(101))
    expect([...outcomes.values()]).toEqual(
      refs(101).map(() => ({ kind: 'unknown', cause: 'left-out' })),
    )
    expect(seen).toEqual([100, 1])
  })

  it('takes no two words on one filing, and none on a filing it did not ask for', async () => {
    const [one] = refs(1)
    const said = [
      { state: 'absent', clientRef: one?.clientRef },
      { state: 'withdrawn', clientRef: one?.clientRef },
      { state: 'absent', clientRef },
    ]
    const client = await answering(200, marked, JSON.stringify({ filings: said }))
    expect([...(await client.statusOf(refs(1)))]).toEqual([
      [one?.clientRef, { kind: 'unknown', cause: 'status-twice' }],
    ])
  })

  it('gives every filing the same hold', async () => {
    const client = await answering(403, marked, problem('kiosk-disabled'))
    const outcomes = await client.statusOf(refs(2))
    expect([...outcomes.values()]).toMatchObject([{ cause: 'forbidden' }, { cause: 'forbidden' }])
  })
})

describe('a token', () => {
  /** A portal that takes only this token, and a provider that renews from `old` to `new`. */
  async function guarded(good: string) {
    const server = createServer((request, response) => {
      request.resume()
      const isGood = request.headers.authorization === `Bearer ${good}`
      response.writeHead(isGood ? 500 : 401, marked)
      response.end(problem(isGood ? 'unavailable' : 'unauthorized'))
    })
    let current = 'old'
    let renewed = 0
    const tokens: TokenProvider = {
      token: async () => current,
      async refresh() {
        renewed += 1
        current = 'new'
        return current
      },
    }
    const client = await clientOfServer(server, { tokens })
    return { client, renewed: () => renewed }
  }

  it('is renewed once for all who find it refused', async () => {
    const { client, renewed } = await guarded('new')
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => client.send(clientRef, body)),
    )
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 5 }, () => 'in-doubt'))
    expect(renewed()).toBe(1)
  })

  it('that is refused again holds everything', async () => {
    const { client, renewed } = await guarded('another')
    expect(await client.send(clientRef, body)).toMatchObject({ kind: 'hold', cause: 'credentials' })
    expect(renewed()).toBe(1)
  })

  it('that cannot be had sends nothing', async () => {
    const none = async (): Promise<string> => Promise.reject(new Error('issuer away'))
    const server = createServer((_, response) => response.writeHead(500, marked).end('{}'))
    const client = await clientOfServer(server, { tokens: { token: none, refresh: none } })
    expect(await client.send(clientRef, body)).toEqual({ kind: 'not-sent', cause: 'no-token' })
  })
})

describe('the sign of life', () => {
  it('needs the nonce back', async () => {
    const echo = await clientOf((request, response) => {
      const nonce = new URL(request.url ?? '', 'http://x').searchParams.get('nonce')
      response.writeHead(200, marked).end(JSON.stringify({ status: 'ok', nonce }))
    })
    expect(await echo.health()).toMatchObject({ kind: 'reachable' })
    const parrot = await answering(200, marked, JSON.stringify({ status: 'ok', nonce: 'old' }))
    expect(await parrot.health()).toMatchObject({ kind: 'away' })
  })
})

describe('a profile’s portal', () => {
  const options = { url: 'http://127.0.0.1:1', kioskId: 'k', receiptKeys: { k1: key } }
  const { cert } = makeCertificate()
  it.each([
    [{ url: 'portal' }, { code: 'bad-url' }],
    [{ url: 'ftp://portal.invalid' }, { code: 'bad-url' }],
    [{ receiptKeys: {} }, { code: 'no-receipt-key' }],
    [{ tls: { ca: 'no certificate' } }, { code: 'bad-ca' }],
    [{ tls: { ca: cert + cert.slice(0, 200) } }, { code: 'bad-ca' }],
    [{ tls: { ca: cert } }, { code: 'needs-https' }],
    [{ tls: { pins: ['any'] } }, { code: 'needs-https' }],
    [{ receiptKeys: { k2: 'x' } }, { code: 'bad-receipt-key', keyId: 'k2' }],
  ])('is refused: %#', (change, error) => {
    expect(createPortalClient({ ...options, ...change })).toEqual({ ok: false, error })
  })
})
