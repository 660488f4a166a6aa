import type { Admission } from './admission.ts'
import type { Log } from './log.ts'
import { storeFault } from './store/index.ts'

type WrittenDeps = {
  readonly admission: Pick<Admission, 'giveRoom'>
  readonly log: Log
  /** What the log says where it was not written. */
  readonly event: string
}

/**
 * Writes what a visit can do without. False beside a program that holds the store, or on a disk that
 * is full and has no room to give back; a store that cannot be believed throws.
 */
export function createIsWritten({ admission, log, event }: WrittenDeps) {
  return function isWritten(run: () => void): boolean {
    try {
      run()
      return true
    } catch (cause) {
      const code = storeFault(cause)?.code
      if (code === undefined || code === 'dead') throw cause
      if (code === 'full' && admission.giveRoom()) return isWritten(run)
      log(event, { code })
      return false
    }
  }
}
