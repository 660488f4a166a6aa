import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { accessSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readOutbox, type Submission } from '../../electron/outbox/index.ts'
import {
  filingSchema,
  MARKER,
  receiptBytes,
  type ReceiptContent,
} from '../../electron/portal/index.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import { openStoreForReading } from '../../electron/store/index.ts'
import { createTrainingScanner, type TrainingScanner } from '../../electron/training/scanner.ts'
import { inventedCard, walkToDeclare } from '../fixtures/file-dossier.ts'
import { startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'

/**
 * A kiosk as it stands in a hall: no training, a profile of its own, a scanner on a serial line,
 * and between it and the portal everything that a network can put there.
 */

const KEY_ID = 'portal-2026'
const portalKey = generateKeyPairSync('ed25519')
const strangersKey = generateKeyPairSync('ed25519')
const marked = { [MARKER.header]: MARKER.value, 'content-type': 'application/json' }

/** One filing as it came over the wire. */
interface Put {
  readonly clientRef: string
  readonly body: Buffer
}

function receipt(put: Put, change: Partial<ReceiptContent> = {}, key?: KeyObject): string {
  const content: ReceiptContent = {
    clientRef: put.clientRef,
    dossierCode: 'H19.99-20261122-0000042',
    receivedAt: '2026-11-22T08:00:00+07:00',
    bodySha256: createHash('sha256').update(put.body).digest('hex'),
    attachments: [],
    keyId: KEY_ID,
    ...change,
  }
  const signature = sign(null, receiptBytes(content), key ?? portalKey.privateKey)
  return JSON.stringify({ ...content, signature: signature.toString('base64') })
}

type Answer = (response: ServerResponse, put: Put) => void

const otherRef = '01a94a5b-6a00-7000-8000-000000000001'
const otherBytes = createHash('sha256').update('other bytes').digest('hex')

/** Answers that mean nothing, however well they look. */
const lies: Record<string, Answer> = {
  'a login page': (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Wi-Fi</h1>'),
  'a redirect to something that takes everything': (response) =>
    response.writeHead(302, { location: '/login' }).end(),
  'a receipt without the mark of a portal': (response, put) =>
    response.writeHead(201, { 'content-type': 'application/json' }).end(receipt(put)),
  'a receipt cut off in the middle': (response, put) =>
    response.writeHead(201, marked).end(receipt(put).slice(0, 120)),
  'a receipt for other bytes, well signed': (response, put) =>
    response.writeHead(201, marked).end(receipt(put, { bodySha256: otherBytes })),
  'a receipt for another filing, well signed': (response, put) =>
    response.writeHead(201, marked).end(receipt(put, { clientRef: otherRef })),
  "a receipt under a stranger's signature": (response, put) =>
    response.writeHead(201, marked).end(receipt(put, {}, strangersKey.privateKey)),
  'friendly words instead of a receipt': (response) =>
    response.writeHead(201, marked).end('{"status":"accepted","dossierCode":"H19"}'),
  'an answer without end'(response) {
    response.writeHead(201, marked)
    const piece = Buffer.alloc(64 * 1024, 'a')
    const pour = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', pour)
    pour()
  },
  'the greeting of another protocol': (response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'),
}

/** A server that lies once to each filing; the second time the test says when it tells the truth. */
async function createLiar() {
  const accepted: string[] = []
  const visits: string[] = []
  const seen = new Map<string, Buffer[]>()
  let lie: Answer = () => {}
  let second = Promise.withResolvers<{ put: Put; first: Buffer | undefined; tellTruth(): void }>()

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://portal')
    const clientRef = /^\/v1\/filings\/([^/]+)$/.exec(pathname)?.[1]
    if (pathname === '/v1/health') {
      const nonce = searchParams.get('nonce')
      response.writeHead(200, marked).end(JSON.stringify({ status: 'ok', nonce }))
    } else if (clientRef !== undefined && request.method === 'PUT') {
      void buffer(request).then((body) => answer(response, { clientRef, body }))
    } else if (clientRef !== undefined && request.method === 'GET') {
      // Asked what became of a filing after a lie: nothing, it was never taken.
      const problem = { type: 'unknown-client-ref' }
      response
        .writeHead(404, { ...marked, 'content-type': 'application/problem+json' })
        .end(JSON.stringify(problem))
    } else {
      visits.push(`${request.method} ${pathname}`)
      response.writeHead(201, marked).end('{}')
    }
  })

  function answer(response: ServerResponse, put: Put): void {
    const bodies = seen.get(put.clientRef) ?? []
    seen.set(put.clientRef, [...bodies, put.body])
    if (bodies.length === 0) return lie(response, put)
    second.resolve({
      put,
      first: bodies[0],
      tellTruth() {
        accepted.push(put.clientRef)
        response.writeHead(201, marked).end(receipt(put))
      },
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    accepted,
    /** Requests that a kiosk has no reason to make. */
    visits,
    /** The next filing gets this answer first. Resolves when it comes again. */
    lieOnce(next: Answer) {
      lie = next
      second = Promise.withResolvers()
      return second.promise
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program))
      return true
    } catch {
      return false
    }
  })
}

const missing =
  isOnPath('socat') || process.env['CI'] ? '' : ' (needs socat: apt-get install socat)'

describe.skipIf(missing)(`a real kiosk before a portal that lies${missing}`, () => {
  let dir = ''
  let portal: Awaited<ReturnType<typeof createLiar>>
  let scanner: TrainingScanner
  let kiosk: KioskProcess
  let page: PageClient

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kiosk-hostile-'))
    portal = await createLiar()
    const made = await createTrainingScanner({ dir })
    if (!made.ok) throw new Error(made.error)
    scanner = made.value
    const pem = portalKey.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    await putProfile(
      join(dir, 'data'),
      realProfile({
        portal: { url: portal.url, receiptKeys: { [KEY_ID]: pem } },
        scanner: { path: scanner.path, baud: 9600 },
      }),
    )
    kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'data')])
    page = await openPage(await kiosk.url)
  })
  afterAll(async () => {
    await kiosk.close()
    await scanner.close()
    portal.close()
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  })

  /** What the kiosk's store says of a filing. */
  async function stored(clientRef: string): Promise<Submission | undefined> {
    const store = await openStoreForReading(kioskFiles(join(dir, 'data')).store)
    if (!store.ok) throw new Error(store.error.reason)
    try {
      return readOutbox(store.value.db, 'KM7').get(clientRef)
    } finally {
      store.value.close()
    }
  }

  test.each(Object.entries(lies))(
    'takes %s for nothing, and files once',
    async (_lie, lie) => {
      const comesAgain = portal.lieOnce(lie)
      await walkToDeclare(
        page,
        () => scanner.scan(inventedCard(portal.accepted.length)),
        '1.004873',
      )
      await page.act({ type: 'declare' })
      const done = await page.screen('done')
      expect(done.delivery).toEqual({ state: 'held' })

      // It comes again with the same bytes, and nothing of it was thrown away meanwhile.
      const { put, first, tellTruth } = await comesAgain
      expect(first?.equals(put.body)).toBe(true)
      expect(filingSchema.parse(JSON.parse(put.body.toString()))).toMatchObject({
        kioskId: 'KM7',
        clientRef: put.clientRef,
        procedureCode: '1.004873',
        applicant: { name: 'Nguyễn Văn Ví Dụ' },
      })
      expect(portal.accepted).not.toContain(put.clientRef)
      expect(await stored(put.clientRef)).toMatchObject({
        state: 'SENDING',
        attempts: 2,
        dossierCode: null,
        receipt: null,
        acceptedAtMs: null,
        erasedAtMs: null,
      })
      expect((await page.screen('done')).delivery).toEqual({ state: 'held' })

      tellTruth()
      const accepted = await page.screen('done', ({ delivery }) => delivery.state !== 'held')
      expect(accepted.delivery).toEqual({
        state: 'accepted',
        dossierCode: 'H19.99-20261122-0000042',
      })
      expect(accepted.reference).toBe(done.reference)
      await page.see(({ delivery }) => delivery.waiting === 0)
      expect(await stored(put.clientRef)).toMatchObject({ state: 'ERASED' })
      await page.act({ type: 'finish' })
      await page.screen('attract')
    },
    20_000,
  )

  test('followed no redirect, and no filing arrived twice', () => {
    expect(portal.visits).toEqual([])
    expect(new Set(portal.accepted).size).toBe(Object.keys(lies).length)
    expect(portal.accepted).toHaveLength(Object.keys(lies).length)
  })

  test('said nothing of a person, and its core never died', () => {
    const said = kiosk.said.join('\n')
    for (const trace of ['Ví Dụ', '083090000000', 'Ấp Mẫu']) expect(said).not.toContain(trace)
    expect(said).not.toMatch(/^core:/m)
  })

  test('has no dock: what belongs to training does not exist', async () => {
    await expect(page.client.training.world()).rejects.toThrow('NOT_FOUND')
    await expect(page.see(({ kiosk }) => !kiosk.training)).resolves.toMatchObject({
      kiosk: { id: 'KM7', commune: 'Xã Mẫu' },
    })
  })
})
