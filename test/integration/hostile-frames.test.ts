import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { openBridge, openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'

/** Whatever reaches the port of a running core: it refuses it, and goes on serving. */

/** Stands in every hostile input, and must not come out in a log. */
const SECRET = '083090000000'

let dir = ''
let kiosk: KioskProcess
let url = ''
let core: number | undefined

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-frames-'))
  await putProfile(dir, realProfile())
  kiosk = startKiosk(['--headless', '--data-dir', dir])
  url = await kiosk.url
  core = await kiosk.corePid()
})
afterAll(async () => {
  await kiosk.close()
  await rm(dir, { recursive: true, force: true, maxRetries: 3 })
})

/** The page still gets its view and its answers. */
async function serves(): Promise<boolean> {
  const page = await openPage(url)
  try {
    await page.see(() => true)
    return (await page.client.citizen.search({ words: 'khai sinh' })).length > 0
  } finally {
    page.close()
  }
}

/** What a core shows that took no harm. */
const unharmed = { serves: true, sameCore: true, secretSaid: false, cries: [] }

async function harm() {
  return {
    serves: await serves(),
    sameCore: core !== undefined && (await kiosk.corePid()) === core,
    secretSaid: kiosk.said.join('\n').includes(SECRET),
    // Its own lines are JSON; a stack or a word of the shell is not.
    cries: kiosk.said.filter((line) => !line.startsWith('{')),
  }
}

/** Sends frames on a bridge of their own; done when the core has seen them or closed it. */
async function throwAt(frames: readonly (string | Uint8Array)[]): Promise<void> {
  const socket = await openBridge(url)
  const closed = once(socket, 'close')
  for (const frame of frames) socket.send(frame)
  if (socket.readyState === socket.OPEN) {
    socket.ping()
    await Promise.race([once(socket, 'pong'), closed])
  }
  socket.terminate()
  await closed
}

const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(SECRET), fc.string())
const path = fc.oneof(
  fc.constantFrom(
    '/citizen/act',
    '/citizen/watch',
    '/citizen/search',
    '/staff/outbox/list',
    '/staff/outbox/withdraw',
    '/staff/outbox/export',
    '/training/killCore',
    '/training/scan',
    '/__proto__/constructor',
    '/citizen/toString',
    '/citizen',
    '/',
    '//',
    '/%',
    '/citizen/search?data=%7B%22json%22',
  ),
  fc.webPath(),
  words,
)
const action = fc.record(
  {
    type: fc.constantFrom('start', 'answer', 'choose', 'declare', 'finish', 'display', '__proto__'),
    key: words,
    code: words,
    value: fc.jsonValue({ maxDepth: 3 }),
    display: fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: ['type'] },
)
/** What the codec of the calls looks at: values, and which of them are dates, maps, files. */
const body = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc.record(
    {
      json: fc.oneof(
        fc.record({ commandId: fc.oneof(fc.uuid(), words), action }),
        fc.record({ words }),
        fc.jsonValue(),
      ),
      meta: fc.oneof(
        fc.array(
          fc.array(fc.oneof(fc.integer({ min: -1, max: 9 }), words, fc.constant('__proto__'))),
          { maxLength: 4 },
        ),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      maps: fc.jsonValue({ maxDepth: 3 }),
    },
    { requiredKeys: [] },
  ),
)
const nearlyCall = fc
  .record(
    {
      i: fc.oneof(fc.constantFrom('1', '2'), words, fc.integer()),
      t: fc.oneof(fc.integer({ min: -1, max: 9 }), words),
      p: fc.record(
        {
          u: path,
          m: fc.oneof(fc.constantFrom('GET', 'POST', 'TRACE'), words),
          h: fc.dictionary(fc.oneof(fc.constant('last-event-id'), words), fc.jsonValue()),
          b: body,
        },
        { requiredKeys: ['u'] },
      ),
    },
    { requiredKeys: ['i'] },
  )
  .map((frame) => JSON.stringify(frame))

/** Passes for a call at the door; what it asks for and with what is another matter. */
const wellFormed = fc
  .record({
    i: fc.oneof(fc.constantFrom('1', '2'), fc.string({ minLength: 1, maxLength: 64 })),
    p: fc.record(
      {
        u: path.map((text) => (text.startsWith('/') ? text : `/${text}`).slice(0, 256)),
        m: fc.constantFrom('GET', 'POST'),
        h: fc.record({ 'last-event-id': fc.string({ maxLength: 64 }) }),
        b: body,
      },
      { requiredKeys: ['u', 'b'] },
    ),
  })
  .map((frame) => JSON.stringify(frame))

describe('frames that no page of ours sends', () => {
  test('garbage, as text and as bytes', async () => {
    const garbage = fc.oneof(words, fc.json(), fc.uint8Array({ maxLength: 64 }))
    await fc.assert(fc.asyncProperty(fc.array(garbage, { minLength: 1, maxLength: 4 }), throwAt), {
      numRuns: 60,
    })
    expect(await harm()).toEqual(unharmed)
  })

  test('calls that are wrong somewhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nearlyCall, { minLength: 1, maxLength: 6 }), throwAt),
      { numRuns: 150 },
    )
    expect(await harm()).toEqual(unharmed)
  })

  test('calls that are well formed and mean mischief', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wellFormed, { minLength: 1, maxLength: 6 }), throwAt),
      { numRuns: 400 },
    )
    expect(await harm()).toEqual(unharmed)
  })

  test('orders that only staff may give', async () => {
    const stick = join(dir, 'stick')
    const order = {
      commandId: '0190a000-0000-7000-8000-000000000001',
      actor: 'technician',
      dir: stick,
      publicKey: SECRET,
      clientRefs: null,
    }
    const socket = await openBridge(url)
    const answers: string[] = []
    socket.on('message', (data) => answers.push(Buffer.isBuffer(data) ? data.toString() : ''))
    for (const [at, name] of ['export', 'import', 'list', 'overview', 'transferKey'].entries()) {
      const call = { i: String(at), p: { u: `/staff/outbox/${name}`, b: { json: order } } }
      socket.send(JSON.stringify(call))
      await once(socket, 'message')
    }
    socket.terminate()
    expect(answers).toEqual(answers.map(() => expect.stringContaining('FORBIDDEN')))
    expect(existsSync(stick)).toBe(false)
    expect(await harm()).toEqual(unharmed)
  })

  test('calls cut off anywhere', async () => {
    const whole = JSON.stringify({
      i: '1',
      p: { u: '/citizen/search', b: { json: { words: SECRET } } },
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), (end) =>
        throwAt([whole.slice(0, end)]),
      ),
      { numRuns: 30 },
    )
    expect(await harm()).toEqual(unharmed)
  })

  test('a hundred subscriptions, calls and ends under one name', async () => {
    const frames = Array.from({ length: 100 }, (_, at) =>
      at % 3 === 2
        ? JSON.stringify({ i: '1', t: 4 })
        : JSON.stringify({ i: '1', p: { u: at % 3 === 0 ? '/citizen/watch' : '/citizen/search' } }),
    )
    await throwAt(frames)
    expect(await harm()).toEqual(unharmed)
  })
})

/** Sends bytes to the port and gives the first line that comes back, '' if none does. */
async function askRaw(text: string | Uint8Array, leave: 'at once' | 'politely'): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (piece) => (answer += piece.toString('latin1')))
  socket.on('error', () => {})
  await once(socket, 'connect')
  const closed = once(socket, 'close')
  await new Promise((resolve) => socket.write(text, resolve))
  if (leave === 'at once') socket.resetAndDestroy()
  else socket.end()
  await closed
  return answer.split('\r\n')[0] ?? ''
}

describe('requests that no page of ours makes', () => {
  const head = () => {
    const { host, origin } = new URL(url)
    return `Host: ${host}\r\nOrigin: ${origin}\r\n`
  }

  /** A handshake with this for a token. */
  const handshake = (token: string) =>
    `GET /bridge?watch HTTP/1.1\r\n${head()}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n` +
    `Sec-WebSocket-Protocol: kiosk.v1, ${token}\r\n\r\n`

  test.each<[string, () => string, string]>([
    ['a path that is none', () => `GET // HTTP/1.1\r\n${head()}\r\n`, 'HTTP/1.1 404 Not Found'],
    ['half a letter', () => `GET /%E0%A4 HTTP/1.1\r\n${head()}\r\n`, 'HTTP/1.1 404 Not Found'],
    [
      'an upgrade to nowhere',
      () => `GET // HTTP/1.1\r\n${head()}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      'HTTP/1.1 403 Forbidden',
    ],
    ['a token that is none', () => handshake(`${SECRET}, ,`), 'HTTP/1.1 403 Forbidden'],
    [
      'a token without end',
      () => handshake(SECRET.repeat(2_000)),
      'HTTP/1.1 431 Request Header Fields Too Large',
    ],
    [
      'chunks that are none',
      () => `POST / HTTP/1.1\r\n${head()}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      'HTTP/1.1 400 Bad Request',
    ],
    ['the first bytes of TLS', () => '\x16\x03\x01\x02', 'HTTP/1.1 400 Bad Request'],
  ])('%s', async (_what, request, status) => {
    expect(await askRaw(request(), 'politely')).toBe(status)
    expect(await harm()).toEqual(unharmed)
  })

  test('a sender that goes away in the middle of the token', async () => {
    const request = handshake(SECRET).slice(0, -4)
    for (let time = 0; time < 5; time += 1) {
      expect(await askRaw(request, 'at once')).toBe('')
    }
    expect(await harm()).toEqual(unharmed)
  })

  test('noise', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.constantFrom('at once' as const, 'politely' as const),
        async (bytes, leave) => void (await askRaw(bytes, leave)),
      ),
      { numRuns: 150 },
    )
    expect(await harm()).toEqual(unharmed)
  })
})
