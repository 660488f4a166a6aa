import type { HealthOutcome, SendOutcome, StatusOutcome } from '../portal/index.ts'
import { faultOf, sqliteCode, unseal } from '../store/index.ts'
import type { Alarms } from './alarms.ts'
import { signOfAnswer, signOfSend } from './breaker.ts'
import type { createClockOffset } from './clock-offset.ts'
import { crashPoint } from './crash-point.ts'
import {
  afterSend,
  afterStatus,
  codeOfSend,
  step,
  type SendableState,
  type Step,
} from './decide.ts'
import { codeOfAnswer, httpStatusOf } from './codes.ts'
import { createLateReceipts } from './late-receipts.ts'
import { createErasure } from './erasure.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { OutboxChange, OutboxDeps } from './ports.ts'
import { createPortalWatch } from './portal-watch.ts'
import { createLoop } from './loop.ts'
import type { Claim, Question } from './moves.ts'
import type { Asked, Queue } from './queue.ts'
import type { Row } from './rows.ts'
import { createUploader } from './uploader.ts'

type DeliveryDeps = OutboxDeps & {
  readonly queue: Queue
  readonly alarms: Alarms
  readonly portalId: string
  readonly offset: ReturnType<typeof createClockOffset>
  readonly tell: (change: OutboxChange) => void
}

/**
 * Sends filings one at a time, oldest first, brings papers beside it (`uploader.ts`), and asks the
 * portal about those whose fate is not known. While the breaker is open nothing is sent and a cheap
 * probe runs until the portal answers, so that an outage costs three attempts and not one per
 * filing.
 */
export function createDelivery(deps: DeliveryDeps) {
  const { store, keys, portal, clock, timers, queue, tell, log, keepAcceptedMs: keepMs = 0 } = deps
  let stopping: AbortController | null = null
  /** A crash, or a store that failed in the middle of an attempt: rows may say SENDING. */
  let doubtful = false
  let cancelSweep = () => {}
  const ended = createLateReceipts(store.db, deps.alarms)
  const watch = createPortalWatch({
    ...deps,
    onOpen(afterAbsence) {
      // Backoff is cut short only after a real absence: a portal that answers probes and drops
      // filings would otherwise be hammered.
      if (afterAbsence) queue.hurry()
      wake()
    },
    onHealth: noteClock,
    onFailure: onStoreFailure,
  })

  const erasure = createErasure({
    ...deps,
    keepMs,
    onDeadDisk: end,
    onFailure: onStoreFailure,
  })
  const sender = createLoop({ timers, turn: drain, onFailure: onStoreFailure })
  const uploader = createUploader({ ...deps, watch, onReady: () => sender.wake() })
  const uploads = createLoop({ timers, turn: bringPapers, onFailure: onStoreFailure })

  function wake(): void {
    sender.wake()
    uploads.wake()
  }

  /** A full disk or an I/O error must not end the core: the filings are safe, the sender pauses. */
  function onStoreFailure(cause: unknown): void {
    const code = sqliteCode(cause)
    if (code === undefined) throw cause
    log('store-failed', { code })
    if (faultOf(code)?.code === 'dead') return end(code)
    // Erasing is what makes room: it must not wait for any.
    const given = code === 'SQLITE_FULL' && deps.giveRoom?.() === true
    doubtful = true
    const delayMs = given ? 0 : limits.STORE_RETRY_MS
    for (const loop of [sender, uploads]) {
      loop.rest()
      loop.wakeAfter(delayMs)
    }
  }

  /** Nothing leaves a kiosk that cannot write down what it sent. */
  function end(reason: string): void {
    stopping?.abort()
    stopping = null
    void watch.stop()
    deps.storeDied?.(reason)
  }

  function noteClock(health: HealthOutcome, sentMs: number): void {
    if (health.kind !== 'reachable' || health.portalDateMs === undefined) return
    const { portalDateMs } = health
    deps.offset.add({ sentMs, receivedMs: clock.now(), portalDateMs })
  }

  async function drain(signal: AbortSignal): Promise<void> {
    if (doubtful) {
      recover()
      doubtful = false
      uploads.wake()
    }
    while (!signal.aborted) {
      if (watch.isOpen()) return
      const restMs = watch.restMs()
      if (restMs > 0) return sender.wakeAfter(restMs)
      const work = queue.next()
      if (work === null || work.kind === 'later') {
        if (queue.isIdle()) erasure.eraseTogether()
        return work === null ? undefined : sender.wakeAfter(work.atMs - clock.now())
      }
      if (work.kind === 'send') await deliver(work.row, work.from, signal)
      else await ask(work.filings, signal)
      // What waited for that filing may have papers to bring.
      uploads.wake()
    }
  }

  async function bringPapers(signal: AbortSignal): Promise<void> {
    // Nothing is touched before a crash, or a store that failed, has been put in order.
    if (doubtful) return
    const waitMs = await uploader.turn(signal)
    if (queue.isIdle()) erasure.eraseTogether()
    if (waitMs !== null) uploads.wakeAfter(waitMs)
  }

  async function deliver(row: Row, from: SendableState, signal: AbortSignal): Promise<void> {
    const { clientRef } = row
    const body = unseal(keys, { owner: clientRef, purpose: 'body' }, queue.sealed(row))
    if (!body.ok) {
      log('unreadable', { clientRef, code: body.error.code })
      if (queue.move(row, step('NEEDS_STAFF', 0, body.error.code), 'outbox')) {
        tell({ kind: 'filing', clientRef, state: 'NEEDS_STAFF' })
      }
      return
    }
    const claim = queue.claim(row, from, body.value.length)
    if (claim === null) return
    tell({ kind: 'filing', clientRef, state: 'SENDING' })
    crashPoint('sending-committed')
    const outcome = await portal.send(clientRef, body.value, signal, row.kioskId)
    crashPoint('answer-unrecorded')
    log('sent', { clientRef, outcome: codeOfSend(outcome) })
    settle(claim, outcome, signal)
  }

  function settle(claim: Claim, outcome: SendOutcome, signal: AbortSignal): void {
    const { row, from } = claim
    const next = afterSend(outcome, {
      from,
      attempts: row.attempts,
      itemFailures: row.itemFailures,
      othersAccepted: queue.othersAccepted(row),
      capabilities: portal.capabilities,
      random: deps.random(),
    })
    const end = { outcome: codeOfSend(outcome), httpStatus: httpStatusOf(outcome) }
    const isToldAgain = portal.capabilities.statusByRef || portal.capabilities.replaySafe
    const isErasedNext = next.receipt !== null && keepMs === 0 && isToldAgain
    const done = isErasedNext
      ? queue.settleAccepted(claim, next, end)
      : queue.settle(claim, next, end)
    const cause = outcome.kind === 'in-doubt' ? outcome.cause : ''
    if (done) after({ ...row, rev: row.rev + 1 }, next, cause)
    // An attempt that was broken off here says nothing of the portal.
    if (signal.aborted && outcome.kind === 'in-doubt') return
    if (outcome.kind === 'wait' && outcome.scope === 'portal') watch.rest(outcome.ms)
    watch.note(signOfSend(outcome, row.clientRef))
  }

  async function ask(filings: readonly Asked[], signal: AbortSignal): Promise<void> {
    const startedMs = clock.now()
    const identities = filings.map(({ row }) => ({
      clientRef: row.clientRef,
      bodySha256: row.bodySha256,
      attachments: queue.papers(row),
      kioskId: row.kioskId,
    }))
    const [first] = identities
    if (first === undefined) return
    const { clientRef, bodySha256, attachments, kioskId } = first
    const one = () => portal.status(clientRef, bodySha256, signal, attachments, kioskId)
    const outcomes =
      identities.length === 1
        ? new Map([[clientRef, await one()]])
        : await portal.statusOf(identities, signal)
    if (signal.aborted) return
    for (const { row } of filings) {
      const outcome = outcomes.get(row.clientRef) ?? { kind: 'unknown', cause: 'left-out' }
      learn(row, outcome, startedMs)
    }
  }

  function learn(row: Asked['row'], outcome: StatusOutcome, startedMs: number): void {
    const { clientRef } = row
    const next = afterStatus(outcome, {
      from: row.state,
      attempts: row.attempts,
      asks: queue.asks(row),
      itemFailures: row.itemFailures,
      othersAccepted: queue.othersAccepted(row),
      capabilities: portal.capabilities,
      random: deps.random(),
    })
    const code = codeOfAnswer(outcome)
    log('asked', { clientRef, outcome: code })
    const question = {
      kind: 'get',
      startedMs,
      outcome: code,
      httpStatus: httpStatusOf(outcome),
    } as const
    if (queue.settleAsk(row, next, question)) {
      after({ ...row, rev: row.rev + 1 }, next, outcome.kind === 'unknown' ? outcome.cause : '')
    } else if (outcome.kind === 'accepted') lateReceipt(row, outcome, question)
    if (outcome.kind === 'wait') watch.rest(outcome.ms)
    watch.note(signOfAnswer(outcome, clientRef))
  }

  /** Staff moved the filing while the portal was asked, and the portal has it: the receipt counts. */
  function lateReceipt(
    asked: Row,
    outcome: Extract<StatusOutcome, { kind: 'accepted' }>,
    question: Question,
  ): void {
    const row = queue.row(asked.clientRef)
    if (row === undefined) return
    if (row.state === 'ERASED' || row.state === 'ACCEPTED') return ended(row, outcome.receipt)
    // Its own answer will say the same.
    if (row.state === 'SENDING') return
    const next = step('ACCEPTED', 0, 'receipt', { receipt: outcome.receipt })
    if (queue.settleAsk(row, next, question)) after({ ...row, rev: row.rev + 1 }, next, '')
  }

  /** Tells of a committed step, and erases what was accepted. `row.rev` is the one after it. */
  function after(row: Row, next: Step, cause: string): void {
    const { clientRef } = row
    if (cause.startsWith('receipt-') && queue.lies(row) === limits.LIES_BEFORE_ALARM) {
      deps.alarms.raise('receipts-that-are-none', { clientRef, state: next.to })
    }
    if (next.reason === 'integrity') deps.alarms.raise('integrity', { clientRef, state: next.to })
    if (next.receipt === null) {
      if (row.state !== next.to) tell({ kind: 'filing', clientRef, state: next.to })
      return
    }
    crashPoint('accepted-committed')
    const { receipt } = next
    const { dossierCode } = receipt
    tell({ kind: 'filing', clientRef, state: 'ACCEPTED', dossierCode, receipt })
    erasure.eraseSoon({ ...row, state: 'ACCEPTED' })
  }

  function recover(): void {
    for (const { row, to } of queue.recover()) {
      tell({ kind: 'filing', clientRef: row.clientRef, state: to })
    }
    erasure.eraseAccepted()
  }

  /** What remains of filings that left long ago. */
  function sweep(): void {
    try {
      const went = queue.purge(clock.now() - limits.TOMBSTONE_MS)
      if (went > 0) log('swept', { tombstones: went })
      store.compact()
      const isMore = went === limits.SWEEP_BATCH
      cancelSweep = timers.after(isMore ? 0 : limits.SWEEP_EVERY_MS, sweep)
    } catch (cause) {
      onStoreFailure(cause)
      if (stopping !== null) cancelSweep = timers.after(limits.SWEEP_EVERY_MS, sweep)
    }
  }

  return {
    start(): void {
      if (stopping !== null) return
      stopping = new AbortController()
      doubtful = true
      watch.start(stopping.signal)
      sender.start(stopping.signal)
      uploads.start(stopping.signal)
      cancelSweep = timers.after(limits.STORE_RETRY_MS, sweep)
      erasure.start()
    },

    async stop(): Promise<void> {
      stopping?.abort()
      stopping = null
      cancelSweep()
      await Promise.all([sender.stop(), uploads.stop(), watch.stop()])
      // After the last answer, which may have been a receipt.
      erasure.stop()
    },

    wake,
    /** The store has died: nothing is sent any more. */
    end,
    /** For actions of staff: `after` and `erase` at once. */
    after(row: Row, next: Step, cause: string): void {
      after(row, next, cause)
      erasure.eraseAtOnce()
    },
    erase: erasure.erase,
    watch,
  }
}

/** The sender of one outbox. */
export type Delivery = ReturnType<typeof createDelivery>
