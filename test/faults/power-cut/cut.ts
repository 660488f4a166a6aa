import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { systemTimers } from '../../../electron/outbox/index.ts'
import { inventedSchema, nobody, openKiosk, readBody, readPaper, type Kiosk } from '../kiosk.ts'
import type { Random } from '../random.ts'

const CHILD = fileURLToPath(new URL('enqueue.child.ts', import.meta.url))

const promisedSchema = inventedSchema.extend({
  papers: z.array(z.object({ id: z.string(), sha256: z.string() })),
})
/** A filing that the outbox has promised, and the SHA-256 in hexadecimal of each of its papers. */
export type Promised = z.infer<typeof promisedSchema>

/** One power cut, and what was there afterwards. */
export type CutOptions = {
  /** Empty; used for this cut alone. */
  readonly dir: string
  readonly shim: string
  readonly synchronous: 'FULL' | 'NORMAL'
  readonly random: Random
  /** `partly`: of what was not synced, a random part reached the disk after all, torn anywhere. */
  readonly unsynced: 'lost' | 'partly'
  /** Every so many filings, one has papers; 0: none has. */
  readonly papersEvery?: number
  /** Syncs of files with this in their path come to nothing, as if they were never asked for. */
  readonly forget?: string
}

/** `lost`: promised filings that are gone or no longer open, or a paper of theirs. */
export type CutResult = {
  readonly promised: number
  /** Papers of the promised filings. */
  readonly papers: number
  readonly lost: number
  readonly integrity: unknown
}

/** Lets a process confirm filings, cuts the power, and looks at what a disk would have kept. */
export async function cutPower(options: CutOptions): Promise<CutResult> {
  const { dir, random } = options
  const live = join(dir, 'live')
  const kept = join(dir, 'kept')
  await (await openQuietly(live)).close()
  // The store stands on the disk before the run; only the run is in danger.
  await cp(live, kept, { recursive: true })
  const promised = await runAndKill({ ...options, live, kept })
  if (options.unsynced === 'partly') await keepPartly(live, kept, random)
  await rm(join(kept, '.inodes'), { recursive: true, force: true })
  const kiosk = await openQuietly(kept)
  try {
    let lost = 0
    for (const filing of promised) if (!(await isWhole(kiosk, filing))) lost += 1
    const papers = promised.reduce((sum, filing) => sum + filing.papers.length, 0)
    const integrity = kiosk.store.db.pragma('integrity_check', { simple: true })
    return { promised: promised.length, papers, lost, integrity }
  } finally {
    await kiosk.close()
  }
}

async function isWhole(kiosk: Kiosk, { clientRef, marker, papers }: Promised): Promise<boolean> {
  const body = readBody(kiosk, clientRef)
  if (body === undefined || !Buffer.from(body).includes(marker)) return false
  for (const { id, sha256 } of papers) {
    if ((await readPaper(kiosk, clientRef, id)) !== sha256) return false
  }
  return true
}

const openQuietly = (dir: string) =>
  openKiosk({
    dir,
    databaseAlone: true,
    portal: nobody,
    clock: Date,
    timers: systemTimers,
    random: Math.random,
    log: () => {},
  })

async function runAndKill(
  options: CutOptions & { readonly live: string; readonly kept: string },
): Promise<Promised[]> {
  const { papersEvery = 0, forget } = options
  const args = [CHILD, options.live, options.synchronous, String(papersEvery)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LD_PRELOAD: options.shim,
      SHADOW_SOURCE: options.live,
      SHADOW_COPY: options.kept,
      ...(forget !== undefined && { SHADOW_FORGET: forget }),
    },
  })
  const closed = once(child, 'close')
  // Now and then beyond the thousand pages after which SQLite empties its log into the file.
  const killAfter = random(options)
  const promised: Promised[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    promised.push(promisedSchema.parse(JSON.parse(line)))
    if (promised.length === killAfter) child.kill('SIGKILL')
  }
  await closed
  return promised
}

function random({ random, papersEvery = 0 }: CutOptions): number {
  if (papersEvery > 0) return random.between(5, 60)
  return random.chance(0.3) ? random.between(400, 700) : random.between(5, 150)
}

const SECTOR_BYTES = 512

/**
 * A disk may have written any sectors that nobody waited for. Whatever it took, each sector is
 * either what was last synced or what the program wrote since.
 */
async function keepPartly(live: string, kept: string, random: Random): Promise<void> {
  await mkdir(kept, { recursive: true })
  for (const name of await readdir(live)) {
    if (!/\.sqlite(-wal)?$/.test(name)) continue
    const written = await readFile(join(live, name))
    const synced = await readFile(join(kept, name)).catch(() => Buffer.alloc(0))
    const file = await open(join(kept, name), 'r+').catch(() => open(join(kept, name), 'w'))
    try {
      for (let at = 0; at < written.length; at += SECTOR_BYTES) {
        const sector = written.subarray(at, at + SECTOR_BYTES)
        if (sector.equals(synced.subarray(at, at + SECTOR_BYTES)) || random.chance(0.5)) continue
        const length = at < synced.length ? sector.length : random.between(1, sector.length)
        await file.write(sector.subarray(0, length), 0, length, at)
      }
    } finally {
      await file.close()
    }
  }
}
