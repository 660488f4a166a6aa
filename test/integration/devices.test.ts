import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { kioskFiles, type Profile } from '../../electron/settings/index.ts'
import { connectWorld, readWorldFile } from '../../electron/training/index.ts'
import { createTrainingPrinter } from '../../electron/training/printer.ts'
import { createTrainingScanner } from '../../electron/training/scanner.ts'
import { ippPeerNeeds, startIppPeer } from '../fixtures/ipp-peer.ts'
import { agree } from '../fixtures/file-dossier.ts'
import { builtProgram, startKiosk } from '../fixtures/kiosk-process.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { runCli } from '../fixtures/run-cli.ts'

/** The technician's command over devices: the built command, a real core, a pseudo-terminal. */

const noSocat = spawnSync('socat', ['-V']).error !== undefined

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-devices-'))
})
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

const CARD = '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'

/** The roles of a kiosk that has a scanner and nothing else, as they are listed. */
const others = [
  'ticket-printer',
  'page-printer',
  'chip-reader',
  'reader-bridge',
  'document-scanner',
] as const

const json = ({ stdout }: { stdout: string }): unknown => JSON.parse(stdout)

describe('without a kiosk that runs', () => {
  test('devices list goes by the profile and says so', async () => {
    const dataDir = join(dir, 'stopped')
    await putProfile(dataDir, realProfile({ scanner: { path: join(dir, 'none'), baud: 9600 } }))
    const listed = await runCli(['devices', 'list', '--json', '--data-dir', dataDir])
    expect(listed).toMatchObject({ code: 0, complaints: [] })
    expect(json(listed)).toEqual({
      running: false,
      devices: [
        {
          role: 'card-scanner',
          kind: 'serial',
          boundTo: join(dir, 'none'),
          present: false,
          state: null,
          remedy: null,
        },
        ...others.map((role) => ({
          role,
          kind: null,
          boundTo: null,
          present: null,
          state: null,
          remedy: null,
        })),
      ],
    })
    expect(await runCli(['devices', 'list', '--data-dir', dataDir])).toMatchObject({
      code: 0,
      complaints: [expect.stringContaining('no kiosk runs')],
    })
  })

  test.each(['watch', 'test card-scanner'])('devices %s cannot be done', async (words) => {
    const args = ['devices', ...words.split(' '), '--data-dir', join(dir, 'fresh')]
    expect(await runCli(args)).toMatchObject({
      code: 2,
      complaints: [expect.stringContaining('start the kiosk first')],
    })
  })

  test('a role that there is not is named as such', async () => {
    const args = ['devices', 'test', 'toaster', '--data-dir', join(dir, 'fresh')]
    expect(await runCli(args)).toMatchObject({
      code: 2,
      complaints: [expect.stringContaining('card-scanner, ticket-printer')],
    })
  })
})

describe.skipIf(noSocat)('on a kiosk that runs (needs socat: apt-get install socat)', () => {
  /** A kiosk with a scanner, and a watch on its devices. */
  async function hall(name: string) {
    const dataDir = join(dir, name)
    const made = await createTrainingScanner({ dir })
    if (!made.ok) throw new Error(made.error)
    const device = made.value
    onTestFinished(() => device.close())
    await putProfile(dataDir, realProfile({ scanner: { path: device.path, baud: 9600 } }))
    const kiosk = startKiosk(['--headless', '--data-dir', dataDir])
    onTestFinished(() => kiosk.close())
    await kiosk.url
    await vi.waitFor(() => stat(kioskFiles(dataDir).control), { timeout: 20_000 })
    const cli = (...args: string[]) => runCli(['devices', ...args, '--data-dir', dataDir])
    await kiosk.line(/scanner: ready/)
    return { device, kiosk, cli, dataDir }
  }

  test('list has each device with its state and what to do', async () => {
    const { device, cli, kiosk } = await hall('listed')
    expect(json(await cli('list', '--json'))).toEqual({
      running: true,
      devices: [
        {
          role: 'card-scanner',
          kind: 'serial',
          boundTo: device.path,
          present: true,
          state: { state: 'ready' },
          remedy: null,
        },
        ...others.map((role) =>
          expect.objectContaining({ role, boundTo: null, state: { state: 'not-configured' } }),
        ),
      ],
    })
    await device.unplug()
    await kiosk.line(/scanner: unplugged/)
    expect(await cli('list')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^card-scanner .* disconnected: plug it in/),
    })
  })

  test('watch tells a cable that is pulled and put back, until Ctrl-C', async () => {
    const { device, dataDir } = await hall('watched')
    const args = [builtProgram('cli.mjs'), 'devices', 'watch', '--json', '--data-dir', dataDir]
    const watch = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise<number | null>((resolve) => watch.on('close', resolve))
    const states: unknown[] = []
    const lines = createInterface({ input: watch.stdout })
    lines.on('line', (line) => {
      const event: unknown = JSON.parse(line)
      if (line.includes('card-scanner')) states.push(event)
    })
    const reached = (count: number) =>
      vi.waitFor(() => expect(states).toHaveLength(count), { timeout: 20_000, interval: 20 })
    await reached(1)
    await device.unplug()
    await reached(2)
    await device.plug()
    await reached(3)
    watch.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(states).toMatchObject([
      { kind: 'state', role: 'card-scanner', state: { state: 'ready' }, remedy: null },
      { kind: 'state', state: { state: 'disconnected' }, remedy: expect.any(String) },
      { kind: 'state', state: { state: 'ready' } },
    ])
  })

  test('a tested scanner says what a scan was and nothing that stood in it', async () => {
    const { device, cli, kiosk } = await hall('tested')
    const shown = cli('test', 'card-scanner', '--json')
    await kiosk.line(/the next scan is a test/)
    device.scan(CARD)
    const ran = await shown
    expect(ran).toMatchObject({ code: 0, complaints: [] })
    expect(json(ran)).toEqual({
      outcome: 'scan',
      code: 'id-card',
      bytes: Buffer.byteLength(CARD),
    })
    expect([...kiosk.said, ran.stdout].join('\n')).not.toMatch(/0830|Nguy/)
    expect(await cli('test', 'ticket-printer')).toMatchObject({
      code: 1,
      complaints: [expect.stringContaining('name it in the profile')],
    })
  })
})

describe('the test page', () => {
  /** A kiosk whose profile names these printers. */
  async function withPrinters(name: string, printers: Partial<Profile>) {
    const dataDir = join(dir, name)
    await putProfile(dataDir, realProfile(printers))
    const kiosk = startKiosk(['--headless', '--data-dir', dataDir])
    onTestFinished(() => kiosk.close())
    await kiosk.url
    await vi.waitFor(() => stat(kioskFiles(dataDir).control), { timeout: 20_000 })
    return {
      kiosk,
      tried: (role: string) => runCli(['devices', 'test', role, '--json', '--data-dir', dataDir]),
    }
  }

  test('of the slip printer comes out: confirmed, not confirmed, or with what stopped it', async () => {
    const peer = await createTrainingPrinter({ dir: join(dir, 'sheets'), port: 0 })
    onTestFinished(() => peer.close())
    const link = { kind: 'tcp', host: '127.0.0.1', port: peer.port } as const
    const { tried } = await withPrinters('slips', { printer: { link, dots: 576 } })
    const printed = await tried('ticket-printer')
    expect(printed.code).toBe(0)
    expect(json(printed)).toEqual({ outcome: 'printed', confirmed: true })
    expect(peer.prints()).toHaveLength(1)

    peer.setFault('silent')
    const silent = await tried('ticket-printer')
    expect(silent.code).toBe(0)
    expect(json(silent)).toEqual({ outcome: 'printed', confirmed: false })

    peer.setFault('none')
    peer.setPaper('out')
    const empty = await tried('ticket-printer')
    expect(empty).toMatchObject({
      code: 1,
      complaints: [expect.stringContaining('put a new roll in')],
    })
    expect(json(empty)).toMatchObject({ outcome: 'state', state: { state: 'paper-out' } })
  })

  const needs = ippPeerNeeds()
  test.skipIf(needs !== '')(`of the page printer comes out over IPP${needs}`, async () => {
    const peer = await startIppPeer('application/pdf')
    onTestFinished(() => peer.close())
    const { tried } = await withPrinters('pages', { pagePrinter: { uri: peer.uri } })
    const printed = await tried('page-printer')
    expect(json(printed)).toEqual({ outcome: 'printed', confirmed: true })
    expect(peer.documents()).toEqual([expect.stringMatching(/\.pdf$/)])
  })

  test('of a page printer that is away does not come, and the command says what to do', async () => {
    const { tried } = await withPrinters('away', {
      pagePrinter: { uri: 'ipp://127.0.0.1:9/ipp/print' },
    })
    expect(await tried('page-printer')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('unreachable'),
      complaints: [expect.stringContaining('nobody answers there')],
    })
  })
})

describe('the scanner of training mode, pulled and put back in mid-visit', () => {
  test.skipIf(noSocat)('reads on a terminal (needs socat: apt-get install socat)', async () => {
    const read = await pullAndScan(join(dir, 'serial'), {})
    expect(read).toEqual({ kind: 'serial', name: 'Nguyễn Văn Ví Dụ' })
  })

  test('reads in HID-POS mode where no terminal can be made', async () => {
    const read = await pullAndScan(join(dir, 'hid'), { PATH: '' })
    expect(read).toEqual({ kind: 'hid', name: 'Nguyễn Văn Ví Dụ' })
  })

  async function pullAndScan(dataDir: string, env: Readonly<Record<string, string>>) {
    const kiosk = startKiosk(['--training', '--headless', '--data-dir', dataDir], env)
    onTestFinished(() => kiosk.close())
    const page = await openPage(await kiosk.url)
    onTestFinished(() => page.close())
    const file = await readWorldFile(join(kioskFiles(dataDir).training, 'world.json'))
    const world = connectWorld(file.control)
    const scanner = (state: string) => page.see(({ devices }) => devices.scanner.state === state)
    await scanner('ready')
    await page.act({ type: 'start' })
    await agree(page)
    await world.setDevice('scanner', false)
    await scanner('disconnected')
    expect(await world.state()).toMatchObject({ unplugged: ['scanner'] })
    await page.screen('identify')
    await world.setDevice('scanner', true)
    await scanner('ready')
    await world.scan('father')
    const { card } = await page.screen('confirm')
    return { kind: file.scanner.kind, name: card.name }
  }
})
