import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newClientRef } from '../../outbox/index.ts'
import { createPortalClient, type PortalAdapter } from '../../portal/index.ts'
import { createSandboxPortal, type SandboxPortal } from './index.ts'
import { inventFiling, sha256 } from './testing.ts'
import { UPLOAD_RULES } from './uploads.ts'

const file = randomBytes(100_000)
const digest = sha256(file)
const BROKEN = /closed|ECONNRESET|EPIPE/
let nowMs: number
let dir: string
let sandbox: SandboxPortal
let client: PortalAdapter
let clientRef: string

beforeEach(async () => {
  nowMs = Date.UTC(2026, 10, 21, 3)
  clientRef = newClientRef(nowMs, randomBytes)
  dir = await mkdtemp(join(tmpdir(), 'kiosk-uploads-'))
  const clock = { now: () => nowMs }
  sandbox = await createSandboxPortal({ dir, port: 0, clock, validate: () => [] })
  const made = createPortalClient({
    url: sandbox.url,
    kioskId: 'kiosk-1',
    receiptKeys: sandbox.publicKeys,
  })
  if (!made.ok) throw new Error(made.error.code)
  client = made.value
})
afterEach(async () => {
  await client.close()
  await sandbox.close()
  await rm(dir, { recursive: true })
})

type Method = 'POST' | 'HEAD' | 'PATCH' | 'DELETE' | 'OPTIONS'

async function tus(
  method: Method,
  path: string,
  headers: Record<string, string> = {},
  body: Uint8Array | null = null,
) {
  const answer = await request(sandbox.url + path, {
    method,
    headers: { 'tus-resumable': '1.0.0', 'x-kiosk-id': 'kiosk-1', ...headers },
    body,
  })
  await answer.body.dump()
  return {
    status: answer.statusCode,
    offset: answer.headers['upload-offset'],
    location: String(answer.headers['location']),
    marker: answer.headers['x-filing-gateway'],
    headers: answer.headers,
  }
}

function create(change: Record<string, string> = {}, size = file.length) {
  const metadata = { client_ref: clientRef, attachment_id: 'scan-1', sha256: digest, ...change }
  return tus('POST', '/v1/uploads', {
    'upload-length': String(size),
    'upload-metadata': Object.entries(metadata)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(','),
  })
}

const patch = (path: string, offset: number, bytes: Uint8Array) =>
  tus(
    'PATCH',
    path,
    { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    bytes,
  )

function filing(papers = [{ id: 'scan-1', sha256: digest, size: file.length }]) {
  return inventFiling(nowMs, { clientRef, attachments: papers }).bytes
}

describe('an upload', () => {
  it('goes piece by piece, and the receipt lists it', async () => {
    const { status, location, marker } = await create()
    expect([status, marker]).toEqual([201, '1'])
    expect(await patch(location, 0, file.subarray(0, 60_000))).toMatchObject({
      status: 204,
      offset: '60000',
    })
    expect(await tus('HEAD', location)).toMatchObject({ status: 200, offset: '60000' })
    expect(await patch(location, 60_000, file.subarray(60_000))).toMatchObject({
      offset: '100000',
    })
    const sent = await client.send(clientRef, filing())
    const attachments = [{ id: 'scan-1', sha256: digest, size: file.length }]
    expect(sent).toMatchObject({ kind: 'accepted', receipt: { attachments } })
    expect(await client.status(clientRef, sha256(filing()), undefined, attachments)).toMatchObject({
      kind: 'accepted',
    })
    expect(await client.status(clientRef, sha256(filing()))).toEqual({
      kind: 'unknown',
      cause: 'receipt-other-attachments',
    })
  })

  it('is made once for the same paper, and anew for another file', async () => {
    const first = await create()
    await patch(first.location, 0, file.subarray(0, 5))
    expect(await create()).toMatchObject({ status: 200, location: first.location, offset: '5' })
    const second = await create({ sha256: 'ab'.repeat(32) })
    expect(second.status).toBe(201)
    expect(await tus('HEAD', first.location)).toMatchObject({ status: 404 })
    expect(await create({ attachment_id: 'scan-2' })).toMatchObject({ status: 201 })
  })

  it('tells what is wrong with a request', async () => {
    const { location } = await create()
    expect(await patch(location, 3, file)).toMatchObject({ status: 409 })
    expect(await patch(location, 0, Buffer.alloc(file.length + 1))).toMatchObject({ status: 413 })
    expect(await tus('PATCH', location, { 'upload-offset': '0' }, file)).toMatchObject({
      status: 415,
    })
    expect(await tus('HEAD', location, { 'tus-resumable': '0.9' })).toMatchObject({ status: 412 })
    expect(await tus('HEAD', location, { 'x-kiosk-id': 'kiosk-2' })).toMatchObject({ status: 404 })
    expect(await create({ sha256: 'short' })).toMatchObject({ status: 400 })
    expect(await create({ attachment_id: 'big' }, 1e12)).toMatchObject({ status: 413 })
    expect(await tus('OPTIONS', '/v1/uploads')).toMatchObject({
      headers: { 'tus-extension': 'creation,expiration,termination' },
    })
  })

  it('can be ended', async () => {
    const { location } = await create()
    expect(await tus('DELETE', location)).toMatchObject({ status: 204 })
    expect(await tus('HEAD', location)).toMatchObject({ status: 404 })
    expect(await readdir(join(dir, 'uploads'))).toEqual([])
  })

  it('expires, and can then be made anew', async () => {
    const { location } = await create()
    nowMs += UPLOAD_RULES.TTL_MS
    expect(await patch(location, 0, file)).toMatchObject({ status: 410 })
    const again = await create()
    expect(again).toMatchObject({ status: 201, offset: '0' })
    expect(await patch(again.location, 0, file)).toMatchObject({ status: 204 })
  })

  it('keeps what came before a cut', async () => {
    const { location } = await create()
    sandbox.script(['N8-cut-patch'])
    await expect(patch(location, 0, file)).rejects.toThrow(BROKEN)
    const { offset } = await tus('HEAD', location)
    expect(offset).toBe('50000')
    expect(await patch(location, 50_000, file.subarray(50_000))).toMatchObject({ offset: '100000' })
    expect(await client.send(clientRef, filing())).toMatchObject({ kind: 'accepted' })
  })
})

describe('a filing with papers', () => {
  it('is not taken without them, nor with half of them', async () => {
    const mismatch = { kind: 'refused', problem: 'attachment-mismatch', attachments: ['scan-1'] }
    expect(await client.send(clientRef, filing())).toMatchObject(mismatch)
    const { location } = await create()
    await patch(location, 0, file.subarray(0, 5))
    expect(await client.send(clientRef, filing())).toMatchObject(mismatch)
    await patch(location, 5, file.subarray(5))
    expect(await client.send(clientRef, filing())).toMatchObject({ kind: 'accepted' })
  })

  it('is not taken with a paper that lies; that one, and no other, goes again', async () => {
    const good = await create({ attachment_id: 'scan-2' })
    await patch(good.location, 0, file)
    const bad = await create()
    await patch(bad.location, 0, Buffer.alloc(file.length))
    const papers = ['scan-1', 'scan-2'].map((id) => ({ id, sha256: digest, size: file.length }))
    expect(await client.send(clientRef, filing(papers))).toMatchObject({ attachments: ['scan-1'] })
    const again = await create()
    expect(again).toMatchObject({ status: 201, offset: '0' })
    await patch(again.location, 0, file)
    expect(await client.send(clientRef, filing(papers))).toMatchObject({ kind: 'accepted' })
  })

  it('catches a box on the way that says "complete" and stores nothing', async () => {
    const { location } = await create()
    sandbox.script(['S16-lies-complete'])
    expect(await patch(location, 0, file)).toMatchObject({ status: 204, offset: '100000' })
    expect(await client.send(clientRef, filing())).toMatchObject({
      problem: 'attachment-mismatch',
    })
  })

  it('freezes them', async () => {
    const { location } = await create()
    await patch(location, 0, file)
    await client.send(clientRef, filing())
    expect(await tus('DELETE', location)).toMatchObject({ status: 409 })
    expect(await patch(location, file.length, Buffer.from('x'))).toMatchObject({ status: 409 })
    expect(await create({ sha256: 'ab'.repeat(32) })).toMatchObject({ status: 409 })
    expect(await create()).toMatchObject({ status: 200, offset: '100000' })
    nowMs += 2 * UPLOAD_RULES.TTL_MS
    expect(await tus('HEAD', location)).toMatchObject({ status: 200, offset: '100000' })
    expect(await client.send(clientRef, filing())).toMatchObject({ replayed: true })
  })
})

describe('a scripted fault of an upload', () => {
  it.each([
    ['S16-409', 409],
    ['S16-423', 423],
    ['S16-404', 404],
    ['S16-410', 410],
    ['S16-460', 460],
    ['S11-413-patch', 413],
    ['S12-patch-503', 503],
    ['N5-patch-html', 200],
  ] as const)('%s answers a piece with %i and stores nothing', async (fault, status) => {
    const { location } = await create()
    sandbox.script([fault])
    expect(await patch(location, 0, file)).toMatchObject({ status })
    expect(await tus('HEAD', location)).toMatchObject({ offset: '0' })
  })

  it.each([
    ['S16-head-404', { status: 404 }],
    ['S16-head-410', { status: 410 }],
    ['S16-head-423', { status: 423 }],
    ['S16-offset-beyond', { status: 200, offset: '9007199254740991' }],
  ] as const)('%s answers a question', async (fault, answer) => {
    const { location } = await create()
    sandbox.script([fault])
    expect(await tus('HEAD', location)).toMatchObject(answer)
    expect(await tus('HEAD', location)).toMatchObject({ status: 200, offset: '0' })
  })

  it('loses replies or leads elsewhere', async () => {
    sandbox.script(['S16-upload-lost', 'S16-foreign-location', 'S16-patch-lost'])
    await expect(create()).rejects.toThrow(BROKEN)
    expect((await create()).location).toContain('elsewhere.invalid')
    const { location } = await create()
    await expect(patch(location, 0, file)).rejects.toThrow(BROKEN)
    expect(await tus('HEAD', location)).toMatchObject({ offset: '100000' })
  })

  it.each(['N3-head-silent', 'N3-patch-silent'] as const)('%s says nothing', async (fault) => {
    const { location } = await create()
    sandbox.script([fault])
    const silent = request(sandbox.url + location, {
      method: fault === 'N3-head-silent' ? 'HEAD' : 'PATCH',
      headers: { 'tus-resumable': '1.0.0', 'x-kiosk-id': 'kiosk-1', 'upload-offset': '0' },
      headersTimeout: 50,
    })
    await expect(silent).rejects.toThrow('Headers Timeout')
  })
})
