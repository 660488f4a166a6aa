import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJournal } from '../../audit/index.ts'
import { createPortalClient, type PortalAdapter } from '../../portal/index.ts'
import {
  createSealedFiles,
  DISK_LIMITS,
  filingRows,
  newFilingKey,
  openFilingKey,
  openKeyFile,
  openStore,
  rebuildFromEnvelopes,
  storeSchemaSql,
} from '../../store/index.ts'
import { createSandboxPortal, type SandboxPortal } from '../../training/portal/index.ts'
import { adoptRebuilt } from '../adopt.ts'
import { createManualTime, invent, KIOSK_ID, must, until } from '../harness.ts'
import { createOutbox } from '../outbox.ts'
import { createQueue } from '../queue.ts'
import { readTransferKey } from './key.ts'
import { encodeManifest } from './manifest.ts'
import { digestOf } from './stick.ts'
import { readOutbox } from '../submission.ts'
import { createTransfer, createTransferAlone } from './transfer.ts'

/** Two kiosks, a portal, and a stick that is carried from one to the other. */

const OTHER_ID = 'kiosk-2'
const technician = { actor: 'technician' }

let dir: string
let time: ReturnType<typeof createManualTime>
let sandbox: SandboxPortal
let closing: (() => Promise<unknown>)[]
let stick: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-transfer-'))
  time = createManualTime()
  sandbox = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: time,
    validate: () => [],
  })
  closing = []
  stick = join(dir, 'stick')
})
afterEach(async () => {
  for (const close of closing.toReversed()) await close()
  await sandbox.close()
  await rm(dir, { recursive: true })
})

function client(kioskId: string): PortalAdapter {
  const portal = must(
    createPortalClient({ url: sandbox.url, kioskId, receiptKeys: sandbox.publicKeys }),
  )
  closing.push(() => portal.close())
  return portal
}

/** A kiosk; a second call with its id is its restart. */
async function openKiosk(kioskId: string, portal: PortalAdapter = client(kioskId)) {
  const storeDir = join(dir, kioskId)
  const keys = must(await openKeyFile(storeDir))
  const store = must(await openStore({ dir: storeDir, keys, schemas: [storeSchemaSql] }))
  const files = createSealedFiles(storeDir, keys)
  const log: [string, object][] = []
  const outbox = createOutbox({
    store,
    keys,
    files,
    portal,
    clock: time,
    timers: time,
    random: () => 0.5,
    kioskId,
    log: (event, details) => log.push([event, details]),
  })
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    await outbox.stop()
    store.close()
  }
  closing.push(close)
  return { kioskId, storeDir, keys, store, files, outbox, log, close }
}
type Kiosk = Awaited<ReturnType<typeof openKiosk>>

function file({ outbox, kioskId }: Kiosk, marker?: string): string {
  const filing = invent(marker)
  const body = filing.body.toString().replace(KIOSK_ID, kioskId)
  return must(outbox.enqueue({ ...filing, body: Buffer.from(body) })).clientRef
}

const exportAll = (from: Kiosk, to: Kiosk, clientRefs: string[] | null = null, at = stick) =>
  from.outbox.transfer.exportTo({
    dir: at,
    keyPem: to.outbox.transfer.key().publicKey,
    clientRefs,
    ...technician,
  })
const importAll = ({ outbox }: Kiosk, at = stick) =>
  outbox.transfer.importFrom({ dir: at, ...technician })

const stateOf = ({ outbox }: Kiosk, clientRef: string) => outbox.get(clientRef)?.state
/** Resolves when the portal's receipt is there and the contents are gone; time passes meanwhile. */
async function accepted({ outbox }: Kiosk, clientRef: string): Promise<void> {
  const stop = time.flow(1000)
  await until(outbox, () => outbox.get(clientRef)?.state === 'ERASED')
  stop()
}

/** Every byte of every file below a folder. */
async function bytesBelow(folder: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const name of await readdir(folder, { recursive: true })) {
    const bytes = await readFile(join(folder, name)).catch(() => null)
    if (bytes !== null) found.set(name, bytes)
  }
  return found
}

async function pair() {
  return { here: await openKiosk(KIOSK_ID), there: await openKiosk(OTHER_ID) }
}

describe('a filing that goes over a stick', () => {
  it('is delivered once, in the name of the kiosk that took it in, and its receipt reaches both', async () => {
    const { here, there } = await pair()
    sandbox.setMode('cut')
    const refs = [file(here), file(here, 'Trần Thị Mẫu')]
    here.outbox.start()
    must(await exportAll(here, there))
    expect(here.outbox.list()).toMatchObject(
      refs.map((clientRef) => ({ clientRef, state: 'NEEDS_STAFF', lastCode: 'exported' })),
    )
    must(await importAll(there))
    expect(there.outbox.list()).toMatchObject(
      refs.map((clientRef) => ({ clientRef, state: 'IN_DOUBT', lastCode: 'imported' })),
    )
    sandbox.setMode('up')
    there.outbox.start()
    for (const ref of refs) await accepted(there, ref)
    expect(sandbox.filings().map(({ clientRef }) => clientRef)).toEqual(refs)
    for (const ref of refs) {
      const digest = there.outbox.get(ref)?.receipt?.bodySha256 ?? ''
      expect(await client(KIOSK_ID).status(ref, digest)).toMatchObject({ kind: 'accepted' })
      expect(await client(OTHER_ID).status(ref, digest)).toEqual({ kind: 'absent' })
    }

    for (const ref of refs) must(here.outbox.staff.retry(ref, technician))
    for (const ref of refs) await accepted(here, ref)
    expect(here.outbox.list().map(({ receipt }) => receipt)).toEqual(
      there.outbox.list().map(({ receipt }) => receipt),
    )
    expect(sandbox.accepted()).toBe(2)
  })

  it('keeps the reference that its slip bears', async () => {
    const { here, there } = await pair()
    file(there)
    const ref = file(here)
    must(await exportAll(here, there))
    const report = must(await importAll(there))
    const printed = here.outbox.get(ref)?.shortRef
    expect(report.taken).toEqual([{ clientRef: ref, shortRef: printed }])
    expect(there.outbox.get(ref)).toMatchObject({
      seq: 2,
      shortRef: printed,
      origin: { kioskId: KIOSK_ID, seq: 1 },
    })
  })

  it('lies sealed on the stick, byte for byte as in the kiosk', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    const found = await bytesBelow(stick)
    expect([...found.keys()].sort()).toEqual([join(ref, 'envelope.bin'), 'manifest.json'])
    expect(found.get(join(ref, 'envelope.bin'))).toEqual(
      await readFile(join(here.storeDir, 'outbox', ref, 'envelope.bin')),
    )
    const all = Buffer.concat([...found.values()]).toString()
    for (const trace of ['Ví Dụ', '083090000000', 'bổ túc']) expect(all).not.toContain(trace)
  })

  it('is in the journals of both kiosks, with who did it', async () => {
    const { here, there } = await pair()
    file(here)
    must(await exportAll(here, there))
    must(await exportAll(here, there))
    must(await importAll(there))
    const events = ({ store }: Kiosk) =>
      store.db.prepare('SELECT actor, from_state, to_state, reason FROM event').raw().all()
    expect(events(here).slice(1)).toEqual([
      ['technician', 'QUEUED', 'NEEDS_STAFF', 'exported'],
      ['technician', 'NEEDS_STAFF', 'NEEDS_STAFF', 'exported-again'],
    ])
    expect(events(there)).toEqual([['technician', null, 'IN_DOUBT', 'imported']])
    for (const { store } of [here, there]) {
      expect(createJournal(store.db).verify()).toMatchObject({ ok: true })
    }
  })

  it('goes on to a third kiosk under the same name', async () => {
    const { here, there } = await pair()
    const third = await openKiosk('kiosk-3')
    const ref = file(here)
    must(await exportAll(here, there))
    must(await importAll(there))
    const next = join(dir, 'next')
    must(await exportAll(there, third, null, next))
    must(await importAll(third, next))
    expect(third.outbox.get(ref)).toMatchObject({
      shortRef: here.outbox.get(ref)?.shortRef,
      origin: { kioskId: KIOSK_ID, seq: 1 },
    })
    third.outbox.start()
    await accepted(third, ref)
    expect(sandbox.accepted()).toBe(1)
  })

  it('takes its papers along', async () => {
    const { here, there } = await pair()
    const ref = await withPapers(here, { scan1: 'a paper', scan2: 'x'.repeat(200_000) })
    must(await exportAll(here, there))
    expect(must(await importAll(there)).refused).toEqual([])
    const rows = there.store.db
      .prepare('SELECT id, ordinal, kind, size, state FROM attachment ORDER BY ordinal')
      .all()
    expect(rows).toEqual([
      { id: 'scan1', ordinal: 0, kind: 'proof', size: 7, state: 'WAITING' },
      { id: 'scan2', ordinal: 1, kind: 'proof', size: 200_000, state: 'WAITING' },
    ])
    const { rows: found } = await rebuildFromEnvelopes(there.storeDir, there.keys)
    const wrapped = found.find(({ clientRef }) => clientRef === ref)?.wrapped
    if (wrapped === undefined) throw new Error('not found')
    const filing = must(openFilingKey(there.keys, wrapped))
    const paper = must(await there.files.openPaper(ref, filing, 'scan1'))
    expect(Buffer.from(must(await paper.read(0, 100))).toString()).toBe('a paper')
    await paper.close()
  })
})

/** A confirmed filing with papers, as a visit leaves it. */
async function withPapers(kiosk: Kiosk, papers: Record<string, string>): Promise<string> {
  const { clientRef, body, requestId, procedureCode } = invent()
  const filing = must(await kiosk.files.begin(clientRef))
  const list = []
  for (const [id, text] of Object.entries(papers)) {
    const sealed = must(await kiosk.files.writePaper(clientRef, filing, id, [Buffer.from(text)]))
    const sha256 = Buffer.from(sealed.sha256).toString('base64')
    list.push({ id, ordinal: list.length, kind: 'proof', size: sealed.size, sha256 })
  }
  const description = {
    seq: 7,
    requestId,
    groupKey: Buffer.alloc(32, 1).toString('base64'),
    procedureCode,
    schemaVersion: 1,
    portalId: 'portal',
    bodySha256: createHash('sha256').update(body).digest('base64'),
    capturedAtMs: time.now(),
    dependsOn: null,
    papers: list,
  }
  must(await kiosk.files.confirm(clientRef, filing, description, body))
  const { rows } = await rebuildFromEnvelopes(kiosk.storeDir, kiosk.keys)
  const mine = rows.filter((row) => row.clientRef === clientRef)
  adoptRebuilt(kiosk.store, mine, time.now())
  return clientRef
}

const forgedPaper = {
  id: 'x',
  ordinal: 0,
  kind: 'proof',
  size: 1,
  sha256: Buffer.alloc(32).toString('base64'),
}

type Forgery = {
  readonly procedureCode?: string
  readonly kioskId?: string
  readonly clientRef?: string
  readonly body?: Uint8Array
  readonly description?: Partial<Parameters<Kiosk['files']['confirm']>[2]>
}

/** A stick by somebody who knows a kiosk's public key, and how everything is made. */
async function forge({ files, keys }: Kiosk, to: Kiosk, forgery: Forgery) {
  const { clientRef, procedureCode } = invent()
  const said = { kioskId: KIOSK_ID, clientRef, procedureCode, ...forgery }
  const body = forgery.body ?? Buffer.from(JSON.stringify(said))
  const filing = newFilingKey(keys)
  const description = {
    seq: 7,
    requestId: 'r',
    groupKey: Buffer.alloc(32, 1).toString('base64'),
    procedureCode: said.procedureCode,
    schemaVersion: 1,
    portalId: 'portal',
    bodySha256: createHash('sha256').update(body).digest('base64'),
    capturedAtMs: time.now(),
    dependsOn: null,
    papers: [],
    ...forgery.description,
  }
  must(await files.confirm(clientRef, filing, description, body))
  const at = join(dir, `forged-${clientRef}`)
  await cp(join(files.dir, 'outbox', clientRef), join(at, clientRef), { recursive: true })
  const envelope = await readFile(join(at, clientRef, 'envelope.bin'))
  const { publicKey, fingerprint: sealedTo } = to.outbox.transfer.key()
  const key = Buffer.from(must(readTransferKey(publicKey)).seal(filing.key.export()))
  const list = encodeManifest({
    exportedBy: KIOSK_ID,
    sealedTo,
    filings: [
      {
        clientRef,
        kioskId: KIOSK_ID,
        seq: 7,
        key: key.toString('base64'),
        files: [{ name: 'envelope.bin', ...digestOf(envelope) }],
      },
    ],
  })
  await writeFile(join(at, 'manifest.json'), list)
  return importAll(to, at)
}

describe('an export', () => {
  it('leaves what is being sent, and what staff hold unless it is named', async () => {
    const { here, there } = await pair()
    const sending = file(here)
    sandbox.script(['slow'])
    here.outbox.start()
    await until(here.outbox, () => stateOf(here, sending) === 'SENDING')
    const held = file(here, 'Trần Thị Mẫu')
    must(here.outbox.staff.hold(held, technician))
    const all = must(await exportAll(here, there))
    expect(all.exported).toEqual([])
    expect(all.left).toMatchObject([
      { clientRef: sending, code: 'busy' },
      { clientRef: held, code: 'held' },
    ])
    expect(must(await exportAll(here, there, [held])).exported).toHaveLength(1)
  })

  it('names no filing that has ended, and refuses one that is asked for', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    here.outbox.start()
    await accepted(here, ref)
    expect(must(await exportAll(here, there))).toEqual({ exported: [], left: [] })
    expect(must(await exportAll(here, there, [ref])).left).toMatchObject([{ code: 'ended' }])
    const nobody = '01a94a5b-6a00-7000-8000-000000000001'
    expect(must(await exportAll(here, there, [nobody])).left).toEqual([
      { clientRef: nobody, shortRef: null, code: 'unknown-filing' },
    ])
  })

  it('may be repeated, onto the same stick and onto another', async () => {
    const { here, there } = await pair()
    const first = file(here)
    must(await exportAll(here, there))
    const before = await bytesBelow(stick)
    expect(must(await exportAll(here, there)).exported).toHaveLength(1)
    expect(await bytesBelow(stick)).toEqual(before)

    const second = file(here)
    expect(must(await exportAll(here, there, [second])).exported).toHaveLength(1)
    expect(must(await importAll(there)).taken).toMatchObject([
      { clientRef: first },
      { clientRef: second },
    ])
    const other = join(dir, 'other')
    expect(must(await exportAll(here, there, null, other)).exported).toHaveLength(2)
    expect(must(await importAll(there, other)).known).toHaveLength(2)
  })

  it('writes anew what is spoilt on the stick', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    await writeFile(join(stick, ref, 'envelope.bin'), 'spoilt')
    must(await exportAll(here, there))
    expect(must(await importAll(there)).taken).toHaveLength(1)
  })

  it('is for another kiosk alone', async () => {
    const { here, there } = await pair()
    file(here)
    expect(await exportAll(here, here)).toEqual({ ok: false, error: { code: 'own-key' } })
    const order = { dir: stick, clientRefs: null, ...technician }
    for (const keyPem of ['', 'no key', '-----BEGIN PRIVATE KEY-----']) {
      expect(await here.outbox.transfer.exportTo({ ...order, keyPem })).toEqual({
        ok: false,
        error: { code: 'bad-key' },
      })
    }
    must(await exportAll(here, there))
    const third = await openKiosk('kiosk-3')
    expect(await exportAll(here, third)).toEqual({ ok: false, error: { code: 'stick-in-use' } })
    file(third)
    expect(await exportAll(third, there)).toEqual({ ok: false, error: { code: 'stick-in-use' } })
  })

  it('marks each filing when its copy is there, and before the list has its name', async () => {
    const { here, there } = await pair()
    const refs = [file(here), file(here)]
    const seen: string[][] = []
    here.outbox.subscribe(() => seen.push(readdirSync(stick).sort()))
    must(await exportAll(here, there))
    const inWriting = expect.stringMatching(/^manifest\.json\..*\.tmp$/)
    const then = [...refs.toSorted(), inWriting]
    expect(seen).toEqual([then, then])
  })

  it('marks nothing where the stick cannot be written', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    for (const at of [join(dir, 'not', 'mounted'), join(dir, 'file')]) {
      await writeFile(join(dir, 'file'), '')
      expect(await exportAll(here, there, null, at)).toMatchObject({
        ok: false,
        error: { code: 'stick' },
      })
    }
    expect(stateOf(here, ref)).toBe('QUEUED')
  })

  it('leaves a filing whose envelope does not open, and takes the others', async () => {
    const { here, there } = await pair()
    const [broken, lost, whole] = [file(here), file(here), file(here)]
    await writeFile(join(here.storeDir, 'outbox', broken, 'envelope.bin'), 'spoilt')
    await rm(join(here.storeDir, 'outbox', lost), { recursive: true })
    const report = must(await exportAll(here, there))
    expect(report.exported).toMatchObject([{ clientRef: whole }])
    expect(report.left).toMatchObject([
      { clientRef: broken, code: 'damaged' },
      { clientRef: lost, code: 'missing' },
    ])
    expect(stateOf(here, broken)).toBe('QUEUED')
  })

  it('that was cut off before the list had its name counts for nothing: the filing waits here', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    await rm(join(stick, 'manifest.json'))
    expect(await importAll(there)).toEqual({ ok: false, error: { code: 'no-manifest' } })
    must(here.outbox.staff.retry(ref, technician))
    here.outbox.start()
    await accepted(here, ref)
    expect(sandbox.accepted()).toBe(1)
  })

  it('does without a core, also of what a killed one was sending', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    here.store.db.exec(`UPDATE submission SET state = 'SENDING', attempts = 1`)
    const alone = createTransferAlone({ ...here, clock: time, log: () => {} })
    const keyPem = there.outbox.transfer.key().publicKey
    must(await alone.exportTo({ dir: stick, keyPem, clientRefs: null, ...technician }))
    expect(stateOf(here, ref)).toBe('NEEDS_STAFF')
    must(await importAll(there))
    there.outbox.start()
    await accepted(there, ref)
  })
})

describe('an import', () => {
  it('changes nothing when it is repeated, whatever became of the filing', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    must(await importAll(there))
    const rows = () => there.store.db.prepare('SELECT * FROM submission').all()
    const before = rows()
    expect(must(await importAll(there))).toMatchObject({
      taken: [],
      known: [{ clientRef: ref }],
      refused: [],
    })
    expect(rows()).toEqual(before)
    there.outbox.start()
    await accepted(there, ref)
    expect(must(await importAll(there)).known).toHaveLength(1)
    expect(stateOf(there, ref)).toBe('ERASED')
    expect(await readdir(join(there.storeDir, 'outbox'))).toEqual([])
  })

  it('refuses other bytes under a reference that it has, with an alarm', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    const { procedureCode } = invent()
    const body = Buffer.from('{"other":true}')
    must(
      there.outbox.enqueue({
        clientRef: ref,
        requestId: 'r',
        procedureCode,
        citizenKey: 'c',
        body,
      }),
    )
    must(await exportAll(here, there))
    expect(must(await importAll(there)).refused).toMatchObject([
      { clientRef: ref, code: 'other-bytes' },
    ])
    expect(there.outbox.get(ref)).toMatchObject({ state: 'QUEUED', origin: null })
    expect(there.log).toContainEqual(['alarm', { code: 'import-other-bytes', clientRef: ref }])
    expect(
      there.store.db.prepare('SELECT reason FROM event ORDER BY id DESC LIMIT 1').pluck().get(),
    ).toBe('import-other-bytes')
  })

  it('of what is sealed to another kiosk is refused as a whole', async () => {
    const { here, there } = await pair()
    const third = await openKiosk('kiosk-3')
    file(here)
    must(await exportAll(here, third))
    expect(await importAll(there)).toEqual({
      ok: false,
      error: { code: 'other-kiosk', sealedTo: third.outbox.transfer.key().fingerprint },
    })
  })

  describe('of a stick with one wrong bit', () => {
    /** Takes a copy of the stick in, with one bit turned in one of the files; gives how many came. */
    async function takeSpoilt(there: Kiosk, name: string, at: number, bit: number) {
      const copy = join(dir, 'copy')
      await cp(stick, copy, { recursive: true })
      const bytes = await readFile(join(copy, name))
      const place = at % bytes.length
      bytes[place] = (bytes[place] ?? 0) ^ (1 << bit)
      await writeFile(join(copy, name), bytes)
      const report = await importAll(there, copy)
      await rm(copy, { recursive: true })
      return report.ok ? report.value.taken.length : 0
    }
    const nothingOf = async ({ outbox, storeDir }: Kiosk) =>
      outbox.list().length === 0 &&
      (await readdir(join(storeDir, 'outbox')).catch(() => [])).length === 0
    const bit = fc.integer({ min: 0, max: 7 })

    it('takes nothing where it is in a sealed file', async () => {
      const { here, there } = await pair()
      const ref = await withPapers(here, { scan1: 'a paper' })
      must(await exportAll(here, there))
      const name = fc.constantFrom(join(ref, 'envelope.bin'), join(ref, 'scan1.bin'))
      await fc.assert(
        fc.asyncProperty(name, fc.nat(), bit, async (name, at, bit) => {
          expect(await takeSpoilt(there, name, at, bit)).toBe(0)
          expect(await nothingOf(there)).toBe(true)
        }),
        { numRuns: 30 },
      )
      expect(must(await importAll(there)).taken).toHaveLength(1)
    })

    it('takes nothing, or the very filing, where it is in the list', async () => {
      const { here, there } = await pair()
      const ref = await withPapers(here, { scan1: 'a paper' })
      must(await exportAll(here, there))
      const arrived = () =>
        there.store.db
          .prepare(
            `SELECT s.client_ref, origin_kiosk_id, origin_seq, a.id, a.sha256, body_sha256
             FROM submission s JOIN attachment a ON a.client_ref = s.client_ref`,
          )
          .all()
      must(await importAll(there))
      const whole = arrived()
      const forget = () => {
        there.store.db.exec('DELETE FROM attachment; DELETE FROM submission; DELETE FROM sealed')
        must(there.files.eraseNow([ref]))
      }
      forget()
      await fc.assert(
        fc.asyncProperty(fc.nat(), bit, async (at, bit) => {
          const taken = await takeSpoilt(there, 'manifest.json', at, bit)
          const found = taken === 0 ? await nothingOf(there) : arrived()
          expect(found).toEqual(taken === 0 ? true : whole)
          forget()
        }),
        { numRuns: 30 },
      )
    })
  })

  it('takes the others where one is spoilt', async () => {
    const { here, there } = await pair()
    const [first, second] = [file(here), file(here)]
    must(await exportAll(here, there))
    await rm(join(stick, first, 'envelope.bin'))
    const report = must(await importAll(there))
    expect(report.taken).toMatchObject([{ clientRef: second }])
    expect(report.refused).toMatchObject([{ clientRef: first, code: 'missing' }])
  })

  it.each<[string, (path: string) => unknown, string]>([
    ['a link', (path) => symlink('/etc/hostname', path), 'damaged'],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'damaged'],
    ['a folder', (path) => mkdir(path), 'damaged'],
    ['a file without end', (path) => writeFile(path, Buffer.alloc(1_000_000)), 'damaged'],
    ['an empty file', (path) => writeFile(path, ''), 'damaged'],
  ])('does not follow %s in the place of a file', async (_what, put, code) => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    const path = join(stick, ref, 'envelope.bin')
    await rm(path)
    await put(path)
    expect(must(await importAll(there)).refused).toMatchObject([{ code }])
  })

  it('does not take one filing’s key or envelope for another’s', async () => {
    const { here, there } = await pair()
    const [first, second] = [file(here), file(here)]
    must(await exportAll(here, there))
    const list = await readFile(join(stick, 'manifest.json'), 'utf8')
    const [one = '', two = ''] = [...list.matchAll(/"key": "([^"]+)"/g)].map(([, key]) => key)
    const swapped = list.replace(one, 'KEY').replace(two, one).replace('KEY', two)
    await writeFile(join(stick, 'manifest.json'), swapped)
    expect(must(await importAll(there)).refused).toMatchObject([
      { code: 'damaged' },
      { code: 'damaged' },
    ])
    await writeFile(join(stick, 'manifest.json'), list.replaceAll(first, second.replace(/.$/, '0')))
    const report = await importAll(there)
    expect(report.ok ? report.value.taken.map(({ clientRef }) => clientRef) : []).not.toContain(
      first,
    )
  })

  it.each<[string, Forgery]>([
    ['a procedure that writes on the terminal', { procedureCode: '\u001b[2J' }],
    ['a moment that is none', { description: { capturedAtMs: 9e15 } }],
    ['another number than its list says', { description: { seq: 8 } }],
    ['another kiosk in its bytes', { kioskId: 'kiosk-9' }],
    ['another reference in its bytes', { clientRef: invent().clientRef }],
    ['papers that its list does not name', { description: { papers: [forgedPaper] } }],
    [
      'a digest of other bytes',
      { description: { bodySha256: Buffer.alloc(32).toString('base64') } },
    ],
    ['bytes that are no filing', { body: Buffer.from('[[[') }],
  ])('refuses a filing that somebody has forged with %s', async (_what, forgery) => {
    const { there } = await pair()
    const forger = await openKiosk('kiosk-3')
    expect(must(await forge(forger, there, {})).taken).toHaveLength(1)
    expect(must(await forge(forger, there, forgery)).refused).toMatchObject([{ code: 'damaged' }])
    expect(there.outbox.list()).toHaveLength(1)
  })

  it('does not disturb a visit that goes on under the same reference', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    must(await there.files.begin(ref))
    expect(must(await importAll(there)).refused).toMatchObject([{ code: 'in-use' }])
    expect(await readdir(join(there.storeDir, 'outbox'))).toEqual([ref])
  })

  it('takes nothing where the disk would have no room left for visits', async () => {
    const { here, there } = await pair()
    file(here)
    must(await exportAll(here, there))
    const { store, keys, kioskId } = there
    const journal = createJournal(store.db)
    const { capabilities } = client(OTHER_ID)
    const full = createTransfer({
      ...there,
      keys,
      journal,
      clock: time,
      queue: createQueue({ store, journal, clock: time, capabilities, bootId: 'full' }),
      reader: readOutbox(store.db, kioskId),
      free: async () => DISK_LIMITS.MIN_FREE_BYTES,
      tell: () => {},
      entered: () => {},
      log: () => {},
    })
    const report = must(await full.importFrom({ dir: stick, ...technician }))
    expect(report.refused).toMatchObject([{ code: 'disk-full' }])
    expect(must(await importAll(there)).taken).toHaveLength(1)
  })

  it('that died between envelope and row is found by the next start, with its origin', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    must(await importAll(there))
    there.store.db.exec('DELETE FROM submission; DELETE FROM sealed')
    const rowOf = filingRows(there.store)
    const swept = await there.files.sweep({ rowOf, visiting: null, nowMs: time.now() })
    adoptRebuilt(there.store, swept.found, time.now())
    await there.close()
    const again = await openKiosk(OTHER_ID)
    expect(again.outbox.get(ref)).toMatchObject({
      state: 'IN_DOUBT',
      shortRef: here.outbox.get(ref)?.shortRef,
    })
    again.outbox.start()
    await accepted(again, ref)
    expect(sandbox.accepted()).toBe(1)
  })

  it('goes to staff where the portal can neither be asked nor sent twice', async () => {
    const here = await openKiosk(KIOSK_ID)
    const portal = client(OTHER_ID)
    const blind = { ...portal.capabilities, replaySafe: false, statusByRef: false }
    const there = await openKiosk(OTHER_ID, { ...portal, capabilities: blind })
    const ref = file(here)
    must(await exportAll(here, there))
    must(await importAll(there))
    expect(there.outbox.get(ref)).toMatchObject({ state: 'NEEDS_STAFF', lastCode: 'doubt' })
    expect(there.outbox.staff.retry(ref, technician)).toMatchObject({
      error: { code: 'portal-may-have-it' },
    })
  })

  it('is seen by staff, and stops nothing, where the portal does not let the kiosk speak for another', async () => {
    const { here, there } = await pair()
    const ref = file(here)
    must(await exportAll(here, there))
    must(await importAll(there))
    sandbox.script(['S10-status-403'])
    there.outbox.start()
    await until(there.outbox, () => stateOf(there, ref) === 'NEEDS_STAFF')
    expect(there.outbox.get(ref)?.lastCode).toBe('refused-kiosk-disabled')
    await accepted(there, file(there))
    // The first kiosk may have sent it.
    expect(there.outbox.staff.handOver(ref, { ...technician, paperTaken: true })).toMatchObject({
      error: { code: 'portal-may-have-it' },
    })
  })
})

it('a stick without a list, or with a list of something else, is told apart', async () => {
  const { there } = await pair()
  await mkdir(stick)
  expect(await importAll(there)).toEqual({ ok: false, error: { code: 'no-manifest' } })
  expect(await importAll(there, join(dir, 'nowhere'))).toEqual({
    ok: false,
    error: { code: 'no-manifest' },
  })
  await writeFile(join(stick, 'manifest.json'), randomBytes(100))
  expect(await importAll(there)).toEqual({ ok: false, error: { code: 'bad-manifest' } })
  await writeFile(join(stick, 'manifest.json'), '{"version":2}')
  expect(await importAll(there)).toEqual({ ok: false, error: { code: 'other-version' } })
  await rm(join(stick, 'manifest.json'))
  await mkdir(join(stick, 'manifest.json'))
  expect(await importAll(there)).toEqual({ ok: false, error: { code: 'bad-manifest' } })
})
