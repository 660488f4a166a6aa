import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { createPortalClient } from '../../electron/portal/index.ts'
import { createOutbox, systemTimers, type Outbox } from '../../electron/outbox/index.ts'
import { inventFiling, KIOSK_ID, must, scanPapers } from '../../electron/outbox/testing.ts'
import {
  createSealedFiles,
  openKeyFile,
  openStore,
  storeSchemaSql,
} from '../../electron/store/index.ts'
import { ratioFigure, timed, type Figure } from './figure.ts'
import { openPeers } from './peers.ts'

const ROUNDS = 8
const FILINGS = 125
const PAPERS = [300 * 1024, 300 * 1024]
const PADDING = 3500

/**
 * Queued filings of 4 KiB with two scans of 300 KiB, delivered until the receipts are verified and
 * everything is erased, to a portal that costs next to nothing; against a loop that posts the same bytes to a plain
 * server over one connection. Nobody waits between a filing and the next.
 */
export async function drainBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const peers = await openPeers()
  try {
    const ratios: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const kiosk = await queued(join(dir, String(round)), peers)
      const plain = await timed(() => postPlainly(peers.plain))
      const drain = await timed(() => drained(kiosk.outbox))
      await kiosk.close()
      if (round > 0) ratios.push(plain / drain)
    }
    const baseline = `a loop of ${FILINGS * (1 + PAPERS.length)} plain POSTs of the same bytes`
    return [ratioFigure('drain', 'B11 drain to a loop of POSTs (median)', ratios, 0.5, baseline)]
  } finally {
    await peers.close()
    await rm(dir, { recursive: true })
  }
}

async function queued(dir: string, peers: Awaited<ReturnType<typeof openPeers>>) {
  const keys = must(await openKeyFile(dir))
  const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql] }))
  const files = createSealedFiles(dir, keys)
  const portal = must(
    createPortalClient({
      url: peers.swift.url,
      kioskId: KIOSK_ID,
      receiptKeys: peers.swift.publicKeys,
    }),
  )
  const outbox = createOutbox({
    store,
    keys,
    files,
    portal,
    clock: Date,
    timers: systemTimers,
    random: Math.random,
    kioskId: KIOSK_ID,
    log: () => {},
  })
  for (let at = 0; at < FILINGS; at += 1) {
    const invented = inventFiling({ nowMs: Date.now(), papers: PAPERS, padding: PADDING })
    must(outbox.enqueue(await scanPapers(files, invented)))
  }
  return {
    outbox,
    async close(): Promise<void> {
      await outbox.stop()
      await portal.close()
      store.close()
    },
  }
}

function drained(outbox: Outbox): Promise<void> {
  return new Promise((resolve) => {
    outbox.subscribe((change) => {
      const isLast = change.kind === 'filing' && change.state === 'ERASED'
      if (isLast && outbox.counts().delivered === FILINGS) resolve()
    })
    outbox.start()
  })
}

async function postPlainly(url: string): Promise<void> {
  const dispatcher = new Agent({ connections: 1 })
  const bodies = [PADDING + 500, ...PAPERS].map((size) => randomBytes(size))
  for (let at = 0; at < FILINGS; at += 1) {
    for (const body of bodies) {
      const answer = await request(url, { method: 'POST', body, dispatcher })
      await answer.body.dump()
    }
  }
  await dispatcher.close()
}
