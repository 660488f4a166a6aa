import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FEW = 10
/** Below the thousand pages of log after which SQLite syncs for a checkpoint of its own. */
const MANY = 60

/**
 * fsync and fdatasync calls of one enqueue, counted by `strace`: what a longer run makes more than
 * a shorter one. Null where strace is not installed or may not trace.
 */
export async function syncsPerEnqueue(): Promise<number | null> {
  const few = await syncsOf(FEW)
  const many = await syncsOf(MANY)
  return few === null || many === null ? null : (many - few) / (MANY - FEW)
}

async function syncsOf(count: number): Promise<number | null> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const log = join(dir, 'syncs')
    const child = fileURLToPath(import.meta.resolve('./enqueue.child.ts'))
    const trace = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-e', 'signal=none', '-o', log]
    const command = [process.execPath, child, join(dir, 'data'), String(count)]
    const traced = spawnSync('strace', [...trace, ...command], { stdio: 'ignore' })
    if (traced.status !== 0) return null
    // A call that another thread interrupts is told in two lines; the second has no bracket.
    return (await readFile(log, 'utf8')).match(/^\d+ +f(data)?sync\(/gm)?.length ?? 0
  } finally {
    await rm(dir, { recursive: true })
  }
}
