import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newClientRef } from '../../electron/outbox/index.ts'
import { createManualTime } from '../../electron/outbox/testing.ts'
import { nobody } from '../faults/kiosk.ts'
import { figure, type Figure } from './figure.ts'
import { openBenchOutbox } from './outbox.ts'

const HOURS = 24
const FILINGS_AN_HOUR = 6
const STEP_MS = 1000

/** A day without a portal, by a clock that is moved: what goes out over the line meanwhile. */
export async function outageBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const time = createManualTime()
  let probes = 0
  let sends = 0
  const outbox = await openBenchOutbox(dir, {
    clock: time,
    timers: time,
    portal: {
      ...nobody,
      async send() {
        sends += 1
        return { kind: 'not-sent', cause: 'ECONNREFUSED' }
      },
      async health() {
        probes += 1
        return { kind: 'away', cause: 'ECONNREFUSED' }
      },
    },
  })
  try {
    outbox.start()
    for (let hour = 0; hour < HOURS; hour += 1) {
      for (let at = 0; at < FILINGS_AN_HOUR; at += 1) {
        outbox.enqueue(randomBytes(100), newClientRef(time.now(), randomBytes))
        for (let ms = 0; ms < 3_600_000 / FILINGS_AN_HOUR; ms += STEP_MS) {
          time.advance(STEP_MS)
          if (ms % 60_000 === 0) await new Promise((resolve) => setImmediate(resolve))
          else await Promise.resolve()
        }
      }
    }
    const baseline = `${HOURS} h, ${HOURS * FILINGS_AN_HOUR} filings taken in meanwhile`
    return [
      figure(
        'outage',
        'B10 signs of life asked for an hour',
        probes / HOURS,
        '',
        '<=',
        12,
        baseline,
      ),
      // Those that found out that the portal is away.
      figure('outage', 'B10 filings sent in the outage', sends, '', '<=', 3, baseline),
    ]
  } finally {
    await outbox.close()
    await rm(dir, { recursive: true })
  }
}
