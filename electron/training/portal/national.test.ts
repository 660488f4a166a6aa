import { generateKeyPairSync, sign } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createNationalPortal,
  receiptBytes,
  remoteStateSchema,
  type PortalAdapter,
  type RemoteState,
} from '../../portal/index.ts'
import { createNationalSandbox, type NationalStep } from './national.ts'
import { inventFiling, sha256 } from './testing.ts'

const clock = { now: () => Date.UTC(2026, 10, 21, 3) }
const key = generateKeyPairSync('ed25519').privateKey
const scan = Buffer.from('a scan of a paper')

let sandbox: Awaited<ReturnType<typeof createNationalSandbox>>
let portal: PortalAdapter
let journal: Map<string, string>

function open(secret = sandbox.client.secret): PortalAdapter {
  return createNationalPortal({
    url: sandbox.url,
    client: { ...sandbox.client, secret },
    clock,
    timeouts: { HEADERS_MS: 1000 },
    journal: {
      load: (ref) => {
        const text = journal.get(ref)
        return text === undefined ? null : remoteStateSchema.parse(JSON.parse(text))
      },
      save: (ref, state: RemoteState) => void journal.set(ref, JSON.stringify(state)),
    },
    procedure: (code) =>
      code === '1.004873'
        ? {
            serviceCode: '1.004873.000.00.00.H19',
            unitCode: 'H19.99',
            components: { 'id-card': { code: 'KQ.G01.000001', name: 'Thẻ căn cước' } },
          }
        : null,
    paper: (_ref, id) =>
      id === 'scan-1'
        ? { component: 'id-card', title: 'Thẻ căn cước', content: () => Readable.from([scan]) }
        : null,
    vouch(content) {
      const whole = { ...content, keyId: 'kiosk-1' }
      return { ...whole, signature: sign(null, receiptBytes(whole), key).toString('base64') }
    },
  })
}

beforeEach(async () => {
  journal = new Map()
  sandbox = await createNationalSandbox(clock)
  portal = open()
})
afterEach(async () => {
  await portal.close()
  await sandbox.close()
})

function filing(change: object = {}) {
  return inventFiling(clock.now(), {
    capturedAt: '2026-11-21T09:30:05+07:00',
    applicant: {
      name: 'Nguyễn Văn Ví Dụ',
      number: '083090000000',
      birth: { year: 1990, month: 2, day: 3 },
    },
    components: [{ code: 'id-card', handling: 'show' }],
    attachments: [{ id: 'scan-1', sha256: sha256(scan), size: scan.length }],
    ...change,
  })
}

describe('the national flow', () => {
  it('files with a number, its papers and a report, and the kiosk vouches for the answer', async () => {
    const { clientRef, bytes, digest } = filing()
    expect(await portal.send(clientRef, bytes)).toMatchObject({
      kind: 'accepted',
      receipt: {
        clientRef,
        dossierCode: 'H19.99-20261121-0000001',
        bodySha256: digest,
        attachments: [{ id: 'scan-1', sha256: sha256(scan) }],
        keyId: 'kiosk-1',
      },
    })
    expect(sandbox.dossiers()).toMatchObject([
      {
        MaHoSo: 'H19.99-20261121-0000001',
        MaTTHC: '1.004873',
        LoaiDoiTuong: 0,
        NgayNop: '20261121093005',
        ThanhPhanHoSo: [
          {
            MaThanhPhanHoSo: 'KQ.G01.000001',
            LoaiBan: 2,
            GiayToDinhKem: [{ HashTepTin: sha256(scan) }],
          },
        ],
        ThongTinNguoiNop: { ThongTinChiTiet: { NgaySinh: '19900203' } },
      },
    ])
    expect(sandbox.statusOf('H19.99-20261121-0000001')).toBe(1)
    expect(portal.capabilities).toMatchObject({ replaySafe: false, signedReceipt: false })
  })

  const steps: NationalStep[] = ['token', 'nextValue', 'upload', 'submit', 'progress', 'status']
  const hows = [
    'lost-request',
    'lost-reply',
    'http-500-before',
    'http-500-after',
    'truncated',
  ] as const
  it.each(steps.flatMap((step) => hows.map((how) => ({ step, how }))))(
    'never makes two dossiers: $how at $step',
    async (fault) => {
      sandbox.script([fault])
      const { clientRef, bytes, digest } = filing()
      const first = await portal.send(clientRef, bytes)
      const made = sandbox.dossiers().length
      // A dossier that is there is never called "not sent"; one that may be there neither.
      const honest = made === 1 ? ['in-doubt', 'processing'] : ['not-sent']
      expect(fault.step === 'submit' ? ['in-doubt'] : honest).toContain(first.kind)

      const known = await portal.status(clientRef, digest)
      expect(known.kind).toBe(made === 1 ? 'accepted' : 'absent')
      const last = known.kind === 'accepted' ? known : await portal.send(clientRef, bytes)
      expect(last.kind).toBe('accepted')
      expect(sandbox.dossiers()).toHaveLength(1)
      expect(sandbox.asked('submit')).toBeLessThanOrEqual(2)
    },
  )

  it('goes on where a crash left it, under the same number', async () => {
    sandbox.script([{ step: 'submit', how: 'lost-request' }])
    const { clientRef, bytes, digest } = filing()
    await portal.send(clientRef, bytes)
    await portal.close()
    portal = open()
    expect(await portal.status(clientRef, digest)).toEqual({ kind: 'absent' })
    expect(await portal.send(clientRef, bytes)).toMatchObject({
      kind: 'accepted',
      receipt: { dossierCode: 'H19.99-20261121-0000001' },
    })
    expect(sandbox.asked('nextValue')).toBe(1)
    expect(sandbox.asked('upload')).toBe(1)
  })

  it('looks before it sends again, and stays in doubt while it cannot look', async () => {
    sandbox.script([
      { step: 'submit', how: 'lost-reply' },
      { step: 'lookUp', how: 'lost-request' },
    ])
    const { clientRef, bytes } = filing()
    expect(await portal.send(clientRef, bytes)).toMatchObject({ kind: 'in-doubt' })
    expect(await portal.send(clientRef, bytes)).toMatchObject({ kind: 'in-doubt' })
    expect(sandbox.asked('submit')).toBe(1)
    expect(await portal.send(clientRef, bytes)).toMatchObject({ kind: 'accepted' })
    expect(sandbox.asked('submit')).toBe(1)
  })

  it('knows nothing of a filing whose journal is lost', async () => {
    const { clientRef, bytes, digest } = filing()
    await portal.send(clientRef, bytes)
    journal.clear()
    expect(await portal.status(clientRef, digest)).toEqual({
      kind: 'unknown',
      cause: 'no-dossier-code',
    })
  })

  it.each([
    [7, { kind: 'withdrawn' }],
    [3, { kind: 'refused', problem: 'national-3' }],
    [4, { kind: 'accepted' }],
    [77, { kind: 'accepted' }],
  ])('settles a doubt by what the authority says: %i', async (code, outcome) => {
    sandbox.script([{ step: 'submit', how: 'http-502-after' }])
    const { clientRef, bytes, digest } = filing()
    expect(await portal.send(clientRef, bytes)).toMatchObject({ kind: 'in-doubt' })
    sandbox.setStatus('H19.99-20261121-0000001', code)
    expect(await portal.status(clientRef, digest)).toMatchObject(outcome)
  })

  it.each([
    ['http-400', { kind: 'refused', problem: 'validation', errors: ['01'] }],
    ['http-403', { kind: 'hold', cause: 'forbidden' }],
    ['http-404', { kind: 'hold', cause: 'contract' }],
    ['html-200', { kind: 'in-doubt' }],
    ['http-503-before', { kind: 'in-doubt' }],
  ] as const)('says what %s at NoiHoSo means', async (how, outcome) => {
    sandbox.script([{ step: 'submit', how }])
    const { clientRef, bytes } = filing()
    expect(await portal.send(clientRef, bytes)).toMatchObject(outcome)
    expect(sandbox.dossiers()).toEqual([])
  })

  it('renews an expired token once, and holds when the account is refused', async () => {
    const one = filing()
    await portal.send(one.clientRef, one.bytes)
    sandbox.expireToken()
    const two = filing()
    expect(await portal.send(two.clientRef, two.bytes)).toMatchObject({ kind: 'accepted' })
    expect(sandbox.tokens()).toBe(2)
    const stranger = open('wrong')
    expect(await stranger.send(filing().clientRef, filing().bytes)).toMatchObject({
      kind: 'refused',
    })
    const three = filing()
    expect(await stranger.send(three.clientRef, three.bytes)).toMatchObject({
      kind: 'hold',
      cause: 'credentials',
    })
    expect(await stranger.health()).toMatchObject({ kind: 'away' })
    await stranger.close()
  })

  it('refuses what it cannot file, and other bytes under a known reference', async () => {
    const unknown = filing({ procedureCode: '9.999999' })
    expect(await portal.send(unknown.clientRef, unknown.bytes)).toMatchObject({
      errors: ['procedureCode'],
    })
    const { clientRef, bytes } = filing()
    await portal.send(clientRef, bytes)
    expect(
      await portal.send(clientRef, filing({ clientRef, form: { a: 'b' } }).bytes),
    ).toMatchObject({ kind: 'refused', problem: 'digest-conflict' })
    expect(await portal.withdraw(clientRef)).toEqual({ kind: 'unsupported' })
    const lost = filing({ attachments: [{ id: 'gone', sha256: sha256(scan), size: 1 }] })
    expect(await portal.send(lost.clientRef, lost.bytes)).toMatchObject({
      kind: 'refused',
      problem: 'attachment-mismatch',
      attachments: ['gone'],
    })
    expect(sandbox.dossiers()).toHaveLength(1)
  })
})
