import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPortalClient, type PortalAdapter } from '../../portal/index.ts'
import { openDatabase } from '../../store/index.ts'
import { createSandboxPortal, type SandboxPortal } from './index.ts'
import { inventFiling, sha256 } from './testing.ts'

const clock = { now: () => Date.UTC(2026, 10, 20, 18) }
let dir: string
let sandbox: SandboxPortal
let client: PortalAdapter

async function start(): Promise<void> {
  sandbox = await createSandboxPortal({
    dir,
    port: 0,
    clock,
    validate: (filing) => [
      ...(filing.procedureCode === '1.004873' ? [] : ['procedureCode']),
      ...('a/b' in filing.form ? ['a/b:wrong'] : []),
    ],
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
  return inventFiling(clock.now(), {
    capturedAt: '2026-11-21T01:00:00+07:00',
    form: { 'birth.date': { year: 1990 }, copies: 2 },
    components: [{ code: 'id-card', handling: 'show' }],
    ...change,
  })
}

const paper = { id: 'scan-1', sha256: 'ab'.repeat(32), size: 3 }

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

  it('keeps the filings of books that were opened by an earlier sandbox', async () => {
    await stop()
    await rm(dir, { recursive: true })
    await mkdir(dir)
    const { clientRef } = filing()
    const old = await openDatabase(join(dir, 'portal.sqlite'), { busyTimeoutMs: 1000 })
    if (!old.ok) throw new Error(old.error.code)
    old.value.exec(`CREATE TABLE filing (
      kiosk_id TEXT NOT NULL, client_ref TEXT NOT NULL, sha256 TEXT NOT NULL,
      procedure_code TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL,
      received_at_ms INTEGER NOT NULL,
      PRIMARY KEY (kiosk_id, client_ref), UNIQUE (day, number)) STRICT;
      INSERT INTO filing VALUES ('kiosk-1', '${clientRef}', '${'ab'.repeat(32)}', '1.004873',
        '20261121', 7, 0)`)
    old.value.close()
    await start()
    expect(await client.status(clientRef, 'ab'.repeat(32))).toMatchObject({
      kind: 'accepted',
      receipt: { dossierCode: 'H19.99-20261121-0000007', attachments: [] },
    })
  })

  it('asks for more beside the filing that came last, and keeps its receipt', async () => {
    expect(sandbox.requestSupplement({})).toBe(false)
    const { clientRef, bytes } = filing()
    const sent = await client.send(clientRef, bytes)
    const request = {
      requestedAt: '2026-11-23T09:00:00+07:00',
      items: ['Bản sao trích lục ly hôn'],
    }
    expect(sandbox.requestSupplement(request)).toBe(true)
    const receipt = sent.kind === 'accepted' ? sent.receipt : null
    const accepted = { kind: 'accepted', receipt }
    const supplement = { ...request, due: null, cut: false }
    expect(await client.status(clientRef, sha256(bytes))).toEqual({ ...accepted, supplement })
    // Whether the portal has it, which the kiosk asks for all together, stays as it was.
    const identity = { clientRef, bodySha256: sha256(bytes) }
    expect((await client.statusOf([identity])).get(clientRef)).toEqual(accepted)
    sandbox.requestSupplement(null)
    expect(await client.status(clientRef, sha256(bytes))).toEqual(accepted)
  })

  it.each([
    ['no request at all', 'soon'],
    ['items that are none', { items: [7, null, { a: 1 }] }],
    ['500 items', { items: Array.from({ length: 500 }, () => 'Bản sao trích lục'.repeat(20)) }],
  ])('is believed about the filing where it asks with %s', async (_what, request) => {
    const { clientRef, bytes } = filing()
    await client.send(clientRef, bytes)
    sandbox.requestSupplement(request)
    expect(await client.status(clientRef, sha256(bytes))).toMatchObject({
      kind: 'accepted',
      supplement: { cut: true },
    })
  })

  it('is not heard where its request is larger than an answer may be', async () => {
    const { clientRef, bytes } = filing()
    await client.send(clientRef, bytes)
    sandbox.requestSupplement({ items: ['Bản sao '.repeat(131_072)] })
    expect(await client.status(clientRef, sha256(bytes))).toMatchObject({ kind: 'unknown' })
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
    ['an unknown procedure', { procedureCode: '9.999999' }, 'procedureCode', null],
    ['a missing applicant', { applicant: undefined }, 'schema', '/applicant'],
    ['another member', { surprise: 1 }, 'schema', ''],
    ['a wrong box', { form: { 'a/b': 'wrong' } }, 'a/b:wrong', '/form/a~1b'],
    ['the same paper twice', { attachments: [paper, paper] }, 'schema', '/attachments'],
  ])('refuses %s', async (_, change, error, pointer) => {
    const { clientRef, bytes } = filing(change)
    expect(await client.send(clientRef, bytes)).toMatchObject({
      kind: 'refused',
      problem: 'validation',
      errors: [error],
      ...(pointer !== null && { fields: [{ pointer }] }),
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
    expect(await client.health()).toMatchObject({ kind: 'reachable' })
    sandbox.setMode('cut')
    expect(await client.health()).toMatchObject({ kind: 'away' })
    sandbox.setMode('up')
    expect(await client.health()).toMatchObject({ kind: 'reachable' })
  })

  it('refuses connections and takes them again at the same address', async () => {
    const takeAgain = await sandbox.refuseConnections()
    const { clientRef, bytes } = filing()
    expect(await client.send(clientRef, bytes)).toEqual({
      kind: 'not-sent',
      cause: 'ECONNREFUSED',
    })
    await takeAgain()
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind: 'accepted' })
  })

  it('tells its time, so that a kiosk can measure its own', async () => {
    expect(await client.health()).toEqual({ kind: 'reachable', portalDateMs: clock.now() })
  })
})

describe('a filing taken back', () => {
  it('is withdrawn for ever, however often it is asked or sent', async () => {
    const { clientRef, bytes } = filing()
    await client.send(clientRef, bytes)
    for (let n = 0; n < 2; n += 1) {
      expect(await client.withdraw(clientRef)).toEqual({ kind: 'withdrawn' })
    }
    expect(await client.status(clientRef, sha256(bytes))).toEqual({ kind: 'withdrawn' })
    expect(await client.send(clientRef, bytes)).toMatchObject({ problem: 'withdrawn' })
    expect(sandbox.accepted()).toBe(0)
  })

  it('before it came is never taken', async () => {
    const { clientRef, bytes } = filing()
    expect(await client.withdraw(clientRef)).toEqual({ kind: 'withdrawn' })
    expect(await client.send(clientRef, bytes)).toMatchObject({ problem: 'withdrawn' })
    expect(sandbox.accepted()).toBe(0)
  })

  it('may be too late, or its answer lost', async () => {
    const { clientRef, bytes } = filing()
    await client.send(clientRef, bytes)
    sandbox.script(['S14-not-withdrawable', 'S14-withdraw-lost'])
    expect(await client.withdraw(clientRef)).toMatchObject({ problem: 'not-withdrawable' })
    expect(await client.withdraw(clientRef)).toMatchObject({ kind: 'unknown' })
    expect(await client.withdraw(clientRef)).toEqual({ kind: 'withdrawn' })
  })
})

describe('a filing in processing', () => {
  it.each([
    ['S4-processing', { kind: 'accepted' }, 1],
    ['S4-processing-rejected', { kind: 'refused', problem: 'validation' }, 0],
  ] as const)('%s is decided after some questions', async (fault, end, accepted) => {
    sandbox.script([fault])
    const { clientRef, bytes } = filing()
    const digest = sha256(bytes)
    const processing = { kind: 'processing', pollAfterMs: 1000 }
    expect(await client.send(clientRef, bytes)).toEqual(processing)
    expect(await client.send(clientRef, bytes)).toEqual(processing)
    expect(sandbox.accepted()).toBe(0)
    expect(await client.status(clientRef, digest)).toEqual(processing)
    expect(await client.status(clientRef, digest)).toMatchObject(end)
    expect(sandbox.accepted()).toBe(accepted)
  })
})

describe('a question for many filings', () => {
  it('tells every state', async () => {
    const [accepted, withdrawn, absent, processing] = [filing(), filing(), filing(), filing()]
    for (const one of [accepted, withdrawn]) await client.send(one.clientRef, one.bytes)
    await client.withdraw(withdrawn.clientRef)
    sandbox.script(['S4-processing'])
    await client.send(processing.clientRef, processing.bytes)
    const asked = [accepted, withdrawn, absent, processing].map(({ clientRef, bytes }) => ({
      clientRef,
      bodySha256: sha256(bytes),
    }))
    const answers = await client.statusOf(asked)
    expect(asked.map(({ clientRef }) => answers.get(clientRef)?.kind)).toEqual([
      'accepted',
      'withdrawn',
      'absent',
      'processing',
    ])
    sandbox.script(['S13-batch-truncated'])
    expect([...(await client.statusOf(asked)).values()]).toEqual(
      asked.map(() => ({ kind: 'unknown', cause: 'json' })),
    )
  })
})

describe('a filing that another kiosk took in', () => {
  const other = () => filing({ kioskId: 'kiosk-2' })

  it('is sent, asked about and withdrawn in that kiosk’s name', async () => {
    const { clientRef, bytes } = other()
    const digest = sha256(bytes)
    expect(await client.send(clientRef, bytes)).toMatchObject({ problem: 'idempotency-mismatch' })
    const sent = await client.send(clientRef, bytes, undefined, 'kiosk-2')
    expect(sent).toMatchObject({ kind: 'accepted' })
    expect(await client.status(clientRef, digest)).toEqual({ kind: 'absent' })
    expect(await client.status(clientRef, digest, undefined, [], 'kiosk-2')).toMatchObject({
      kind: 'accepted',
    })
    expect(await client.withdraw(clientRef, undefined, 'kiosk-2')).toEqual({ kind: 'withdrawn' })
    expect(sandbox.accepted()).toBe(0)
  })

  it('is asked about apart from the kiosk’s own', async () => {
    const own = [filing(), filing()]
    const others = [other(), other()]
    for (const { clientRef, bytes } of own) await client.send(clientRef, bytes)
    for (const { clientRef, bytes } of others) {
      await client.send(clientRef, bytes, undefined, 'kiosk-2')
    }
    const [first, second] = [own, others].map((filings, at) =>
      filings.map(({ clientRef, bytes }) => ({
        clientRef,
        bodySha256: sha256(bytes),
        kioskId: at === 0 ? undefined : 'kiosk-2',
      })),
    )
    const mixed = [first?.[0], second?.[0], first?.[1], second?.[1]].flatMap((one) => one ?? [])
    const answers = await client.statusOf(mixed)
    expect(mixed.map(({ clientRef }) => answers.get(clientRef)?.kind)).toEqual(
      mixed.map(() => 'accepted'),
    )
  })

  it('stops nothing else where the portal does not allow that', async () => {
    const { clientRef, bytes } = other()
    const refused = { kind: 'refused', problem: 'kiosk-disabled', errors: [] }
    sandbox.script(['S10-403', 'S10-status-403'])
    expect(await client.send(clientRef, bytes, undefined, 'kiosk-2')).toEqual(refused)
    expect(await client.status(clientRef, sha256(bytes), undefined, [], 'kiosk-2')).toEqual(refused)
    sandbox.script(['S10-403'])
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind: 'hold', cause: 'forbidden' })
  })
})
