import { ok, type Result } from '../../shared/domain/result.ts'
import { createJournal } from '../audit/index.ts'
import { createDelivery } from './delivery.ts'
import {
  createEnqueue,
  type Enqueued,
  type EnqueueProblem,
  type EnqueueRequest,
} from './enqueue.ts'
import type { OutboxChange, OutboxDeps, PortalState } from './ports.ts'
import { createQueue } from './queue.ts'
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
  const delivery = createDelivery({
    ...deps,
    queue: createQueue(store, journal, clock),
    tell,
  })
  const enqueue = createEnqueue({
    store,
    keys,
    journal,
    clock,
    kioskId,
    portalId: deps.portalId ?? 'portal',
  })
  return {
    start: () => delivery.start(),
    stop: () => delivery.stop(),
    enqueue(request) {
      const taken = enqueue(request)
      if (!taken.ok) return taken
      const { enqueued, isNew } = taken.value
      if (isNew) {
        tell({ kind: 'filing', clientRef: enqueued.clientRef, state: 'QUEUED' })
        delivery.wake()
      }
      return ok(enqueued)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    ...reader,
    portalState: () => delivery.portalState(),
  }
}
