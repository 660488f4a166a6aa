import type { DocumentScannerState } from '../../../shared/contract/index.ts'
import { unreachable } from '../../../shared/domain/result.ts'
import { encodeGrayJpeg } from '../../../shared/imaging/gray-jpeg.ts'
import type { Timers } from '../../timers.ts'
import { SCAN_LIMITS } from './limits.ts'
import { decodePnm } from './pnm.ts'
import type { ScanRun, ScanTransport } from './scanimage.ts'

/** A scanner that the core drives. */
export interface DocumentScanner {
  state(): DocumentScannerState
  subscribe(listener: (state: DocumentScannerState) => void): () => void
  /**
   * Scans one page. `page` gets it as a JPEG and says whether it was taken. While a scan is under
   * way nothing else begins.
   */
  scan(page: (jpeg: Uint8Array) => Promise<boolean>): Promise<void>
  /** Ends the scan that is under way; its page goes nowhere. */
  cancel(): void
  close(): Promise<void>
}

type ScannerDeps = {
  readonly transport: ScanTransport
  readonly timers: Pick<Timers, 'after'>
  readonly log: (event: { readonly event: string; readonly state: string }) => void
}

/** The numbers of `SANE_Status` that a person can act on (SANE standard 1.06, table 1). */
const SANE = {
  CANCELLED: 2,
  DEVICE_BUSY: 3,
  JAMMED: 6,
  NO_DOCS: 7,
  COVER_OPEN: 8,
  ACCESS_DENIED: 11,
  /** Of `scanimage` itself: the device did not open. */
  NOT_OPENED: 1,
} as const

export function createDocumentScanner({ transport, timers, log }: ScannerDeps): DocumentScanner {
  let state: DocumentScannerState = { state: 'ready' }
  let running: { readonly abort: AbortController; readonly ended: Promise<void> } | null = null
  const listeners = new Set<(state: DocumentScannerState) => void>()

  function set(next: DocumentScannerState): void {
    const changed = JSON.stringify(next) !== JSON.stringify(state)
    state = next
    if (!changed) return
    log({ event: 'document-scanner-state', state: next.state })
    for (const listener of listeners) listener(next)
  }

  async function run(
    abort: AbortController,
    page: (jpeg: Uint8Array) => Promise<boolean>,
  ): Promise<void> {
    set({ state: 'scanning' })
    let late = false
    const cancelDeadline = timers.after(SCAN_LIMITS.DEADLINE_MS, () => {
      late = true
      abort.abort()
    })
    const ended = await transport(abort.signal)
    cancelDeadline()
    if (late) return set({ state: 'error', cause: 'timeout' })
    if (abort.signal.aborted) return set({ state: 'ready' })
    set(await outcome(ended, page))
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    scan(page) {
      if (running !== null) return running.ended
      const abort = new AbortController()
      const ended = run(abort, page).finally(() => (running = null))
      running = { abort, ended }
      return ended
    },
    cancel: () => running?.abort.abort(),
    async close() {
      running?.abort.abort()
      await running?.ended
    },
  }
}

async function outcome(
  run: ScanRun,
  page: (jpeg: Uint8Array) => Promise<boolean>,
): Promise<DocumentScannerState> {
  switch (run.kind) {
    case 'no-program':
      return { state: 'missing' }
    case 'too-large':
      return { state: 'error', cause: 'bad-picture' }
    case 'failed':
      return stateOf(run.exitCode)
    case 'page': {
      const picture = decodePnm(run.bytes)
      if (!picture.ok) return { state: 'error', cause: 'bad-picture' }
      const taken = await page(encodeGrayJpeg(picture.value, SCAN_LIMITS.JPEG_QUALITY))
      return taken ? { state: 'ready' } : { state: 'error', cause: 'bad-picture' }
    }
    default:
      return unreachable(run)
  }
}

function stateOf(exitCode: number | null): DocumentScannerState {
  switch (exitCode) {
    case SANE.CANCELLED:
      return { state: 'ready' }
    case SANE.NOT_OPENED:
      return { state: 'missing' }
    case SANE.DEVICE_BUSY:
      return { state: 'busy' }
    case SANE.JAMMED:
      return { state: 'jammed' }
    case SANE.NO_DOCS:
      return { state: 'no-paper' }
    case SANE.COVER_OPEN:
      return { state: 'cover-open' }
    case SANE.ACCESS_DENIED:
      return { state: 'denied' }
    // Also where a signal ended it.
    case null:
    default:
      return { state: 'error', cause: 'io' }
  }
}
