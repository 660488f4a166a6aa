import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nobody } from '../faults/kiosk.ts'
import { figure, median, timed, type Figure } from './figure.ts'
import { BODY_BYTES, openBenchOutbox } from './outbox.ts'

const FEW = 100
const MANY = 100_000
const BATCHES = 21
const PER_BATCH = 50

/**
 * What a filing costs to take in, and to claim, send, settle and put aside, among a hundred that
 * wait and among a hundred thousand. The batches of the two stores take turns.
 */
export async function flatBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  try {
    const few = await openKiosk(join(dir, 'few'), FEW)
    const many = await openKiosk(join(dir, 'many'), MANY)
    const takingIn = await ratio(few.takeIn, many.takeIn)
    for (const kiosk of [few, many]) await kiosk.start()
    const sending = await ratio(few.send, many.send)
    await few.close()
    await many.close()
    const baseline = `the same among ${FEW}; medians of ${BATCHES} batches of ${PER_BATCH}`
    return [
      figure('flat', `take in among ${MANY}`, takingIn, 'x', '<=', 1.3, baseline),
      figure('flat', `send and settle among ${MANY}`, sending, 'x', '<=', 1.3, baseline),
    ]
  } finally {
    await rm(dir, { recursive: true })
  }
}

/** How many times as long the second takes. */
async function ratio(first: () => unknown, second: () => unknown): Promise<number> {
  const times: [number, number][] = []
  for (let at = 0; at < BATCHES; at += 1) times.push([await timed(first), await timed(second)])
  return median(times.map(([, slow]) => slow)) / median(times.map(([fast]) => fast))
}

/** A kiosk with so many filings that wait, and a portal that refuses each one when it is let. */
async function openKiosk(dir: string, waiting: number) {
  const body = randomBytes(BODY_BYTES)
  let allowed = 0
  let letGo = () => {}
  let stopped = () => {}
  const outbox = await openBenchOutbox(dir, {
    portal: {
      ...nobody,
      async send() {
        if (allowed === 0) {
          stopped()
          await new Promise<void>((resolve) => (letGo = resolve))
        }
        allowed -= 1
        return { kind: 'refused', problem: 'validation', errors: [] }
      },
      health: async () => ({ kind: 'reachable' }),
    },
  })
  for (let at = 0; at < waiting; at += 1) outbox.enqueue(body)
  const untilStopped = (go: () => void) =>
    new Promise<void>((resolve) => {
      stopped = resolve
      go()
    })
  return {
    takeIn(): void {
      for (let at = 0; at < PER_BATCH; at += 1) outbox.enqueue(body)
    },
    start: () => untilStopped(() => outbox.start()),
    send: () =>
      untilStopped(() => {
        allowed = PER_BATCH
        letGo()
      }),
    async close(): Promise<void> {
      allowed = Number.POSITIVE_INFINITY
      const closing = outbox.close()
      letGo()
      await closing
    },
  }
}
