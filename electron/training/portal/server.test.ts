import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newClientRef } from '../../outbox/index.ts'
import { createPortalClient, type PortalAdapter } from '../../portal/index.ts'
import { createSandboxPortal, type SandboxPortal } from './index.ts'

const clock = { now: () => Date.UTC(2026, 10, 20, 18) }
let dir: string
let sandbox: SandboxPortal
let client: PortalAdapter

async function start(): Promise<void> {
  sandbox = await createSandboxPortal({
    dir,
    port: 0,
    clock,
    validate: (filing) => (filing.procedureCode === '1.004873' ? [] : ['procedureCode']),
  })
  const made = createPortalClient({
    url: sandbox.url,
    kioskId: 'kiosk-1',
    receiptKeys: sandbox.publicKeys,
  })
  if (!made.ok) throw new Error(made.error.code)
  client = made.value
}

async function stop(): Promise<void> {
  await client.close()
  await sandbox.close()
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-sandbox-'))
  await start()
})
afterEach(async () => {
  await stop()
  await rm(dir, { recursive: true })
})

function filing(change: object = {}) {
  const clientRef = newClientRef(clock.now(), randomBytes)
  const body = {
    schemaVersion: 1,
    kioskId: 'kiosk-1',
    clientRef,
    procedureCode: '1.004873',
    capturedAt: '2026-11-21T01:00:00+07:00',
    applicant: { name: 'Nguyễn Văn Ví Dụ', number: '083090000000' },
    form: { 'birth.date': { year: 1990 }, copies: 2 },
    components: [{ code: 'id-card', handling: 'show' }],
    ...change,
  }
  return { clientRef, bytes: Buffer.from(JSON.stringify(body)) }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('the sandbox portal', () => {
  it('gives each filing a dossier code of its day in Vietnam, and a receipt that verifies', async () => {
    const [one, two] = [filing(), filing()]
    const outcomes = [
      await client.send(one.clientRef, one.bytes),
      await client.send(two.clientRef, two.bytes),
    ]
    expect(outcomes).toMatchObject([
      { kind: 'accepted', replayed: false, receipt: { dossierCode: 'H19.99-20261121-0000001' } },
      { kind: 'accepted', replayed: false, receipt: { dossierCode: 'H19.99-20261121-0000002' } },
    ])
    expect(sandbox.filings()).toMatchObject([
      { clientRef: one.clientRef, procedureCode: '1.004873', sha256: sha256(one.bytes) },
      { clientRef: two.clientRef },
    ])
  })

  it('answers a replay, also after a restart, with the very same receipt', async () => {
    const { clientRef, bytes } = filing()
    const first = await client.send(clientRef, bytes)
    await stop()
    await start()
    const again = await client.send(clientRef, bytes)
    expect(again).toEqual({ ...first, replayed: true })
    expect(sandbox.accepted()).toBe(1)
    expect(await client.status(clientRef, sha256(bytes))).toMatchObject({ kind: 'accepted' })
  })

  it('makes one dossier of equal requests at the same time', async () => {
    const { clientRef, bytes } = filing()
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => client.send(clientRef, bytes)),
    )
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['accepted']))
    expect(sandbox.accepted()).toBe(1)
  })

  it('refuses other bytes under the same reference', async () => {
    const { clientRef, bytes } = filing()
    await client.send(clientRef, bytes)
    expect(await client.send(clientRef, filing({ clientRef, form: {} }).bytes)).toMatchObject({
      kind: 'refused',
      problem: 'digest-conflict',
    })
  })

  it.each([
    ['an unknown procedure', { procedureCode: '9.999999' }, ['procedureCode']],
    ['a missing applicant', { applicant: undefined }, ['schema']],
    ['another member', { surprise: 1 }, ['schema']],
  ])('refuses %s', async (_, change, errors) => {
    const { clientRef, bytes } = filing(change)
    expect(await client.send(clientRef, bytes)).toEqual({
      kind: 'refused',
      problem: 'validation',
      errors,
    })
    expect(sandbox.accepted()).toBe(0)
  })

  it('refuses a filing of another kiosk, and one that is no JSON', async () => {
    const foreign = filing({ kioskId: 'kiosk-2' })
    expect(await client.send(foreign.clientRef, foreign.bytes)).toMatchObject({
      problem: 'idempotency-mismatch',
    })
    expect(await client.send(foreign.clientRef, Buffer.from('{'))).toMatchObject({
      problem: 'validation',
    })
  })

  it('refuses a body that is too large', async () => {
    expect(await client.send(filing().clientRef, Buffer.alloc(300_000, ' '))).toMatchObject({
      kind: 'refused',
      problem: 'too-large',
    })
  })

  it('does not know what it has not accepted', async () => {
    expect(await client.status(filing().clientRef, sha256(Buffer.from('')))).toEqual({
      kind: 'absent',
    })
  })

  it('can be cut off and brought back', async () => {
    expect(await client.health()).toEqual({ kind: 'reachable' })
    sandbox.setMode('cut')
    expect(await client.health()).toMatchObject({ kind: 'away' })
    sandbox.setMode('up')
    expect(await client.health()).toEqual({ kind: 'reachable' })
  })

  it.each([
    ['drop-before-read', 'in-doubt', 0],
    ['drop-after-commit', 'in-doubt', 1],
    ['http-500-before', 'in-doubt', 0],
    ['http-500-after', 'in-doubt', 1],
    ['html-200', 'not-the-portal', 0],
    ['redirect', 'not-the-portal', 0],
    ['wrong-digest', 'in-doubt', 1],
    ['wrong-signature', 'in-doubt', 1],
    ['truncated', 'in-doubt', 1],
  ] as const)('misbehaves as told: %s is %s with %i accepted', async (fault, kind, accepted) => {
    sandbox.script([fault])
    const { clientRef, bytes } = filing()
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind })
    expect(sandbox.accepted()).toBe(accepted)
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind: 'accepted' })
    expect(sandbox.accepted()).toBe(1)
  })
})
