import { once } from 'node:events'
import { writeFileSync, writeSync } from 'node:fs'
import type { Result } from '../../shared/domain/result.ts'
import { systemTimers, type EnqueueRequest } from '../../electron/outbox/index.ts'
import { createPortalClient } from '../../electron/portal/index.ts'
import { withPapers, type InventedPaper } from '../../electron/outbox/testing.ts'
import { invent, KIOSK_ID, must, openKiosk, PROCEDURE, type Invented } from './kiosk.ts'
import { ordersSchema, type Word } from './process.ts'

/** A kiosk in a process of its own, to be killed: `node kiosk.child.ts ORDERS`. */
const orders = ordersSchema.parse(JSON.parse(process.argv[2] ?? '{}'))

/** Synchronously, so that what was said is known although the process dies right after. */
function say(word: Word): void {
  writeSync(1, `${JSON.stringify(word)}\n`)
}

/** Time runs a hundred times as fast here, so that a retry need not be sat out. */
const SPEED = 100
const began = Date.now()
const clock = { now: () => began + (Date.now() - began) * SPEED }

say({ kind: 'opening' })
const kiosk = await openKiosk({
  dir: orders.dir,
  portal: must(
    createPortalClient({ url: orders.url, kioskId: KIOSK_ID, receiptKeys: orders.receiptKeys }),
  ),
  clock,
  timers: {
    ...clock,
    after: (delayMs, run) => systemTimers.after(delayMs / SPEED, run),
  },
  random: Math.random,
  log: () => {},
  laterSchemas: orders.laterSchemas,
})
say({ kind: 'open' })
kiosk.outbox.subscribe((change) => {
  if (change.kind === 'filing') {
    say({ kind: 'state', clientRef: change.clientRef, state: change.state })
  }
})

if (orders.again !== undefined) {
  const { invented, requestId, body } = orders.again
  const { shortRef } = must(
    kiosk.outbox.enqueue({
      clientRef: invented.clientRef,
      requestId,
      procedureCode: PROCEDURE,
      citizenKey: invented.clientRef,
      body: Buffer.from(body),
    }),
  )
  say({ kind: 'slip', invented, shortRef })
}
/** The scanner has given a part of the paper when the power goes. */
async function dieInScan(confirmed: Invented): Promise<void> {
  const { clientRef, marker, number, papers } = confirmed
  const content = papers[0]?.content ?? Buffer.alloc(0)
  async function* scanner(): AsyncGenerator<Uint8Array> {
    yield content.subarray(0, content.length / 2)
    say({ kind: 'scanning', invented: { clientRef, marker, number } })
    process.kill(process.pid, 'SIGKILL')
  }
  const key = must(await kiosk.files.begin(clientRef))
  await kiosk.files.writePaper(clientRef, key, 'scan-1', scanner())
}

/** Where the disk becomes full: tries whenever it is told to go on, until it succeeds. */
async function untilDone<T>(
  at: string,
  { clientRef, marker, number }: Invented,
  run: () => Promise<Result<T, { readonly code: string }>>,
): Promise<T> {
  for (;;) {
    const result = await run()
    if (result.ok || orders.fullDisk === undefined) return must(result)
    say({
      kind: 'refused',
      at,
      invented: { clientRef, marker, number },
      code: result.error.code,
    })
    await once(process.stdin, 'data')
  }
}

let isDiskFull = false
/** The disk becomes full here, once, if that is what was ordered. */
function fillDisk(at: string, isLast: boolean): void {
  if (orders.fullDisk?.at !== at || !isLast || isDiskFull) return
  isDiskFull = true
  writeFileSync(orders.fullDisk.fault, orders.fullDisk.part)
}

async function scan(confirmed: Invented, isLast: boolean): Promise<EnqueueRequest> {
  const { clientRef, papers, request } = confirmed
  if (papers.length === 0) return request
  const key = await untilDone('begin', confirmed, () => kiosk.files.begin(clientRef))
  function* scanner({ id, content }: InventedPaper): Generator<Uint8Array> {
    yield content.subarray(0, content.length / 2)
    fillDisk(id, isLast)
    yield content.subarray(content.length / 2)
  }
  for (const paper of papers) {
    await untilDone(paper.id, confirmed, () =>
      kiosk.files.writePaper(clientRef, key, paper.id, scanner(paper)),
    )
  }
  return withPapers(confirmed, key)
}

for (let count = 1; count <= orders.file; count += 1) {
  const confirmed = invent({ nowMs: Date.now(), papers: orders.papers })
  const { clientRef, marker, number } = confirmed
  const invented = { clientRef, marker, number }
  if (orders.dieInScan) await dieInScan(confirmed)
  const isLast = count === orders.file
  const request = await scan(confirmed, isLast)
  const body = Buffer.from(request.body).toString()
  say({ kind: 'asked', invented, requestId: request.requestId, body })
  fillDisk('confirmation', isLast)
  const { shortRef } = await untilDone('confirmation', confirmed, async () =>
    kiosk.outbox.enqueue(request),
  )
  if (orders.dieBeforeSlip && isLast) process.kill(process.pid, 'SIGKILL')
  say({ kind: 'slip', invented, shortRef })
  if (orders.checkpointEvery > 0 && count % orders.checkpointEvery === 0) {
    kiosk.store.checkpointTruncate()
  }
}
if (orders.deliver) kiosk.outbox.start()
// Stays until it is killed, whatever the outbox waits for.
setInterval(() => {}, 60_000)
