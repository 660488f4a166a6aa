import { readdir } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import {
  createScanner,
  hidPosReports,
  serialLine,
} from '../../../electron/devices/scanners/index.ts'
import { systemTimers } from '../../../electron/timers.ts'
import { createTrainingScanner } from '../../../electron/training/scanner.ts'
import { scannerOnCable } from '../../fixtures/cable.ts'
import { figure, type Figure } from '../figure.ts'

/** A cable that is pulled every nine seconds for a day. */
const CYCLES = 10_000
const REAL_CYCLES = 40

const card = Buffer.from('083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022')
const half = hidPosReports(card)[0] ?? card

/**
 * What a day of pulling and plugging leaves behind: memory on simulated channels, the time made
 * short; open files of this process on a real pseudo-terminal with the real driver.
 */
export async function pluggingFigures(): Promise<readonly Figure[]> {
  const baseline = `${CYCLES} cycles, pulled in mid-scan`
  return [
    figure(
      'devices',
      'a day of plugging, serial: memory',
      await growth('serial'),
      'MB',
      '<=',
      1,
      baseline,
    ),
    figure(
      'devices',
      'a day of plugging, HID: memory',
      await growth('hid'),
      'MB',
      '<=',
      1,
      baseline,
    ),
    figure(
      'devices',
      'real replugs: open files',
      await realGrowth(),
      'files',
      '<=',
      0,
      `${REAL_CYCLES} cycles`,
    ),
  ]
}

/** Megabytes of heap that a day leaves behind, after a tenth of it has warmed everything up. */
async function growth(bus: 'serial' | 'hid'): Promise<number> {
  const world = scannerOnCable(bus)
  await world.settle()
  for (let turn = 0; turn < CYCLES / 10; turn += 1) await world.cycle(half)
  const before = heapBytes()
  for (let turn = 0; turn < CYCLES; turn += 1) await world.cycle(half)
  const after = heapBytes()
  await world.scanner.close()
  return Math.max(0, after - before) / 1e6
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = z.custom<() => void>().parse(runInNewContext('gc'))
  collect()
  return process.memoryUsage().heapUsed
}

async function realGrowth(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const device = await createTrainingScanner({ dir })
  if (!device.ok) throw new Error(`no scanner: ${device.error}`)
  const scanner = createScanner({
    open: serialLine({ path: device.value.path, baud: 9600 }, systemTimers),
    timers: systemTimers,
    onScan: () => {},
    onRefused: () => {},
    log: () => {},
  })
  const becomes = (wanted: string) =>
    new Promise<void>((resolve) => {
      if (scanner.state().state === wanted) return resolve()
      const stop = scanner.subscribe(({ state }) => {
        if (state !== wanted) return
        stop()
        resolve()
      })
    })
  const cycle = async () => {
    await device.value.unplug()
    await becomes('disconnected')
    await device.value.plug()
    await becomes('ready')
  }
  try {
    await becomes('ready')
    await cycle()
    const before = await openFiles()
    for (let turn = 0; turn < REAL_CYCLES; turn += 1) await cycle()
    return (await openFiles()) - before
  } finally {
    await scanner.close()
    await device.value.close()
    await rm(dir, { recursive: true })
  }
}

const openFiles = async () => (await readdir('/proc/self/fd')).length
