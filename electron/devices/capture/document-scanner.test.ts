import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { afterAll, describe, expect, it } from 'vitest'
import { createManualTimers } from '../../../test/fakes/manual-timers.ts'
import type { DocumentScannerState } from '../../../shared/contract/index.ts'
import { createDocumentScanner } from './document-scanner.ts'
import { SCAN_LIMITS } from './limits.ts'
import { scanArguments, scanProcess, type ScanTransport } from './scanimage.ts'

const hasSane = spawnSync('scanimage', ['--version']).status === 0
const missing = hasSane || process.env['CI'] ? '' : ' (needs scanimage: apt-get install sane-utils)'

/** A configuration in which SANE has its own test scanner and no other. */
const config = mkdtempSync(join(tmpdir(), 'kiosk-sane-'))
writeFileSync(join(config, 'dll.conf'), 'test\n')
const env = { ...process.env, SANE_CONFIG_DIR: config }
afterAll(() => rmSync(config, { recursive: true }))

/** The test scanner, asked as a real one is, with what it is to pretend. */
const sane = (...pretend: string[]) =>
  scanProcess('scanimage', [...scanArguments('test:0'), ...pretend], env)

function open(transport: ScanTransport) {
  const timers = createManualTimers()
  const states: DocumentScannerState['state'][] = []
  const logged: unknown[] = []
  const pages: Uint8Array[] = []
  const scanner = createDocumentScanner({ transport, timers, log: (line) => logged.push(line) })
  scanner.subscribe(({ state }) => states.push(state))
  const scan = () =>
    scanner.scan(async (jpeg) => {
      pages.push(jpeg)
      return true
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
    const { scan, scanner, pages } = open((signal) => (mended ? sane() : faulty)(signal))
    await scan()
    expect([scanner.state().state, pages.length]).toEqual([state, 0])
    mended = true
    await scan()
    expect([scanner.state().state, pages.length]).toEqual(['ready', 1])
  })

  it('that is not there is missing', async () => {
    const { scan, scanner } = open(scanProcess('scanimage', scanArguments('nosuch:0'), env))
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
    const stubborn = '[ -e "$0" ] && exec echo page; trap "" TERM; sleep 600 & echo $! > "$0"; wait'
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
    const again = async () => (await shell(new AbortController().signal)).kind
    await expect.poll(again).toBe('page')
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
  })

  it('that gives a PDF is refused', async () => {
    const { scan, scanner, pages } = open(scanProcess('printf', ['%s', '%PDF-1.7']))
    await scan()
    expect([scanner.state(), pages]).toEqual([{ state: 'error', cause: 'bad-picture' }, []])
  })

  it('scans one page at a time', async () => {
    let runs = 0
    const { scan } = open(async () => {
      runs += 1
      return { kind: 'failed', exitCode: 7 }
    })
    await Promise.all([scan(), scan()])
    expect(runs).toBe(1)
  })

  it('logs its states when they change, and nothing else', async () => {
    const { scan, logged } = open(async () => ({ kind: 'failed', exitCode: 6 }))
    await scan()
    expect(logged).toEqual([
      { event: 'document-scanner-state', state: 'scanning' },
      { event: 'document-scanner-state', state: 'jammed' },
    ])
  })

  it('hands arguments over as they are: a device name is no command', () => {
    expect(scanArguments('test:0; rm -rf /')[0]).toBe('--device-name=test:0; rm -rf /')
  })
})
