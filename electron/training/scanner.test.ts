import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../shared/domain/result.ts'
import { type Scanner, createScanner, serialLine } from '../devices/scanners/index.ts'
import { openSerial } from '../devices/serial.ts'
import { systemTimers } from '../timers.ts'
import { type TrainingScanner, createTrainingScanner } from './scanner.ts'

const noSocat = spawnSync('socat', ['-V']).error !== undefined && process.env.CI === undefined

function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(String(result.error))
  return result.value
}

/** What arrives, in order, to be awaited one by one. */
function inbox<T>() {
  const arrived: T[] = []
  let wake = () => {}
  return {
    arrived,
    put: (item: T) => {
      arrived.push(item)
      wake()
    },
    until: async (isThere: (items: readonly T[]) => boolean) => {
      while (!isThere(arrived)) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

describe.skipIf(noSocat)('a scanner on a real pseudo-terminal (needs socat)', () => {
  let dir: string
  let device: TrainingScanner
  const running: Scanner[] = []

  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'kiosk-scanner-'))
    device = must(await createTrainingScanner({ dir }))
  })

  afterEach(async () => {
    for (const scanner of running.splice(0)) await scanner.close()
    await device.close()
    await rm(dir, { recursive: true })
  })

  async function kiosk() {
    const scans = inbox<string>()
    const states = inbox<string>()
    const scanner = createScanner({
      open: serialLine({ path: device.path, baud: 9600 }, systemTimers),
      timers: systemTimers,
      onScan: scans.put,
      onRefused: () => {},
      log: () => {},
    })
    running.push(scanner)
    scanner.subscribe(({ state }) => states.put(state))
    await states.until((all) => all.length > 0)
    return { scanner, scans, states }
  }

  it('delivers what is scanned, tone marks and all', async () => {
    const { scans } = await kiosk()
    device.scan('083090000000||Nguyễn Văn Ví Dụ')
    await scans.until((all) => all.length === 1)
    expect(scans.arrived).toEqual(['083090000000||Nguyễn Văn Ví Dụ'])
  })

  it('stays where it is when one that was there before goes late, as after a killed world', async () => {
    const next = must(await createTrainingScanner({ dir }))
    await device.close()
    device = next
    const { scans } = await kiosk()
    device.scan('083090000000')
    await scans.until((all) => all.length === 1)
    expect(scans.arrived).toEqual(['083090000000'])
  })

  it('comes back after the cable was pulled and put back', async () => {
    const { scans, states } = await kiosk()
    await device.unplug()
    expect(existsSync(device.path)).toBe(false)
    device.scan('lost')
    await states.until((all) => all.includes('disconnected'))
    must(await device.plug())
    await states.until((all) => all.length === 3)
    device.scan('found')
    await scans.until((all) => all.length === 1)
    expect(scans.arrived).toEqual(['found'])
    expect(states.arrived).toEqual(['ready', 'disconnected', 'ready'])
  })

  it('is busy while another program holds it, and ready afterwards', async () => {
    const other = must(await openSerial(device.path, 9600))
    const { scanner, states } = await kiosk()
    expect(scanner.state()).toEqual({ state: 'busy' })
    await other.close()
    await states.until((all) => all.includes('ready'))
    expect(states.arrived).toEqual(['busy', 'ready'])
  })

  it('outlives a kiosk that closes the port and opens it again', async () => {
    const first = await kiosk()
    await first.scanner.close()
    device.scan('while nobody listens')
    const second = await kiosk()
    device.scan('now')
    await second.scans.until((all) => all.includes('now'))
    expect(first.scans.arrived).toEqual([])
  })

  it('stands under a path that leads to a terminal, where any program can read it', async () => {
    const { scanner } = await kiosk()
    await scanner.close()
    const reader = spawn('head', ['-c', '4', device.path])
    await once(reader, 'spawn')
    device.scan('abc')
    const [bytes] = await once(reader.stdout, 'data')
    expect(String(bytes)).toBe('abc\r')
  })

  it('ends with its process, so that a killed kiosk leaves no cable behind', async () => {
    const script = `
      import { createTrainingScanner } from ${JSON.stringify(new URL('scanner.ts', import.meta.url).href)}
      const made = await createTrainingScanner({ dir: ${JSON.stringify(await mkdtemp(path.join(dir, 'world-')))} })
      console.log(made.value.path)
    `
    const world = spawn(process.execPath, ['--input-type=module', '--eval', script])
    const [line] = await once(world.stdout, 'data')
    const opened = must(await openSerial(String(line).trim(), 9600))
    const gone = new Promise<void>((resolve) => opened.onClose(resolve))
    world.kill('SIGKILL')
    await gone
    expect(existsSync(String(line).trim())).toBe(false)
  })
})
