import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Timers } from '../../timers.ts'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import type { DocumentScannerState } from '../../../shared/contract/index.ts'
import { createDocumentScanner } from './document-scanner.ts'
import { feederIn } from './feeder.ts'
import { SCAN_LIMITS } from './limits.ts'
import { createProgram, type ScanRun } from './program.ts'
import {
  openArguments,
  openTransport,
  scanArguments,
  scanTransport,
  type OpenTransport,
  type ScanTransport,
} from './scanimage.ts'

const hasSane = spawnSync('scanimage', ['--version']).status === 0
const missing = hasSane || process.env['CI'] ? '' : ' (needs scanimage: apt-get install sane-utils)'

/** A configuration in which SANE has its own test scanner and no other. */
const config = mkdtempSync(join(tmpdir(), 'kiosk-sane-'))
writeFileSync(join(config, 'dll.conf'), 'test\n')
const env = { ...process.env, SANE_CONFIG_DIR: config }
const pipes = mkdtempSync(join(tmpdir(), 'kiosk-pipes-'))
afterAll(() => {
  for (const folder of [config, pipes]) rmSync(folder, { recursive: true })
})

/** The test scanner, asked as a real one is, with what it is to pretend. */
const sane = (...pretend: string[]) =>
  scanTransport(
    createProgram('scanimage', env),
    (job) => [...scanArguments('test:0', job), ...pretend],
    pipes,
  )

/** Any program in its place. */
const scanProcess = (
  program: string,
  args: readonly string[],
  ...rest: [NodeJS.ProcessEnv?, Pick<Timers, 'after'>?]
) => scanTransport(createProgram(program, ...rest), () => args)
const onePage = { source: null, pages: 1 } as const

/** It is there, for who only looks. */
const opens: OpenTransport = async () => ({ kind: 'opened', options: '' })

/** The folders through which pages are being scanned. */
const scanFolders = () => readdirSync(pipes)
const filesIn = (folder: string) =>
  existsSync(join(pipes, folder))
    ? readdirSync(join(pipes, folder), { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        isFile: entry.isFile(),
      }))
    : []

function open(transport: ScanTransport, look = opens, source: string | null = null) {
  const timers = createManualTimers()
  const states: DocumentScannerState['state'][] = []
  const logged: unknown[] = []
  const pages: Uint8Array[] = []
  const scanner = createDocumentScanner({
    transport,
    open: look,
    source,
    timers,
    log: (line) => logged.push(line),
  })
  scanner.subscribe(({ state }) => states.push(state))
  const scan = (room = 12) =>
    scanner.scan(room, async (jpeg) => {
      pages.push(jpeg)
      return 'taken'
    })
  return { scanner, timers, states, logged, pages, scan }
}

describe.skipIf(missing)(`a scanner as SANE knows it${missing}`, () => {
  it('gives one page of A4 in grey, at the resolution of a page', async () => {
    const { scan, pages, states, scanner } = open(sane('--test-picture=Grid'))
    await scan()
    const { width, height } = await loadImage(pages[0] ?? new Uint8Array())
    // The test scanner has no bed longer than 200 mm.
    expect([width, height].every((side) => side > 1100 && side < 1260)).toBe(true)
    expect(states).toEqual(['scanning', 'ready'])
    expect(scanner.state()).toEqual({ state: 'ready' })
  })

  it.each([
    ['JAMMED', 'jammed'],
    ['COVER_OPEN', 'cover-open'],
    ['NO_DOCS', 'no-paper'],
    ['DEVICE_BUSY', 'busy'],
    ['ACCESS_DENIED', 'denied'],
    ['IO_ERROR', 'error'],
    ['NO_MEM', 'error'],
    ['UNSUPPORTED', 'missing'],
    ['CANCELLED', 'ready'],
  ])('that says %s is %s, and scans again when it can', async (status, state) => {
    const faulty = sane(`--read-return-value=SANE_STATUS_${status}`)
    let mended = false
    const { scan, scanner, pages } = open((...job) => (mended ? sane() : faulty)(...job))
    await scan()
    expect([scanner.state().state, pages.length]).toEqual([state, 0])
    mended = true
    await scan()
    expect([scanner.state().state, pages.length]).toEqual(['ready', 1])
  })

  it('that is not there is missing', async () => {
    const { scan, scanner } = open(
      scanProcess('scanimage', scanArguments('nosuch:0', onePage), env),
    )
    await scan()
    expect(scanner.state()).toEqual({ state: 'missing' })
  })

  it('that takes too long is stopped', async () => {
    const slow = sane('--read-delay=yes', '--read-delay-duration=200000', '--read-limit=yes')
    const { scan, scanner, timers, pages } = open(slow)
    const scanning = scan()
    timers.advance(SCAN_LIMITS.DEADLINE_MS)
    await scanning
    expect(scanner.state()).toEqual({ state: 'error', cause: 'timeout' })
    expect(pages).toEqual([])
  })

  it('can be stopped with the visit, and is ready for the next', async () => {
    const slow = sane('--read-delay=yes', '--read-delay-duration=200000', '--read-limit=yes')
    const { scan, scanner, pages } = open(slow)
    const scanning = scan()
    scanner.cancel()
    await scanning
    expect([scanner.state().state, pages.length]).toEqual(['ready', 0])
  })
})

describe.skipIf(missing)(`a feeder as SANE knows it${missing}`, () => {
  const feeder = 'Automatic Document Feeder'

  it('is found in the list of the scanner, and gives all its sheets at one press', async () => {
    const look = openTransport(createProgram('scanimage', env), openArguments('test:0'))
    const { scan, scanner, pages, states } = open(sane(), look)
    scanner.look()
    await vi.waitFor(() => expect(scanner.state()).toEqual({ state: 'ready', feeds: true }))
    await scan()
    // The test scanner's feeder has ten sheets.
    expect([pages.length, states]).toEqual([10, ['ready', 'scanning', 'ready']])
    const sizes = new Set<number>()
    for (const page of pages) sizes.add((await loadImage(page)).width)
    expect(sizes.size).toBe(1)
  })

  it('gives no more sheets than there is room for, one too', async () => {
    const { scan, pages } = open(sane(), opens, feeder)
    await scan(3)
    expect(pages).toHaveLength(3)
    await scan(1)
    expect(pages).toHaveLength(4)
  })

  it('that is empty at once has no paper', async () => {
    const { scan, scanner, pages } = open(
      sane('--read-return-value=SANE_STATUS_NO_DOCS'),
      opens,
      feeder,
    )
    await scan()
    expect([scanner.state(), pages]).toEqual([{ state: 'no-paper' }, []])
  })

  it('is left for the glass where the profile says so', async () => {
    const { scan, pages } = open(sane(), opens, 'Flatbed')
    await scan()
    expect(pages).toHaveLength(1)
  })

  it.each([
    ['JAMMED', 'jammed'],
    ['COVER_OPEN', 'cover-open'],
    ['IO_ERROR', 'error'],
  ])('that says %s is %s', async (status, state) => {
    const faulty = sane(`--read-return-value=SANE_STATUS_${status}`)
    const { scan, scanner, pages } = open(faulty, opens, feeder)
    await scan()
    expect([scanner.state().state, pages.length]).toEqual([state, 0])
  })

  it('writes no page to a disk, and leaves nothing behind', async () => {
    const seen: string[] = []
    const transport = sane()
    const { scan } = open(
      (job, signal, page) =>
        transport(job, signal, async (pnm) => {
          expect(scanFolders()).toHaveLength(1)
          for (const folder of scanFolders()) {
            for (const { name, isFile } of filesIn(folder)) if (isFile) seen.push(name)
          }
          return page(pnm)
        }),
      opens,
      feeder,
    )
    await scan()
    expect(seen).toEqual([])
    await expect.poll(scanFolders).toEqual([])
  })

  it('that is stopped in the middle keeps what came, and leaves nothing behind', async () => {
    const taken = Promise.withResolvers<void>()
    const slow = sane('--read-delay=yes', '--read-delay-duration=100000')
    const { scanner, states } = open(slow, opens, feeder)
    let pages = 0
    const scanning = scanner.scan(12, async () => {
      pages += 1
      taken.resolve()
      return 'taken'
    })
    await taken.promise
    scanner.cancel()
    await scanning
    expect([pages, states]).toEqual([1, ['scanning', 'ready']])
    await expect.poll(scanFolders, { timeout: 20_000 }).toEqual([])
  })
})

/** `scanimage --batch` as a script: two sheets, each a file, and then what is given. */
const twoSheets = (after: string) =>
  scanProcess('sh', [
    '-c',
    `for n in 1 2; do printf 'P5\\n2 1\\n255\\n..' > $n.pnm.part; mv $n.pnm.part $n.pnm; done; ${after}`,
  ])

describe('a feeder', () => {
  it.each([
    ['jams', 'exit 6', { state: 'jammed' }],
    ['is opened', 'exit 8', { state: 'cover-open' }],
    ['breaks', 'exit 9', { state: 'error', cause: 'io' }],
    ['is empty', 'exit 7', { state: 'ready', feeds: true }],
    ['has given what it may', 'exit 0', { state: 'ready', feeds: true }],
    [
      'breaks off in a page',
      'printf "P5\\n2 1\\n255\\n." > 3.pnm.part; exit 6',
      { state: 'jammed' },
    ],
    [
      'sends what is no picture',
      'head -c 2000 /dev/zero > 3.pnm.part',
      { state: 'error', cause: 'bad-picture' },
    ],
  ])('that %s after two sheets keeps the two', async (_what, after, state) => {
    const { scan, scanner, pages } = open(twoSheets(after), opens, 'ADF')
    await scan()
    expect([scanner.state(), pages.length]).toEqual([state, 2])
  })

  it('has the time of one page for each page', async () => {
    const { scanner, timers } = open(twoSheets('exit 0'), opens, 'ADF')
    await scanner.scan(12, async () => {
      timers.advance(SCAN_LIMITS.DEADLINE_MS - 1)
      return 'taken'
    })
    expect(scanner.state()).toEqual({ state: 'ready', feeds: true })
    expect(timers.pending()).toBe(0)
  })

  it.each([
    ['refused', { state: 'error', cause: 'bad-picture' }],
    ['unwanted', { state: 'ready', feeds: true }],
  ] as const)('whose page is %s is stopped', async (verdict, state) => {
    const { scanner } = open(twoSheets('sleep 600'), opens, 'ADF')
    let asked = 0
    await scanner.scan(12, async () => {
      asked += 1
      return verdict
    })
    expect([asked, scanner.state()]).toEqual([1, state])
  })

  it.each([
    ['--source Flatbed|ADF|ADF Duplex [Flatbed]', 'ADF'],
    ['--source ADF Duplex|ADF Front|ADF Back [ADF Front]', 'ADF Front'],
    [
      '--source FlatBed|Automatic Document Feeder(left aligned) [FlatBed]',
      'Automatic Document Feeder(left aligned)',
    ],
    ['--source ADF Duplex [ADF Duplex]', 'ADF Duplex'],
    ['--source Flatbed|Transparency Unit [Flatbed]', null],
    ['--source Flatbed|ADF [inactive]', null],
    ['--mode Gray|ADF [Gray]', null],
  ])('is named in the list %s: %s', (list, source) => {
    expect(feederIn(`All options:\n    --mode Gray [Gray]\n    ${list}\n`)).toBe(source)
  })
})

describe('a document scanner', () => {
  it('whose program is not installed is missing', async () => {
    const { scan, scanner } = open(scanProcess('no-such-program-here', []))
    await scan()
    expect(scanner.state()).toEqual({ state: 'missing' })
  })

  it('that pours out bytes without end is stopped', async () => {
    const { scan, scanner } = open(scanProcess('cat', ['/dev/zero']))
    await scan()
    expect(scanner.state()).toEqual({ state: 'error', cause: 'bad-picture' })
  })

  it('that neither ends nor lets go of its output is stopped at once, and busy until it is gone', async () => {
    const pidFile = join(config, 'sleeper')
    // The second time it gives what it has and ends.
    const stubborn = '[ -e "$0" ] && exec true; trap "" TERM; sleep 600 & echo $! > "$0"; wait'
    const killing = createManualTimers()
    const shell = scanProcess('sh', ['-c', stubborn, pidFile], process.env, killing)
    const { scan, scanner, timers } = open(shell)
    const scanning = scan()
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8')).toMatch(/\n/)
    timers.advance(SCAN_LIMITS.DEADLINE_MS)
    await scanning
    expect(scanner.state()).toEqual({ state: 'error', cause: 'timeout' })
    await scan()
    expect(scanner.state()).toEqual({ state: 'busy' })

    killing.advance(SCAN_LIMITS.STOP_MS)
    const again = () => shell(onePage, new AbortController().signal, async () => true)
    await expect.poll(again).toEqual({ kind: 'ended', exitCode: 0 })
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
  })

  it.each([
    [
      'out of documents',
      'echo "scanimage: sane_read: Document feeder out of documents" >&2',
      'no-paper',
      0,
    ],
    ['a page', 'printf "P5\\n1 1\\n255\\n."', 'ready', 1],
  ])('that said %s, and hangs as it lets go, is heard', async (_said, say, state, count) => {
    const letGo = createManualTimers()
    const hanging = `${say}; trap "" TERM; exec 2>&1; while :; do sleep 0.1; done`
    const shell = scanProcess('sh', ['-c', hanging], process.env, letGo)
    const { scan, scanner, pages } = open(shell)
    const scanning = scan()
    await expect.poll(() => letGo.pending()).toBe(1)
    letGo.advance(SCAN_LIMITS.LET_GO_MS)
    await scanning
    expect([scanner.state().state, pages.length]).toEqual([state, count])
  })

  it('that gives a PDF is refused', async () => {
    const { scan, scanner, pages } = open(scanProcess('printf', ['%s', '%PDF-1.7']))
    await scan()
    expect([scanner.state(), pages]).toEqual([{ state: 'error', cause: 'bad-picture' }, []])
  })

  it('that is away is looked for until it is there', async () => {
    let there = false
    const look: OpenTransport = async () =>
      there ? { kind: 'opened', options: '' } : { kind: 'ended', exitCode: 1 }
    const { scanner, timers, states } = open(async () => ({ kind: 'ended', exitCode: 1 }), look)
    scanner.look()
    await vi.waitFor(() => expect(scanner.state()).toEqual({ state: 'missing' }))
    there = true
    timers.advance(SCAN_LIMITS.LOOK_AGAIN_MS)
    await vi.waitFor(() => expect(scanner.state()).toEqual({ state: 'ready' }))
    expect(states).toEqual(['missing', 'ready'])
  })

  it('forgets a jam when it is looked at, and is not looked at again while it is there', async () => {
    let looks = 0
    const look: OpenTransport = (signal) => {
      looks += 1
      return opens(signal)
    }
    const { scan, scanner, timers } = open(async () => ({ kind: 'ended', exitCode: 6 }), look)
    await scan()
    expect(scanner.state()).toEqual({ state: 'jammed' })
    timers.advance(10 * SCAN_LIMITS.LOOK_AGAIN_MS)
    expect(looks).toBe(0)
    scanner.look()
    await vi.waitFor(() => expect(scanner.state()).toEqual({ state: 'ready' }))
    timers.advance(10 * SCAN_LIMITS.LOOK_AGAIN_MS)
    expect(looks).toBe(1)
  })

  it('scans once a look is over, and the scan says how it is', async () => {
    const looked = Promise.withResolvers<ScanRun>()
    const { scan, scanner, states } = open(
      async () => ({ kind: 'ended', exitCode: 6 }),
      () => looked.promise,
    )
    scanner.look()
    const scanning = scan()
    expect(states).toEqual([])
    looked.resolve({ kind: 'ended', exitCode: 1 })
    await scanning
    expect(states).toEqual(['scanning', 'jammed'])
  })

  it('scans one page at a time', async () => {
    let runs = 0
    const { scan } = open(async () => {
      runs += 1
      return { kind: 'ended', exitCode: 7 }
    })
    await Promise.all([scan(), scan()])
    expect(runs).toBe(1)
  })

  it('logs its states when they change, and nothing else', async () => {
    const { scan, logged } = open(async () => ({ kind: 'ended', exitCode: 6 }))
    await scan()
    expect(logged).toEqual([
      { event: 'document-scanner-state', state: 'scanning' },
      { event: 'document-scanner-state', state: 'jammed' },
    ])
  })

  it('hands arguments over as they are: a device name is no command', () => {
    expect(scanArguments('test:0; rm -rf /', onePage)[0]).toBe('--device-name=test:0; rm -rf /')
  })
})
