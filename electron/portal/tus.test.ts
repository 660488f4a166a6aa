import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server as TusServer } from '@tus/server'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ok, type Result } from '../../shared/domain/result.ts'
import { newClientRef } from '../outbox/index.ts'
import { createSandboxPortal, type SandboxPortal } from '../training/portal/index.ts'
import { createPortalClient, MARKER, type PaperUpload, type UploadOutcome } from './index.ts'
import { nextChunkBytes, pieceBytesOf, UPLOAD_LIMITS as limits } from './upload-limits.ts'

const KEY = randomBytes(32).toString('base64')
const SHORT = { CONNECT_MS: 500, HEADERS_MS: 500, BODY_MS: 500, TOTAL_MS: 2000 }
const bytes = randomBytes(1_500_000)
let dir: string
let closing: (() => Promise<unknown>)[]

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-tus-'))
  closing = [() => rm(dir, { recursive: true, force: true })]
})
afterEach(async () => {
  for (const close of closing.toReversed()) await close()
})

/** A kiosk with one paper, and what it remembers of its upload between turns. */
function kioskAt(url: string, content: Buffer = bytes) {
  const made = createPortalClient({
    url,
    kioskId: 'kiosk-1',
    receiptKeys: { key: KEY },
    timeouts: { ...SHORT, NO_PROGRESS_MS: 1000, CHUNK_TOTAL_MS: 5000 },
  })
  if (!made.ok) throw new Error(made.error.code)
  const client = made.value
  closing.push(() => client.close())
  const clientRef = newClientRef(Date.UTC(2026, 10, 21, 3), randomBytes)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const paper = { id: 'scan-1', sha256, size: content.length }
  const kept = { url: null as string | null, places: [] as (string | null)[], read: 0 }
  const read = async (offset: number, length: number): Promise<Result<Uint8Array, never>> => {
    const part = content.subarray(offset, offset + length)
    kept.read += part.length
    return ok(part)
  }
  return {
    client,
    clientRef,
    paper,
    kept,
    turn: (change: Partial<PaperUpload> = {}, signal?: AbortSignal): Promise<UploadOutcome> =>
      client.upload(
        {
          clientRef,
          paper,
          url: kept.url,
          read,
          located(at) {
            kept.url = at
            kept.places.push(at)
          },
          goOn: () => true,
          ...change,
        },
        signal,
      ),
  }
}

async function sandboxPeer(): Promise<SandboxPortal> {
  const sandbox = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: Date,
    validate: () => [],
  })
  closing.push(() => sandbox.close())
  return sandbox
}

/** A tus server that nobody here wrote, behind a gateway that adds the contract's marker. */
async function foreignPeer(): Promise<{ readonly url: string }> {
  const store = join(dir, 'foreign')
  const tus = new TusServer({ path: '/v1/uploads', datastore: new FileStore({ directory: store }) })
  const server = createServer((request, response) => {
    response.setHeader(MARKER.header, MARKER.value)
    void tus.handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}` }
}

/** Whether these very bytes lie, whole, in a file of the peer. */
async function holds(content: Buffer): Promise<boolean> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true })
  const all = files.filter((file) => file.isFile())
  const found = await Promise.all(
    all.map(({ parentPath, name }) => readFile(join(parentPath, name))),
  )
  return found.some((file) => file.equals(content))
}

describe.each([
  ['the sandbox', sandboxPeer],
  ['@tus/server', foreignPeer],
])('an upload to %s', (_name, open) => {
  it('arrives whole', async () => {
    const kiosk = kioskAt((await open()).url)
    expect(await kiosk.turn()).toEqual({ kind: 'complete' })
    expect(await holds(bytes)).toBe(true)
    expect(kiosk.kept.read).toBe(bytes.length)
  })

  it('goes on in a later turn where the last one stopped', async () => {
    const kiosk = kioskAt((await open()).url)
    const first = await kiosk.turn({ goOn: () => false })
    expect(first).toEqual({ kind: 'yielded', offset: limits.CHUNK_FIRST_BYTES })
    expect(await kiosk.turn()).toEqual({ kind: 'complete' })
    expect(await holds(bytes)).toBe(true)
    expect(kiosk.kept.read).toBe(bytes.length)
  })

  it('goes on after a piece that was broken off, without what had arrived', async () => {
    const kiosk = kioskAt((await open()).url)
    const stop = new AbortController()
    let pieces = 0
    const cut = await kiosk.turn(
      {
        async read(offset, length) {
          pieces += 1
          // In the middle of the second piece.
          if (pieces === 8) {
            stop.abort()
            await new Promise((resolve) => setImmediate(resolve))
          }
          return ok(bytes.subarray(offset, offset + length))
        },
      },
      stop.signal,
    )
    expect(cut).toMatchObject({ kind: 'interrupted', answered: false })
    // Locked (423) until the peer has noticed that the line is gone.
    await expect.poll(() => kiosk.turn()).toEqual({ kind: 'complete' })
    expect(await holds(bytes)).toBe(true)
    expect(kiosk.kept.read).toBeLessThanOrEqual(bytes.length - limits.CHUNK_FIRST_BYTES)
  })

  it('begins anew where the portal has forgotten it', async () => {
    const kiosk = kioskAt((await open()).url)
    await kiosk.turn({ goOn: () => false })
    const lost = kiosk.kept.url ?? ''
    await kiosk.client.dropUpload(lost)
    expect(await kiosk.turn()).toEqual({ kind: 'complete' })
    expect(kiosk.kept.places).toEqual([lost, null, kiosk.kept.url])
    expect(await holds(bytes)).toBe(true)
  })

  it('is not begun anew where it was dropped because nobody wants it any more', async () => {
    const kiosk = kioskAt((await open()).url)
    await kiosk.turn({ goOn: () => false })
    await kiosk.client.dropUpload(kiosk.kept.url ?? '')
    expect(await kiosk.turn({ goOn: () => false })).toEqual({ kind: 'yielded', offset: 0 })
    expect(kiosk.kept.url).toBeNull()
  })

  it('is complete at once when the paper is empty', async () => {
    const kiosk = kioskAt((await open()).url, Buffer.alloc(0))
    expect(await kiosk.turn()).toEqual({ kind: 'complete' })
  })
})

describe('a portal that is not what it should be', () => {
  it.each([
    ['S16-409'],
    ['S16-423'],
    ['S16-460'],
    ['S16-404'],
    ['S16-410'],
    ['S11-413-patch'],
  ] as const)('is asked where the upload stands, and the paper arrives (%s)', async (fault) => {
    const sandbox = await sandboxPeer()
    sandbox.script([fault])
    const kiosk = kioskAt(sandbox.url)
    expect(await kiosk.turn()).toEqual({ kind: 'complete' })
    expect(await holds(bytes)).toBe(true)
  })

  it.each([['S16-head-404'], ['S16-head-410'], ['S16-offset-beyond']] as const)(
    'is given a new upload where the old one cannot be (%s)',
    async (fault) => {
      const sandbox = await sandboxPeer()
      const kiosk = kioskAt(sandbox.url)
      await kiosk.turn({ goOn: () => false })
      sandbox.script([fault])
      expect(await kiosk.turn()).toEqual({ kind: 'complete' })
      expect(kiosk.kept.places).toContain(null)
      expect(await holds(bytes)).toBe(true)
    },
  )

  it.each([
    ['S16-foreign-location', { kind: 'interrupted', cause: 'foreign-location', answered: true }],
    ['S16-upload-lost', { kind: 'interrupted', answered: false }],
    ['S16-patch-lost', { kind: 'interrupted', answered: false, offset: 0 }],
    ['N8-cut-patch', { kind: 'interrupted', answered: false, offset: 0 }],
    ['N3-patch-silent', { kind: 'interrupted', answered: false }],
    ['N5-patch-html', { kind: 'not-the-portal', cause: 'no-marker-200' }],
    ['S12-patch-503', { kind: 'wait', ms: 2000 }],
  ] as const)('ends the turn, and the next one goes on (%s)', async (fault, outcome) => {
    const sandbox = await sandboxPeer()
    sandbox.script([fault])
    const kiosk = kioskAt(sandbox.url)
    expect(await kiosk.turn()).toMatchObject(outcome)
    expect(await kiosk.turn()).toEqual({ kind: 'complete' })
    expect(await holds(bytes)).toBe(true)
  })

  it('is asked no more than a few times in one turn', async () => {
    const sandbox = await sandboxPeer()
    sandbox.script(Array.from({ length: limits.LOOKS_PER_TURN }, () => 'S16-409' as const))
    expect(await kioskAt(sandbox.url).turn()).toMatchObject({
      kind: 'interrupted',
      cause: 'never-agreed',
      answered: true,
    })
  })

  it('is refused a paper only when the smallest piece is too large', async () => {
    const sandbox = await sandboxPeer()
    sandbox.script(Array.from({ length: 3 }, () => 'S11-413-patch' as const))
    expect(await kioskAt(sandbox.url).turn()).toMatchObject({
      kind: 'refused',
      problem: 'too-large',
    })
  })

  it('that is not there is told from one that broke off', async () => {
    const sandbox = await sandboxPeer()
    const back = await sandbox.refuseConnections()
    expect(await kioskAt(sandbox.url).turn()).toMatchObject({ kind: 'not-sent' })
    await back()
  })
})

it('a paper that cannot be read ends the turn and blames no portal', async () => {
  const kiosk = kioskAt((await sandboxPeer()).url)
  const outcome = await kiosk.turn({
    read: async () => ({ ok: false, error: { code: 'corrupt' } }),
  })
  expect(outcome).toEqual({ kind: 'unreadable', code: 'corrupt' })
})

describe('the size of a piece', () => {
  it('stays within its bounds and grows by steps, whatever the line does', () => {
    const size = fc.integer({ min: limits.CHUNK_MIN_BYTES, max: limits.CHUNK_MAX_BYTES })
    fc.assert(
      fc.property(size, fc.double({ min: 0, max: 1e6, noNaN: true }), (before, elapsedMs) => {
        const next = nextChunkBytes(before, elapsedMs)
        expect(next).toBeGreaterThanOrEqual(limits.CHUNK_MIN_BYTES)
        expect(next).toBeLessThanOrEqual(limits.CHUNK_MAX_BYTES)
        expect(next).toBeLessThanOrEqual(before * limits.CHUNK_GROWTH)
      }),
    )
  })

  it('comes to what a line carries in the time aimed at', () => {
    const bytesPerMs = 250
    let size: number = limits.CHUNK_FIRST_BYTES
    for (let count = 0; count < 10; count += 1) size = nextChunkBytes(size, size / bytesPerMs)
    expect(size / bytesPerMs / limits.CHUNK_AIM_MS).toBeCloseTo(1, 2)
  })
  it('goes to the socket in parts that the slowest line still moves', () => {
    expect(pieceBytesOf(limits.CHUNK_MIN_BYTES)).toBe(limits.PIECE_MIN_BYTES)
    expect(pieceBytesOf(512 * 1024)).toBe(32 * 1024)
    expect(pieceBytesOf(limits.CHUNK_MAX_BYTES)).toBe(limits.PIECE_MAX_BYTES)
  })
})
