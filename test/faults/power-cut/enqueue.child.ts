import { writeSync } from 'node:fs'
import { systemTimers } from '../../../electron/outbox/index.ts'
import { scanPapers } from '../../../electron/outbox/testing.ts'
import { invent, must, nobody, openKiosk } from '../kiosk.ts'
import type { Promised } from './cut.ts'

/**
 * Confirms filings until it is killed, and writes each one down, synchronously, once the outbox
 * has promised it: `node enqueue.child.ts DIR FULL|NORMAL [PAPERS_EVERY]`. NORMAL breaks the store
 * on purpose. Every so many filings, one has papers.
 */
const [dir = '', synchronous = 'FULL', papersEvery = '0'] = process.argv.slice(2)
const KIB = 1024
const PAPERS = [3 * KIB, 70 * KIB]

const kiosk = await openKiosk({
  dir,
  portal: nobody,
  clock: Date,
  timers: systemTimers,
  random: Math.random,
  log: () => {},
})
if (synchronous === 'NORMAL') kiosk.store.db.pragma('synchronous = NORMAL')
for (let count = 1; ; count += 1) {
  const hasPapers = count % Number(papersEvery) === 0
  const invented = invent({ nowMs: Date.now(), papers: hasPapers ? PAPERS : [] })
  must(kiosk.outbox.enqueue(await scanPapers(kiosk.files, invented)))
  const { clientRef, marker, number } = invented
  const papers = invented.papers.map(({ id, sha256 }) => ({ id, sha256 }))
  writeSync(1, `${JSON.stringify({ clientRef, marker, number, papers } satisfies Promised)}\n`)
}
