import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOutbox, newClientRef } from '../../electron/outbox/index.ts'
import type { PortalAdapter } from '../../electron/portal/index.ts'
import {
  openDatabase,
  openKeyFile,
  openStore,
  setPragmas,
  storeSchemaSql,
} from '../../electron/store/index.ts'
import { systemTimers } from '../../electron/timers.ts'
import { figure, median, percentile, timed, type Figure } from './figure.ts'

const ROUNDS = 9
const PER_ROUND = 200
const BODY_BYTES = 4096

/** A portal that is away: nothing leaves, so that only the enqueue is measured. */
const awayPortal: PortalAdapter = {
  capabilities: { replaySafe: true, statusByRef: true },
  send: async () => ({ kind: 'not-sent', cause: 'bench' }),
  status: async () => ({ kind: 'unknown', cause: 'bench' }),
  health: async () => ({ kind: 'away', cause: 'bench' }),
  close: async () => {},
}

/**
 * A durable enqueue (seal, rows, journal, one commit) against a raw better-sqlite3 insert of the
 * same bytes under the same pragmas, on the same file system, interleaved.
 */
export async function enqueueBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const keys = await openKeyFile(join(dir, 'keys'))
    if (!keys.ok) throw new Error('no key')
    const store = await openStore({
      dir: join(dir, 'store'),
      keys: keys.value,
      schemas: [storeSchemaSql],
    })
    const raw = await openDatabase(join(dir, 'raw.sqlite'), { busyTimeoutMs: 1000 })
    if (!store.ok || !raw.ok) throw new Error('no store')
    setPragmas(raw.value)
    raw.value.exec('CREATE TABLE plain(id TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT')
    const insert = raw.value.prepare('INSERT INTO plain(id, body) VALUES (?, ?)')
    const outbox = createOutbox({
      store: store.value,
      keys: keys.value,
      portal: awayPortal,
      clock: Date,
      timers: systemTimers,
      random: Math.random,
      kioskId: 'BENCH',
      log: () => {},
    })

    const ratios: number[] = []
    const latencies: number[] = []
    const body = randomBytes(BODY_BYTES)
    for (let round = 0; round < ROUNDS; round += 1) {
      let plain = 0
      let whole = 0
      for (let at = 0; at < PER_ROUND; at += 1) {
        plain += await timed(() => insert.run(newClientRef(Date.now(), randomBytes), body))
        const clientRef = newClientRef(Date.now(), randomBytes)
        const ms = await timed(() => {
          const request = {
            clientRef,
            requestId: clientRef,
            procedureCode: '1.004873',
            citizenKey: clientRef,
            body,
          }
          if (!outbox.enqueue(request).ok) throw new Error('not kept')
        })
        whole += ms
        if (round > 0) latencies.push(ms)
      }
      if (round > 0) ratios.push(plain / whole)
    }
    const baseline = `raw insert of ${BODY_BYTES} bytes, same pragmas, ${ROUNDS - 1} rounds of ${PER_ROUND}`
    await outbox.stop()
    store.value.close()
    raw.value.close()
    return [
      figure('enqueue', 'ratio to raw insert (median)', median(ratios), 'x', '>=', 0.4, baseline),
      figure('enqueue', 'p99', percentile(latencies, 0.99), 'ms', '<=', 20),
    ]
  } finally {
    await rm(dir, { recursive: true })
  }
}
