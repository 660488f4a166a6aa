import { faultOf, type Store } from '../store/index.ts'
import { crashPoint } from './crash-point.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'
import type { OutboxChange, OutboxDeps } from './ports.ts'
import type { Queue } from './queue.ts'
import type { Row } from './rows.ts'

type ErasureDeps = Pick<OutboxDeps, 'files' | 'timers' | 'log'> & {
  readonly store: Store
  readonly queue: Queue
  /** For how long the contents of an accepted filing are kept. */
  readonly keepMs: number
  readonly tell: (change: OutboxChange) => void
  /** The disk has failed for good. */
  readonly onDeadDisk: (reason: string) => void
  /** The store failed under an erasure that nobody waits for. */
  readonly onFailure: (cause: unknown) => void
}

/** Destroys contents and keys of filings, in the rows, in the folders and in the write-ahead log. */
export function createErasure(deps: ErasureDeps) {
  const { store, queue, files, timers, keepMs, tell, log } = deps
  /** Delivered, and not erased yet. */
  const accepted: Row[] = []
  /** Erased, but for folders that the disk would not give up; they are tried again with the next. */
  let leftOver: readonly string[] = []
  let cancelErasing = () => {}
  let cancelKept = () => {}

  /** Erases these, and tells how many it was. */
  function erase(rows: readonly Row[], code: string, actor: string): number {
    const done = queue.erase(rows, code, actor)
    if (done.length === 0) return 0
    crashPoint('row-erased')
    const folders = [...leftOver, ...done.map(({ clientRef }) => clientRef)]
    const gone = files.eraseNow(folders)
    leftOver = gone.ok ? [] : folders
    if (!gone.ok) {
      log('envelopes-not-erased', { filings: folders.length, code: gone.error.code })
      if (gone.error.code === 'io' && faultOf(gone.error.reason)?.code === 'dead') {
        deps.onDeadDisk(gone.error.reason)
      }
    }
    // Where a reader holds the log, the next erasure or the next start empties it.
    if (!store.checkpointTruncate()) log('checkpoint-busy', {})
    for (const { clientRef } of done) tell({ kind: 'filing', clientRef, state: 'ERASED' })
    return done.length
  }

  function eraseTogether(): void {
    cancelErasing()
    const rows = accepted.splice(0)
    if (rows.length > 0) erase(rows, 'accepted', 'outbox')
  }

  /** Ends erasures that a crash cut short, and the time for which contents are kept. */
  function eraseAccepted(): void {
    erase(queue.accepted(keepMs), 'accepted', 'outbox')
  }

  function attempt(run: () => void): void {
    try {
      run()
    } catch (cause) {
      deps.onFailure(cause)
    }
  }

  function lookAtKept(): void {
    attempt(eraseAccepted)
    cancelKept = timers.after(limits.KEPT_LOOK_MS, lookAtKept)
  }

  return {
    erase,
    eraseAccepted,
    eraseTogether,
    /** The same where nobody could do anything about a store that fails: the outbox sees to it. */
    eraseAtOnce: (): void => attempt(eraseTogether),

    /**
     * Accepted filings are erased together, when nothing more is on its way to the portal, and never
     * later than `ERASE_WITHIN_MS`: what an erasure syncs, it syncs for all of them. Where contents
     * are kept, their time comes later.
     */
    eraseSoon(row: Row): void {
      if (keepMs > 0) return
      if (accepted.length === 0) {
        cancelErasing = timers.after(limits.ERASE_WITHIN_MS, () => attempt(eraseTogether))
      }
      accepted.push(row)
      if (accepted.length >= limits.ERASED_AT_ONCE) eraseTogether()
    },

    start(): void {
      if (keepMs > 0) cancelKept = timers.after(limits.KEPT_LOOK_MS, lookAtKept)
    },

    stop(): void {
      cancelKept()
      attempt(eraseTogether)
    },
  }
}
