import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortalClient } from './client.ts'
import { pinOf, tlsCause, type PortalTls } from './connect.ts'
import { makeCertificate } from './testing.ts'

const clientRef = '01a94a5b-6a00-7000-8000-000000000001'
const key = generateKeyPairSync('ed25519')
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString()
const days = (count: number) => new Date(Date.now() + count * 86_400_000)

/** Sends a filing to a portal with this certificate; says what came of it and who got anything. */
async function sendTo(certificate: ReturnType<typeof makeCertificate>, tls: PortalTls) {
  let requests = 0
  const server = createServer(certificate, (request, response) => {
    requests += 1
    request.resume()
    const headers = { 'x-filing-gateway': '1', 'content-type': 'application/json' }
    response.writeHead(500, headers).end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const client = createPortalClient({
    url: `https://127.0.0.1:${address.port}`,
    kioskId: 'kiosk-1',
    receiptKeys: { k1: key },
    tls,
  })
  if (!client.ok) throw new Error(client.error.code)
  onTestFinished(async () => {
    await client.value.close()
    server.close()
    server.closeAllConnections()
  })
  const sent = await client.value.send(clientRef, Buffer.from('{}'))
  const health = await client.value.health()
  return { sent, health, requests }
}

const good = makeCertificate()
const pin = pinOf(new X509Certificate(good.cert).raw)

describe('a portal that proves itself', () => {
  it.each([
    ['by the profile’s authority', { ca: good.cert }],
    ['by authority and pin', { ca: good.cert, pins: ['other', pin] }],
  ])('gets the filing: %s', async (_, tls) => {
    const { sent, requests } = await sendTo(good, tls)
    expect(sent).toMatchObject({ kind: 'in-doubt', cause: 'http-500' })
    expect(requests).toBe(2)
  })
})

describe('a portal that does not prove itself gets no byte of a filing', () => {
  const expired = makeCertificate({ from: days(-10), to: days(-5) })
  const early = makeCertificate({ from: days(5), to: days(10) })
  const elsewhere = makeCertificate({ host: 'portal.invalid' })
  it.each([
    ['unknown authority', good, {}, 'tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['other authority', good, { ca: makeCertificate().cert }, 'tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong host', elsewhere, { ca: elsewhere.cert }, 'tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['foreign pin', good, { ca: good.cert, pins: [`${pin}x`] }, 'tls', 'PIN_MISMATCH'],
    ['expired', expired, { ca: expired.cert }, 'clock', 'CERT_HAS_EXPIRED'],
    ['not valid yet', early, { ca: early.cert }, 'clock', 'CERT_NOT_YET_VALID'],
  ])('%s', async (_, certificate, tls, cause, detail) => {
    const { sent, health, requests } = await sendTo(certificate, tls)
    expect(sent).toEqual({ kind: 'hold', cause, detail })
    expect(health).toEqual({ kind: 'away', cause: detail, hold: cause })
    expect(requests).toBe(0)
  })
})

it('does not take other trouble for one of TLS', () => {
  expect(
    ['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_CONNECT_TIMEOUT', 'unknown'].map(tlsCause),
  ).toEqual([null, null, null, null])
})
