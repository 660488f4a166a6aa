import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPortalClient, type PortalAdapter } from '../../portal/index.ts'
import { FAULTS, type PortalFault } from './faults.ts'
import { createSandboxPortal, type SandboxPortal } from './index.ts'
import { inventFiling } from './testing.ts'

const clock = { now: () => Date.UTC(2026, 10, 21, 3) }
let dir: string
let sandbox: SandboxPortal
let client: PortalAdapter

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-faults-'))
  sandbox = await createSandboxPortal({ dir, port: 0, clock, validate: () => [] })
  const made = createPortalClient({
    url: sandbox.url,
    kioskId: 'kiosk-1',
    receiptKeys: sandbox.publicKeys,
    timeouts: { HEADERS_MS: 60, BODY_MS: 60, TOTAL_MS: 400 },
  })
  if (!made.ok) throw new Error(made.error.code)
  client = made.value
})
afterEach(async () => {
  await client.close()
  await sandbox.close()
  await rm(dir, { recursive: true })
})

const filing = () => inventFiling(clock.now())

const doubt = { kind: 'in-doubt' }
const notThePortal = { kind: 'not-the-portal' }
const contract = { kind: 'hold', cause: 'contract' }

/** What a filing meets, and how many dossiers the portal then has. */
const sent: readonly (readonly [PortalFault, object, number])[] = [
  ['drop-before-read', doubt, 0],
  ['drop-after-commit', doubt, 1],
  ['http-500-before', doubt, 0],
  ['http-500-after', doubt, 1],
  ['html-200', notThePortal, 0],
  ['redirect', notThePortal, 0],
  ['wrong-digest', doubt, 1],
  ['wrong-signature', doubt, 1],
  ['truncated', doubt, 1],
  ['slow', doubt, 1],
  ['N2-reset-before', doubt, 0],
  ['N2-reset-after', doubt, 1],
  ['N3-silent-before', doubt, 0],
  ['N3-silent-after', doubt, 1],
  ['N4-slow-headers', doubt, 1],
  ['N4-slow-body', doubt, 1],
  ['N4-endless-body', { ...doubt, cause: 'garbled-UND_ERR_RES_EXCEEDED_MAX_SIZE' }, 1],
  ['N5-html-200', { ...notThePortal, cause: 'no-marker-200' }, 0],
  ['N5-redirect-302', { ...notThePortal, cause: 'redirect' }, 0],
  ['N5-login-511', { ...notThePortal, cause: 'login-needed' }, 0],
  ['N7-proxy-502', { ...doubt, answered: false }, 0],
  ['N7-proxy-503', { ...doubt, answered: false, retryAfterMs: 7000 }, 0],
  ['N7-proxy-504-after', { ...doubt, answered: false }, 1],
  ['S1-500-before', { ...doubt, answered: true }, 0],
  ['S2-500-after', { ...doubt, answered: true }, 1],
  ['S2-silent-after', doubt, 1],
  ['S3-lost-201', doubt, 1],
  ['S5-in-progress', { kind: 'wait', scope: 'filing', ms: 2000 }, 1],
  ['S6-digest-conflict', { kind: 'refused', problem: 'digest-conflict' }, 0],
  ['S6-idempotency-mismatch', { kind: 'refused', problem: 'idempotency-mismatch' }, 0],
  [
    'S7-validation',
    { kind: 'refused', fields: [{ pointer: '/form/scripted', code: 'scripted' }] },
    0,
  ],
  ['S8-400', contract, 0],
  ['S8-404', contract, 0],
  ['S8-405', contract, 0],
  ['S8-415', contract, 0],
  ['S9-401', { kind: 'hold', cause: 'credentials' }, 0],
  ['S10-403', { kind: 'hold', cause: 'forbidden' }, 0],
  ['S11-413', { kind: 'refused', problem: 'too-large' }, 0],
  ['S12-429-seconds', { kind: 'wait', scope: 'portal', ms: 30_000 }, 0],
  ['S12-503-date', { kind: 'wait', scope: 'portal', ms: 30_000 }, 0],
  ['S12-429-past', { kind: 'wait', scope: 'portal', ms: 1000 }, 0],
  ['S12-503-huge', { kind: 'wait', scope: 'portal', ms: 3_600_000 }, 0],
  ['S13-wrong-ref', { ...doubt, cause: 'receipt-other-filing' }, 1],
  ['S13-wrong-digest', { ...doubt, cause: 'receipt-other-bytes' }, 1],
  ['S13-wrong-attachments', { ...doubt, cause: 'receipt-other-attachments' }, 1],
  ['S13-wrong-signature', { ...doubt, cause: 'receipt-signature' }, 1],
  ['S13-unknown-key', { ...doubt, cause: 'receipt-unknown-key' }, 1],
  ['S13-truncated', { ...doubt, cause: 'garbled-json' }, 1],
  ['S14-duplicate-ack', { kind: 'accepted' }, 1],
  ['S16-attachment-mismatch', { kind: 'refused', problem: 'attachment-mismatch' }, 0],
]

/** What a question meets after a filing was accepted. */
const asked: readonly (readonly [PortalFault, object])[] = [
  ['N3-status-silent', { kind: 'unknown' }],
  ['N5-status-html', { kind: 'unknown', cause: 'no-marker-200' }],
  ['S8-status-404', contract],
  ['S9-status-401', { kind: 'hold', cause: 'credentials' }],
  ['S10-status-403', { kind: 'hold', cause: 'forbidden' }],
  ['S12-status-503', { kind: 'wait', ms: 30_000 }],
  ['S13-status-wrong-digest', { kind: 'unknown', cause: 'receipt-other-bytes' }],
  ['S13-status-truncated', { kind: 'unknown', cause: 'json' }],
]

describe('a scripted fault', () => {
  it.each(sent)('%s, and afterwards one dossier', async (fault, outcome, accepted) => {
    sandbox.script([fault])
    const { clientRef, bytes, digest } = filing()
    expect(await client.send(clientRef, bytes)).toMatchObject(outcome)
    expect(sandbox.accepted()).toBe(accepted)
    expect(await client.status(clientRef, digest)).toMatchObject({
      kind: accepted === 1 ? 'accepted' : 'absent',
    })
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind: 'accepted' })
    expect(sandbox.accepted()).toBe(1)
  })

  it.each(asked)('%s meets a question', async (fault, outcome) => {
    const { clientRef, bytes, digest } = filing()
    await client.send(clientRef, bytes)
    sandbox.script([fault])
    expect(await client.status(clientRef, digest)).toMatchObject(outcome)
    expect(await client.status(clientRef, digest)).toMatchObject({ kind: 'accepted' })
  })

  it.each(['N5-health-html', 'N5-health-old-nonce'] as const)('%s is no life', async (fault) => {
    sandbox.script([fault])
    expect(await client.health()).toMatchObject({ kind: 'away' })
    expect(await client.health()).toMatchObject({ kind: 'reachable' })
  })

  it('S14-withdrawn takes a filing back before the kiosk hears of it', async () => {
    sandbox.script(['S14-withdrawn'])
    const { clientRef, bytes, digest } = filing()
    expect(await client.send(clientRef, bytes)).toMatchObject({ problem: 'withdrawn' })
    expect(await client.status(clientRef, digest)).toEqual({ kind: 'withdrawn' })
    expect(sandbox.accepted()).toBe(0)
  })

  it('S15-forgotten loses a filing after its receipt', async () => {
    sandbox.script(['S15-forgotten'])
    const { clientRef, bytes, digest } = filing()
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind: 'accepted' })
    expect(await client.status(clientRef, digest)).toEqual({ kind: 'absent' })
  })

  it('waits for a request of its kind', async () => {
    sandbox.script(['S12-status-503', 'S10-403'])
    const { clientRef, bytes, digest } = filing()
    expect(await client.send(clientRef, bytes)).toMatchObject({ kind: 'hold' })
    expect(await client.status(clientRef, digest)).toMatchObject({ kind: 'wait' })
  })
})

it('stands for every row of the matrix between kiosk and portal', () => {
  const rows = new Set(Object.keys(FAULTS).map((name) => /^[NS]\d+/.exec(name)?.[0]))
  // N1 and N6 are ways to start the sandbox; S17 needs two kiosks and no fault.
  const expected = [
    'N2',
    'N3',
    'N4',
    'N5',
    'N7',
    'N8',
    ...Array.from({ length: 16 }, (_, n) => `S${n + 1}`),
  ]
  expect(expected.filter((row) => !rows.has(row))).toEqual([])
})
