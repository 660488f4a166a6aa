import type { Result } from '../../../shared/domain/result.ts'
import { createJournal } from '../../audit/index.ts'
import { freeBytes, type KeyProvider, type SealedFiles, type Store } from '../../store/index.ts'
import { createQueue } from '../queue.ts'
import { readOutbox } from '../submission.ts'
import { exportFilings, type ExportOrder, type ExportProblem, type ExportReport } from './export.ts'
import { importFilings, type ImportOrder, type ImportProblem, type ImportReport } from './import.ts'
import { ownTransferKey, type TransferKey } from './key.ts'
import type { TransferDeps } from './ports.ts'

/** The way over a stick from one kiosk to another. */
export type Transfer = {
  /** What another kiosk seals to. */
  key(): TransferKey
  exportTo(order: ExportOrder): Promise<Result<ExportReport, ExportProblem>>
  importFrom(order: ImportOrder): Promise<Result<ImportReport, ImportProblem>>
}

/** The transfer of one outbox; one stick at a time. */
export function createTransfer(deps: TransferDeps): Transfer {
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = last.then(run)
    last = result.catch(() => undefined)
    return result
  }
  return {
    key() {
      const { publicKey, fingerprint } = ownTransferKey(deps.keys)
      return { publicKey, fingerprint }
    },
    exportTo: (order) => inTurn(() => exportFilings(deps, order)),
    importFrom: (order) => inTurn(() => importFilings(deps, order)),
  }
}

type StoppedDeps = {
  readonly store: Store
  readonly keys: KeyProvider
  readonly files: SealedFiles
  readonly clock: { now(): number }
  readonly kioskId: string
  readonly log: TransferDeps['log']
}

/** The transfer of a kiosk whose core does not run, over its store. */
export function createTransferAlone(deps: StoppedDeps): Transfer {
  const { store, clock, kioskId } = deps
  const journal = createJournal(store.db)
  const queue = createQueue({ store, journal, clock, capabilities: LATER, bootId: 'transfer' })
  // What a killed core was sending is sent by nobody now.
  queue.recover()
  const reader = readOutbox(store.db, kioskId)
  const nobody = () => {}
  return createTransfer({
    ...deps,
    journal,
    queue,
    reader,
    free: freeBytes,
    tell: nobody,
    entered: nobody,
  })
}

/** What the portal can do counts when a core starts over this store again. */
const LATER = {
  replaySafe: true,
  statusByRef: true,
  statusBatch: false,
  withdraw: false,
  resumableUpload: false,
  signedReceipt: false,
  supplement: false,
} as const
