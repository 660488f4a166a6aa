import type { Journal } from '../../audit/index.ts'
import type { KeyProvider, SealedFiles, Store } from '../../store/index.ts'
import type { OutboxChange } from '../ports.ts'
import type { Queue } from '../queue.ts'
import type { readOutbox } from '../submission.ts'

/** A filing as people know it; without a short reference where the kiosk does not know it. */
export type NamedFiling = { readonly clientRef: string; readonly shortRef: string | null }

/** What the way over a stick needs from the outbox, running or not. */
export type TransferDeps = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly files: Pick<SealedFiles, 'dir' | 'confirmNow' | 'eraseNow' | 'openPaper'>
  readonly journal: Journal
  readonly clock: { now(): number }
  readonly kioskId: string
  readonly queue: Queue
  readonly reader: ReturnType<typeof readOutbox>
  readonly tell: (change: OutboxChange) => void
  /** Filings were taken in, in the state IN_DOUBT; the queue knows them. */
  readonly entered: (clientRefs: readonly string[]) => void
  /** Free bytes on the disk that holds this folder. */
  readonly free: (dir: string) => Promise<number>
  /** Codes and references only. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}
