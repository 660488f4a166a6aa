import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newClientRef } from '../../electron/outbox/index.ts'
import { openDatabase, setPragmas } from '../../electron/store/index.ts'
import { figure, median, percentile, ratioFigure, timed, type Figure } from './figure.ts'
import { BODY_BYTES, openBenchOutbox } from './outbox.ts'
import { syncsPerEnqueue } from './syncs.ts'

const ROUNDS = 9
const PER_ROUND = 200

/**
 * A durable enqueue (seal, rows, journal, one commit) against a raw better-sqlite3 insert of the
 * same bytes under the same pragmas, on the same file system, interleaved; the first round warms
 * up. Beside them a plain write with fdatasync: a disk that syncs slowly lifts the ratio, so the
 * ratio means little without it.
 */
export async function enqueueBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const outbox = await openBenchOutbox(join(dir, 'data'))
    const raw = await openDatabase(join(dir, 'raw.sqlite'), { busyTimeoutMs: 1000 })
    if (!raw.ok) throw new Error('no database')
    setPragmas(raw.value)
    raw.value.exec('CREATE TABLE plain(id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT')
    const insert = raw.value.prepare('INSERT INTO plain(id, body) VALUES (?, ?)')
    const file = openSync(join(dir, 'plain'), 'w')

    const ratios: number[] = []
    const writeRatios: number[] = []
    const enqueues: number[] = []
    const writes: number[] = []
    const body = randomBytes(BODY_BYTES)
    for (let round = 0; round < ROUNDS; round += 1) {
      let plain = 0
      let whole = 0
      for (let at = 0; at < PER_ROUND; at += 1) {
        plain += await timed(() => insert.run(newClientRef(Date.now(), randomBytes), body))
        const enqueue = await timed(() => outbox.enqueue(body))
        whole += enqueue
        if (round > 0) enqueues.push(enqueue)
      }
      let written = 0
      for (let at = 0; at < PER_ROUND; at += 1) {
        const write = await timed(() => {
          writeSync(file, body)
          fdatasyncSync(file)
        })
        written += write
        if (round > 0) writes.push(write)
      }
      if (round > 0) ratios.push(plain / whole)
      if (round > 0) writeRatios.push(written / whole)
    }
    closeSync(file)
    await outbox.close()
    raw.value.close()

    const [middle, slow] = [median(writes), percentile(writes, 0.99)]
    const sync = `write + fdatasync of the same bytes: p50 ${middle.toFixed(3)}, p99 ${slow.toFixed(3)} ms`
    const p99 = percentile(enqueues, 0.99)
    return [
      ratioFigure(
        'enqueue',
        'B1 to raw insert (median)',
        ratios,
        0.4,
        `raw insert of ${BODY_BYTES} bytes, same pragmas, ${PER_ROUND} a round`,
      ),
      ratioFigure('enqueue', 'B2 to write + fdatasync (median)', writeRatios, 0.35, sync),
      figure('enqueue', 'B2 p99', p99, 'ms', '<=', Math.round(10 * slow + 2), sync),
      ...(await syncFigures()),
    ]
  } finally {
    await rm(dir, { recursive: true })
  }
}

/** Exactly one: fewer would be a promise that a power cut breaks. */
async function syncFigures(): Promise<Figure[]> {
  const syncs = await syncsPerEnqueue()
  if (syncs === null) {
    process.stderr.write('enqueue: no strace that may trace here, so syncs are not counted\n')
    return []
  }
  return [
    figure('enqueue', 'B4 syncs of one enqueue, no more than', syncs, '', '<=', 1),
    figure('enqueue', 'B4 syncs of one enqueue, no fewer than', syncs, '', '>=', 1),
  ]
}
