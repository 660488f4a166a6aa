import { randomUUID } from 'node:crypto'
import { ok, type Result } from '../../shared/domain/result.ts'
import { createJournal } from '../audit/index.ts'
import { faultOf, freeBytes } from '../store/index.ts'
import { createAlarms, type Alarm } from './alarms.ts'
import { createClockOffset } from './clock-offset.ts'
import { afterRestart } from './decide.ts'
import { createDelivery } from './delivery.ts'
import {
  createEnqueue,
  type Enqueued,
  type EnqueueProblem,
  type EnqueueRequest,
} from './enqueue.ts'
import { createOverdueWatch } from './overdue.ts'
import type { OutboxChange, OutboxDeps, PortalState, PortalStatus } from './ports.ts'
import { createQueue } from './queue.ts'
import { createReconciliation } from './reconcile.ts'
import { createStaffActions, type StaffActions } from './staff.ts'
import { createTransfer, type Transfer } from './transfer/transfer.ts'
import { readOutbox, type OutboxCounts, type Submission } from './submission.ts'

/** The durable queue of filings and their delivery: each one reaches the portal exactly once. */
export type Outbox = {
  /** Recovers what a crash left, then delivers until `stop`. */
  start(): void
  /** Ends the attempt that runs; resolves when nothing touches the store any more. */
  stop(): Promise<void>
  /** When it returns `ok`, the filing survives a power cut, and a slip may be shown. */
  enqueue(request: EnqueueRequest): Result<Enqueued, EnqueueProblem>
  /** Calls back on every change; returns the way to stop that. */
  subscribe(listener: (change: OutboxChange) => void): () => void
  get(clientRef: string): Submission | undefined
  /** Every filing, oldest first, contents excluded. */
  list(): Submission[]
  counts(): OutboxCounts
  portalState(): PortalState
  /** More than the citizens' screen needs: breaker, global holds, the rest that was asked for. */
  portalStatus(): PortalStatus
  /** What somebody must look at, newest first; the last hundred. */
  alarms(): Alarm[]
  /** The portal's clock minus the kiosk's in milliseconds; null while it is not known. */
  clockOffsetMs(): number | null
  /** What officers and technicians may do with single filings. */
  readonly staff: StaffActions
  /** Filings on their way to another kiosk, or from one. */
  readonly transfer: Transfer
}

/** Puts the outbox together over an open store. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, keys, clock, kioskId } = deps
  const journal = createJournal(store.db)
  const reader = readOutbox(store.db, kioskId)
  const listeners = new Set<(change: OutboxChange) => void>()
  const tell = (change: OutboxChange): void => {
    for (const listener of listeners) listener(change)
  }
  const portalId = deps.portalId ?? 'portal'
  const bootId = deps.bootId ?? randomUUID()
  const offset = createClockOffset()
  const { capabilities } = deps.portal
  const queue = createQueue({ store, journal, clock, capabilities, bootId })
  queue.load()
  const alarms = createAlarms({ db: store.db, journal, clock, log: deps.log })
  const delivery = createDelivery({ ...deps, queue, alarms, portalId, offset, tell })
  const enqueue = createEnqueue({
    store,
    keys,
    files: deps.files,
    journal,
    clock,
    kioskId,
    portalId,
    bootId,
    offsetMs: () => offset.ms(),
  })
  const reconciliation = createReconciliation({
    ...deps,
    db: store.db,
    queue,
    journal,
    alarms,
    portalId,
    tell,
    isQuiet: () => delivery.watch.isQuiet(),
    rest: (ms) => delivery.watch.rest(ms),
  })
  const overdue = createOverdueWatch({ ...deps, db: store.db, alarms })
  return {
    start() {
      delivery.start()
      reconciliation.start()
      overdue.start()
    },
    async stop() {
      overdue.stop()
      await Promise.all([delivery.stop(), reconciliation.stop()])
    },
    enqueue(request) {
      const taken = enqueue(request)
      if (!taken.ok) {
        const { error } = taken
        if (error.code === 'io' && faultOf(error.reason)?.code === 'dead')
          delivery.end(error.reason)
        return taken
      }
      const { enqueued, entered } = taken.value
      if (entered !== null) {
        queue.entered(entered)
        tell({ kind: 'filing', clientRef: enqueued.clientRef, state: 'QUEUED' })
        delivery.wake()
      }
      return ok(enqueued)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: (clientRef) => reader.get(clientRef),
    list: () => reader.list(),
    counts: () => queue.counts(),
    portalState: () => delivery.watch.state(),
    portalStatus: () => delivery.watch.status(),
    alarms: () => reader.alarms(),
    clockOffsetMs: () => offset.ms(),
    staff: createStaffActions({ queue, delivery, portal: deps.portal, clock, tell }),
    transfer: createTransfer({
      ...deps,
      journal,
      queue,
      reader,
      tell,
      free: freeBytes,
      entered(clientRefs) {
        for (const clientRef of clientRefs) {
          const row = queue.row(clientRef)
          const step = row && afterRestart(row.state, capabilities)
          if (row && step) queue.move(row, step, 'outbox')
          tell({ kind: 'filing', clientRef, state: step?.to ?? 'IN_DOUBT' })
        }
        delivery.wake()
      },
    }),
  }
}
