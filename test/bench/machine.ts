import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { percentile, timed } from './figure.ts'

const WRITES = 400

/**
 * The machine in one line, for whoever reads the figures later: a disk that syncs slowly lifts the
 * ratios to what syncs as well, and lowers those to what does not.
 */
export async function machineLine(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const file = openSync(join(dir, 'plain'), 'w')
  const bytes = randomBytes(4096)
  const times: number[] = []
  for (let at = 0; at < WRITES; at += 1) {
    writeSync(file, bytes)
    times.push(await timed(() => fdatasyncSync(file)))
  }
  closeSync(file)
  await rm(dir, { recursive: true })
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)]
  const load = (loadavg()[0] ?? 0).toFixed(1)
  return `machine: ${availableParallelism()} cores, load ${load}, Node ${process.version}, fdatasync of 4 KiB p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(3)} ms`
}
