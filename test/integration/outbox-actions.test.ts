import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { formatShortRef } from '../../shared/domain/short-ref.ts'
import { invent, KIOSK_ID, must } from '../../electron/outbox/harness.ts'
import { createOutbox, systemTimers } from '../../electron/outbox/index.ts'
import { createPortalClient } from '../../electron/portal/index.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import {
  createSealedFiles,
  openKeyFile,
  openStore,
  openStoreForReading,
  storeSchemaSql,
} from '../../electron/store/index.ts'
import { createSandboxPortal, type SandboxPortal } from '../../electron/training/portal/index.ts'
import { builtProgram, startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { runCli, type Ran } from '../fixtures/run-cli.ts'

/** What the technician's command does with filings: the built command, real cores, a real portal. */

let dir = ''
let sandbox: SandboxPortal
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-acts-'))
})
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

let count = 0
beforeEach(async () => {
  count += 1
  sandbox = await createSandboxPortal({
    dir: join(dir, `portal-${count}`),
    port: 0,
    clock: Date,
    validate: () => [],
  })
  const { close } = sandbox
  onTestFinished(close)
})

interface Filed {
  readonly clientRef: string
  readonly reference: string
}

/** A kiosk of its own in this test, that has filings and does not run yet. */
async function prepare(kioskId: string, filings: number) {
  const dataDir = join(dir, `${kioskId}-${count}`)
  const files = kioskFiles(dataDir)
  await mkdir(dataDir, { mode: 0o700 })
  const { url, publicKeys: receiptKeys } = sandbox
  await putProfile(dataDir, realProfile({ kioskId, portal: { url, receiptKeys } }))
  const keys = must(await openKeyFile(files.keys))
  const store = must(await openStore({ dir: files.store, keys, schemas: [storeSchemaSql] }))
  const portal = must(createPortalClient({ url, kioskId, receiptKeys }))
  const outbox = createOutbox({
    store,
    keys,
    files: createSealedFiles(files.store, keys),
    portal,
    clock: Date,
    timers: systemTimers,
    random: Math.random,
    kioskId,
    log: () => {},
  })
  const filed: Filed[] = []
  for (let at = 0; at < filings; at += 1) {
    const filing = invent('Nguyễn Văn Ví Dụ', Date.now())
    const body = Buffer.from(filing.body.toString().replace(KIOSK_ID, kioskId))
    const { clientRef, shortRef } = must(
      // Each citizen's own: one's filings would go one after the other.
      outbox.enqueue({ ...filing, citizenKey: filing.clientRef, body }),
    )
    filed.push({ clientRef, reference: formatShortRef(shortRef) })
  }
  store.close()
  await portal.close()

  const ran: Ran[] = []
  const state = z.array(z.looseObject({ state: z.string(), origin: z.string().nullable() }))
  return {
    dataDir,
    files,
    filed,
    ran,
    /** Runs `kiosk outbox …` on this kiosk. */
    async outbox(...args: string[]): Promise<Ran> {
      const one = await runCli(['outbox', ...args, '--data-dir', dataDir])
      ran.push(one)
      return one
    },
    /** States and origins, oldest first. */
    async list() {
      return state.parse(JSON.parse((await this.outbox('list', '--json')).stdout))
    },
    async start(): Promise<KioskProcess> {
      const kiosk = startKiosk(['--headless', '--data-dir', dataDir])
      onTestFinished(() => kiosk.close())
      await kiosk.url
      await reached(() => stat(files.control))
      return kiosk
    },
  }
}
type Prepared = Awaited<ReturnType<typeof prepare>>

/** The oldest filing that it was prepared with. */
function first({ filed }: Prepared): Filed {
  const [one] = filed
  if (one === undefined) throw new Error('prepared without filings')
  return one
}

/** Looks again and again until it does not throw. */
const reached = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 20_000, interval: 50 })

const seen = (kiosk: Prepared, states: string[]) =>
  reached(async () => expect((await kiosk.list()).map(({ state }) => state)).toEqual(states))

const complaint = (code: number, line: string | RegExp) => ({
  code,
  stdout: '',
  complaints: [
    typeof line === 'string' ? expect.stringContaining(line) : expect.stringMatching(line),
  ],
})

const actors = async ({ files }: Prepared) => {
  const reader = must(await openStoreForReading(files.store))
  try {
    const rows = reader.db.prepare('SELECT DISTINCT actor FROM event ORDER BY id').pluck().all()
    return z.array(z.string()).parse(rows)
  } finally {
    reader.close()
  }
}

describe('an action on a filing', () => {
  test('is done by the running core, and signed', async () => {
    const kiosk = await prepare('KM4', 2)
    await sandbox.refuseConnections()
    await kiosk.start()
    const [, second] = kiosk.filed
    const { clientRef, reference } = first(kiosk)

    const held = await kiosk.outbox('hold', ...reference.split(' '), '--actor', 'assistant:k7')
    expect(held).toEqual({ code: 0, stdout: `${reference}  NEEDS_STAFF\n`, complaints: [] })
    const again = await kiosk.outbox('release', clientRef, '--json')
    expect(again).toMatchObject({ code: 0, complaints: [] })
    expect(JSON.parse(again.stdout)).toEqual({
      ok: true,
      clientRef,
      reference,
      state: expect.any(String),
    })

    const withdrawn = await kiosk.outbox('withdraw', second?.clientRef ?? '')
    expect(withdrawn).toMatchObject({ code: 0, stdout: `${second?.reference}  ERASED\n` })
    expect(await kiosk.outbox('show', second?.clientRef ?? '', '--json')).toMatchObject({
      stdout: expect.stringContaining('"lastCode":"withdrawn"'),
    })
    expect(await actors(kiosk)).toEqual(['outbox', 'assistant:k7', 'technician'])
    expect(JSON.stringify(kiosk.ran)).not.toMatch(/Ví Dụ|083090000000/)
  })

  test('that is refused is one line and what to do, also as JSON', async () => {
    const kiosk = await prepare('KM4', 1)
    await sandbox.refuseConnections()
    await kiosk.start()
    const { clientRef, reference } = first(kiosk)
    const refused = async (args: string[], line: string, refusal: string) => {
      expect(await kiosk.outbox(...args)).toEqual(complaint(1, `${reference}: ${line}`))
      const { stdout, complaints } = await kiosk.outbox(...args, '--json')
      expect(complaints).toHaveLength(1)
      expect(JSON.parse(stdout)).toEqual({
        ok: false,
        clientRef,
        reference,
        refusal: { code: refusal },
      })
    }
    await refused(['release', clientRef], 'nobody holds the filing: use retry', 'not-held')
    await refused(['hand-over', clientRef], 'the filing is on its way by itself', 'not-with-staff')
    await kiosk.outbox('hold', clientRef)
    await refused(
      ['hand-over', clientRef],
      'the contents would be erased: take the papers first, and say so with --paper-taken',
      'unconfirmed',
    )
    expect(await kiosk.outbox('hand-over', clientRef, '--paper-taken')).toMatchObject({
      code: 0,
      stdout: `${reference}  ERASED\n`,
    })
    await refused(['retry', clientRef], 'the filing has ended', 'ended')
    expect(await kiosk.outbox('hold', 'KM 4T R7 HC')).toEqual(complaint(1, /^no such filing: /))
  })

  test('waits for a kiosk that runs, also where a killed one has left its socket', async () => {
    const kiosk = await prepare('KM4', 1)
    const { clientRef } = first(kiosk)
    const notRunning = complaint(2, 'no kiosk runs on these data: start the kiosk first')
    expect(await kiosk.outbox('hold', clientRef)).toEqual(notRunning)

    sandbox.setMode('cut')
    const running = await kiosk.start()
    expect((await stat(kiosk.files.control)).mode & 0o777).toBe(0o600)
    const core = await running.corePid()
    running.kill()
    await running.exited
    await reached(() => expect(() => process.kill(core ?? 0, 0)).toThrow('ESRCH'))
    expect(await kiosk.outbox('hold', clientRef, '--json')).toEqual(notRunning)

    await kiosk.start()
    await reached(async () => expect((await kiosk.outbox('hold', clientRef)).code).toBe(0))
  })
})

describe('the status of an outbox', () => {
  const said = ({ stdout }: Ran) => z.looseObject({ alarms: z.unknown() }).parse(JSON.parse(stdout))

  test('says what keeps filings from the portal, and what somebody must look at', async () => {
    const kiosk = await prepare('KM4', 2)
    const comeBack = await sandbox.refuseConnections()
    const core = await kiosk.start()
    await reached(async () =>
      expect(await kiosk.outbox('status')).toEqual({
        code: 0,
        stdout: expect.stringMatching(
          /^filings: 2 waiting, 0 with staff, 0 delivered\nportal: portal unreachable \(ECONNREFUSED\): check cable.*\n$/,
        ),
        complaints: [],
      }),
    )
    expect(said(await kiosk.outbox('status', '--json'))).toEqual({
      counts: { waiting: 2, needsStaff: 0, delivered: 0 },
      portal: {
        state: 'away',
        trouble: 'unreachable',
        cause: 'ECONNREFUSED',
        since: expect.stringMatching(/^\d{4}-.*Z$/),
        restUntil: null,
      },
      alarms: [],
    })

    // Told once, however often the portal repeats it.
    sandbox.script(['S6-digest-conflict', 'S10-403', 'S10-403', 'S10-403', 'S10-403'])
    await comeBack()
    const at = expect.stringMatching(/^\d{4}-.*Z$/)
    const alarms = [
      { code: 'portal-forbidden', clientRef: null, reference: null, at },
      { code: 'integrity', ...first(kiosk), at },
    ]
    const counts = { needsStaff: 1, waiting: 1, delivered: 0 }
    await reached(async () =>
      expect(said(await kiosk.outbox('status', '--json'))).toMatchObject({
        counts,
        portal: { state: 'away', trouble: 'forbidden' },
        alarms,
      }),
    )

    await core.close()
    const kept = await kiosk.outbox('status', '--json')
    expect(said(kept)).toEqual({ counts, portal: null, alarms })
    const lines = (await kiosk.outbox('status')).stdout.split('\n')
    expect(lines.slice(2)).toEqual([
      expect.stringMatching(/^alarm: \S+Z {2}- {2}portal-forbidden$/),
      expect.stringMatching(new RegExp(`^alarm: \\S+Z  ${first(kiosk).reference}  integrity$`)),
      '',
    ])
    expect(JSON.stringify(kiosk.ran)).not.toMatch(/Ví Dụ|083090000000/)
  })
})

type Moment = () => Promise<boolean>

/** Runs the command and ends it as `kill -9` would when the moment has come, or after its end. */
async function killAt({ dataDir }: Prepared, args: string[], moment: Moment): Promise<void> {
  const command = [builtProgram('cli.mjs'), 'outbox', ...args, '--data-dir', dataDir]
  const child = spawn(process.execPath, command, { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (child.exitCode === null && !(await moment())) await setImmediate()
  child.kill('SIGKILL')
  await ended
}

describe('a retired kiosk', () => {
  /** Puts the transfer key of one kiosk into a file, as its technician does. */
  async function keyOf(kiosk: Prepared): Promise<string> {
    const { code, stdout } = await kiosk.outbox('transfer-key')
    expect(code).toBe(0)
    const file = `${kiosk.dataDir}.pem`
    await writeFile(file, stdout)
    const json = JSON.parse((await kiosk.outbox('transfer-key', '--json')).stdout)
    const fours = /^fingerprint: ((?:[0-9a-f]{4} ?){4})\n/.exec(stdout)?.[1] ?? ''
    expect(json).toEqual({
      publicKey: stdout.slice(stdout.indexOf('-----BEGIN')),
      fingerprint: fours.replaceAll(' ', ''),
    })
    return file
  }

  test('gives its filings to another one, which delivers them; then it learns of it and erases', async () => {
    const here = await prepare('KM4', 2)
    const there = await prepare('KM7', 1)
    const stick = join(dir, `stick-${count}`)
    sandbox.setMode('cut')
    const core = await here.start()
    await there.start()
    const key = await keyOf(there)

    expect(await here.outbox('export', stick, '--to', key)).toEqual({
      code: 0,
      stdout: here.filed.map(({ reference }) => `${reference}  exported\n`).join(''),
      complaints: [],
    })
    expect((await here.list()).map(({ state }) => state)).toEqual(['NEEDS_STAFF', 'NEEDS_STAFF'])
    await core.close()

    const taken = await there.outbox('import', stick, '--json')
    expect(taken).toMatchObject({ code: 0, complaints: [] })
    expect(JSON.parse(taken.stdout)).toEqual({
      ok: true,
      taken: here.filed,
      known: [],
      refused: [],
    })
    sandbox.setMode('up')
    await seen(there, ['ERASED', 'ERASED', 'ERASED'])
    expect((await there.list()).map(({ origin }) => origin)).toEqual([null, 'KM4', 'KM4'])
    expect(await there.outbox('show', first(here).reference)).toMatchObject({ code: 0 })
    expect(await readdir(join(there.files.store, 'outbox'))).toEqual([])

    // The stick comes once more: nothing happens.
    expect(await there.outbox('import', stick)).toMatchObject({
      code: 0,
      stdout: here.filed.map(({ reference }) => `${reference}  known\n`).join(''),
    })

    await here.start()
    for (const { clientRef } of here.filed) {
      expect(await here.outbox('retry', clientRef)).toMatchObject({ code: 0 })
    }
    await seen(here, ['ERASED', 'ERASED'])
    expect(await readdir(join(here.files.store, 'outbox'))).toEqual([])

    const { url, publicKeys: receiptKeys } = sandbox
    const portal = must(createPortalClient({ url, kioskId: 'KM4', receiptKeys }))
    onTestFinished(() => portal.close())
    const asked = here.filed.map(({ clientRef }) => ({ clientRef, bodySha256: '' }))
    const answers = [...(await portal.statusOf(asked)).values()]
    // It has them, under this kiosk's id; the digest that was asked for is none.
    expect(answers).toEqual(asked.map(() => ({ kind: 'unknown', cause: 'receipt-other-bytes' })))
    expect(sandbox.filings()).toHaveLength(3)
    expect(JSON.stringify([here.ran, there.ran])).not.toMatch(/Ví Dụ|083090000000/)
  })

  test('whose core does not come up is exported and imported without one', async () => {
    const here = await prepare('KM4', 1)
    const there = await prepare('KM7', 0)
    const key = await keyOf(there)
    // Its core has run once, and was killed; since then the profile is spoilt.
    sandbox.setMode('cut')
    const running = await here.start()
    const core = await running.corePid()
    running.kill()
    await running.exited
    await reached(() => expect(() => process.kill(core ?? 0, 0)).toThrow('ESRCH'))
    await writeFile(here.files.profile, '{')

    const stick = join(dir, `stick-${count}`)
    const exported = await here.outbox('export', stick, first(here).clientRef, '--to', key)
    expect(exported).toMatchObject({ code: 0, complaints: [] })
    expect(await there.outbox('import', stick)).toEqual({
      code: 0,
      stdout: `${first(here).reference}  taken\n`,
      complaints: [],
    })
    sandbox.setMode('up')
    await there.start()
    await seen(there, ['ERASED'])
    expect(sandbox.accepted()).toBe(1)
  })

  test('loses nothing and sends nothing twice, wherever export or import is cut off', async () => {
    const FILINGS = 12
    const here = await prepare('KM4', FILINGS)
    const there = await prepare('KM7', 0)
    const key = await keyOf(there)
    const stick = join(dir, `stick-${count}`)
    const names = (folder: string) => readdir(folder).catch((): string[] => [])

    const exporting = ['export', stick, '--to', key]
    const onStick: Moment[] = [
      async () => (await names(stick)).length >= 1,
      async () => (await names(stick)).length >= FILINGS,
      // The list, before it has its name.
      async () => (await names(stick)).some((name) => name.endsWith('.tmp')),
      async () => (await names(stick)).includes('manifest.json'),
    ]
    for (const moment of onStick) {
      await killAt(here, exporting, moment)
      const states = (await here.list()).map(({ state }) => state)
      expect(states.every((state) => state === 'QUEUED' || state === 'NEEDS_STAFF')).toBe(true)
      // What the stick gives away, this kiosk does not send any more.
      const isListed = (await names(stick)).includes('manifest.json')
      expect(!isListed || states.every((state) => state === 'NEEDS_STAFF')).toBe(true)
    }
    const { code, complaints } = await here.outbox(...exporting)
    expect({ code, complaints }).toEqual({ code: 0, complaints: [] })

    const folder = join(there.files.store, 'outbox')
    for (const many of [1, 4, FILINGS]) {
      await killAt(there, ['import', stick], async () => (await names(folder)).length >= many)
    }
    const report = JSON.parse((await there.outbox('import', stick, '--json')).stdout)
    expect(report).toMatchObject({ ok: true, refused: [] })
    expect([...report.taken, ...report.known]).toHaveLength(FILINGS)

    await there.start()
    await seen(
      there,
      here.filed.map(() => 'ERASED'),
    )
    expect(
      sandbox
        .filings()
        .map(({ clientRef }) => clientRef)
        .sort(),
    ).toEqual(here.filed.map(({ clientRef }) => clientRef).sort())
  })

  test('says in one line what is wrong with a stick or a key', async () => {
    const here = await prepare('KM4', 1)
    const there = await prepare('KM7', 0)
    const stick = join(dir, `stick-${count}`)
    const own = await keyOf(here)
    const toOther = await keyOf(there)
    const noKey = join(dir, 'no-key.pem')
    await writeFile(noKey, 'no key')
    expect(await here.outbox('export', stick, '--to', own)).toEqual(
      complaint(1, `${own} is this kiosk's own transfer key: bring the other kiosk's`),
    )
    expect(await here.outbox('export', stick, '--to', noKey)).toEqual(
      complaint(1, `${noKey} is no transfer key: make it on the other kiosk`),
    )
    const nowhere = join(dir, 'not', 'mounted')
    expect(await here.outbox('export', nowhere, '--to', toOther)).toEqual(
      complaint(2, `${nowhere} cannot be written (ENOENT): export again`),
    )
    expect(await there.outbox('import', nowhere)).toEqual(complaint(1, /^no manifest\.json in /))

    expect(await here.outbox('export', stick, '--to', toOther)).toMatchObject({ code: 0 })
    expect(await here.outbox('import', stick)).toEqual(
      complaint(1, /^sealed to another kiosk \(key [0-9a-f]{16}\): take it there/),
    )
    await rm(join(stick, first(here).clientRef, 'envelope.bin'))
    const refused = await there.outbox('import', stick, '--json')
    expect(refused).toMatchObject({
      code: 1,
      complaints: [`${first(here).reference}: its files on the stick are missing: export it again`],
    })
    expect(JSON.parse(refused.stdout)).toEqual({
      ok: true,
      taken: [],
      known: [],
      refused: [{ ...first(here), code: 'missing' }],
    })
  })

  test('that never ran has nothing to give, and gets no key by accident', async () => {
    const at = ['--data-dir', join(dir, 'nowhere')]
    for (const args of [['transfer-key'], ['import', dir]]) {
      expect(await runCli(['outbox', ...args, ...at])).toEqual(complaint(2, /^no kiosk data: /))
    }
    await expect(stat(join(dir, 'nowhere'))).rejects.toThrow('ENOENT')
  })
})
