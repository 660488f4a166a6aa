import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFrames, FRAMES } from '../../electron/store/frames.ts'
import { openKeyFile, seal } from '../../electron/store/index.ts'
import { median, ratioFigure, timed, type Figure } from './figure.ts'

/** The first round warms up and is dropped (rules of measurement). */
const ROUNDS = 9
const BATCHES = 20
const BODIES = 1000
const BODY_BYTES = 4096
const PAPERS = 20
const PAPER_BYTES = 8 * 1024 * 1024

/**
 * Sealing against raw AES-256-GCM of the same bytes, interleaved: a body with its own wrapped data
 * key, and a paper in frames.
 */
export async function sealBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const keys = await openKeyFile(dir)
    if (!keys.ok) throw new Error('no key')
    const key = createSecretKey(randomBytes(32))
    const body = randomBytes(BODY_BYTES)
    const context = { owner: 'bench', purpose: 'body' } as const
    const bodies = await ratios(
      BODIES,
      () => oneShot(key, body),
      () => seal(keys.value, context, body),
    )
    const paper = randomBytes(PAPER_BYTES)
    const header = { kekId: keys.value.kekId, prefix: randomBytes(FRAMES.PREFIX_BYTES) }
    const papers = await ratios(
      PAPERS,
      () => oneShot(key, paper),
      () => framed(createFrames(key, { clientRef: 'bench', paperId: 'p' }, header), paper),
    )
    const raw = (pieces: number) => `raw AES-256-GCM of ${pieces} pieces`
    return [
      ratioFigure('seal', 'B3 body of 4 KiB to raw GCM (median)', bodies, 0.35, raw(BODIES)),
      ratioFigure('seal', 'B3 framed 8 MiB to raw GCM (median)', papers, 0.7, raw(PAPERS)),
    ]
  } finally {
    await rm(dir, { recursive: true })
  }
}

/** Baseline time by subject time of each round, each the median of its interleaved batches. */
async function ratios(times: number, raw: () => void, subject: () => void): Promise<number[]> {
  const batch = Math.ceil(times / BATCHES)
  const run = (work: () => void) =>
    timed(() => {
      for (let at = 0; at < batch; at += 1) work()
    })
  const found: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const rawMs: number[] = []
    const subjectMs: number[] = []
    for (let at = 0; at < BATCHES; at += 1) {
      rawMs.push(await run(raw))
      subjectMs.push(await run(subject))
    }
    if (round > 0) found.push(median(rawMs) / median(subjectMs))
  }
  return found
}

function oneShot(key: ReturnType<typeof createSecretKey>, plain: Uint8Array): void {
  const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12))
  cipher.update(plain)
  cipher.final()
  cipher.getAuthTag()
}

function framed(frames: ReturnType<typeof createFrames>, plain: Uint8Array): void {
  const count = Math.ceil(plain.length / FRAMES.PLAIN_BYTES)
  for (let at = 0; at < count; at += 1) {
    const part = plain.subarray(at * FRAMES.PLAIN_BYTES, (at + 1) * FRAMES.PLAIN_BYTES)
    frames.seal(at, at === count - 1, part)
  }
}
