import type { DocumentScannerState } from '../../../shared/contract/index.ts'
import { unreachable } from '../../../shared/domain/result.ts'
import { encodeGrayJpeg } from '../../../shared/imaging/gray-jpeg.ts'
import type { Timers } from '../../timers.ts'
import { SANE } from './complaint.ts'
import { feederIn, isFeeder } from './feeder.ts'
import { SCAN_LIMITS } from './limits.ts'
import { decodePnm } from './pnm.ts'
import type { ScanRun } from './program.ts'
import type { OpenTransport, ScanTransport } from './scanimage.ts'

/**
 * What became of a page: `refused`, it is none; `unwanted`, the visit has gone on without it.
 */
export type PageVerdict = 'taken' | 'refused' | 'unwanted'

/** A scanner that the core drives. */
export interface DocumentScanner {
  state(): DocumentScannerState
  subscribe(listener: (state: DocumentScannerState) => void): () => void
  /**
   * Scans what lies in the feeder, no more than `room` pages, or the one page on the glass. `page`
   * gets each as a JPEG and says what became of it; after one that was not taken no more come. While
   * a scan is under way nothing else begins.
   */
  scan(room: number, page: TakeJpeg): Promise<void>
  /** Opens it and lets it go: what the last scan complained of is forgotten. */
  look(): void
  /** Ends the scan that is under way; what has not come yet goes nowhere. */
  cancel(): void
  close(): Promise<void>
}

type TakeJpeg = (jpeg: Uint8Array) => Promise<PageVerdict>

type ScannerDeps = {
  readonly transport: ScanTransport
  readonly open: OpenTransport
  /** Where the paper lies, as the driver names it; null for the feeder, where it has one. */
  readonly source: string | null
  readonly timers: Pick<Timers, 'after'>
  readonly log: (event: { readonly event: string; readonly state: string }) => void
}

/** One run at a time; a scan waits for a look to end. */
interface Running {
  readonly kind: 'look' | 'scan'
  readonly abort: AbortController
  readonly ended: Promise<void>
}

/**
 * One that cannot be opened is looked for until it can: SANE tells nobody when a cable comes or
 * goes. One that can be is left in peace until it is to scan.
 */
export function createDocumentScanner(deps: ScannerDeps): DocumentScanner {
  const { transport, open, source, timers, log } = deps
  let state: DocumentScannerState = { state: 'ready' }
  let running: Running | null = null
  /** By the scanner's own list, when it was last opened. */
  let feeder: string | null = null
  let cancelLook = () => {}
  const listeners = new Set<(state: DocumentScannerState) => void>()

  const from = () => source ?? feeder
  const feeds = () => isFeeder(from() ?? '')

  function set(found: DocumentScannerState): void {
    // What it has is known once it has been opened.
    const next = found.state === 'ready' && feeds() ? { ...found, feeds: true as const } : found
    const changed = JSON.stringify(next) !== JSON.stringify(state)
    state = next
    cancelLook()
    cancelLook = isAway(next) ? timers.after(SCAN_LIMITS.LOOK_AGAIN_MS, look) : () => {}
    if (!changed) return
    log({ event: 'document-scanner-state', state: next.state })
    for (const listener of listeners) listener(next)
  }

  async function run(abort: AbortController, room: number, page: TakeJpeg): Promise<void> {
    set({ state: 'scanning' })
    let late = false
    let cancelDeadline = () => {}
    const waitForPage = () => {
      cancelDeadline()
      if (abort.signal.aborted) return
      cancelDeadline = timers.after(SCAN_LIMITS.DEADLINE_MS, () => {
        late = true
        abort.abort()
      })
    }
    waitForPage()
    let verdict: PageVerdict | null = null
    const ended = await transport(
      { source: from(), pages: feeds() ? room : 1 },
      abort.signal,
      async (pnm) => {
        const picture = decodePnm(pnm)
        verdict = picture.ok
          ? await page(encodeGrayJpeg(picture.value, SCAN_LIMITS.JPEG_QUALITY))
          : 'refused'
        waitForPage()
        return verdict === 'taken'
      },
    )
    cancelDeadline()
    if (late) return set({ state: 'error', cause: 'timeout' })
    if (abort.signal.aborted) return set({ state: 'ready' })
    set(stateAfter(ended, feeds(), verdict))
  }

  async function runLook(abort: AbortController): Promise<void> {
    const cancelDeadline = timers.after(SCAN_LIMITS.LOOK_MS, () => abort.abort())
    const ended = await open(abort.signal)
    cancelDeadline()
    if (ended.kind === 'opened') feeder = feederIn(ended.options)
    // The scan that waits for this look says how it is.
    if (running?.kind === 'scan') return
    if (abort.signal.aborted) return set({ state: 'busy' })
    set(ended.kind === 'opened' ? { state: 'ready' } : stateAfter(ended, false, null))
  }

  function begin(kind: Running['kind'], run: (abort: AbortController) => Promise<void>) {
    const before = running?.ended
    const abort = new AbortController()
    const ran = before === undefined ? run(abort) : before.then(() => run(abort))
    const ended = ran.finally(() => {
      if (running?.abort === abort) running = null
    })
    running = { kind, abort, ended }
    return ended
  }

  function look(): void {
    if (running?.kind !== 'look') void begin('look', runLook)
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    scan(room, page) {
      if (running?.kind === 'scan') return running.ended
      return begin('scan', (abort) => run(abort, room, page))
    },
    look,
    cancel() {
      if (running?.kind === 'scan') running.abort.abort()
    },
    async close() {
      running?.abort.abort()
      await running?.ended
      cancelLook()
    },
  }
}

/** Whether opening it says how it is. */
function isAway({ state }: DocumentScannerState): boolean {
  return state === 'missing' || state === 'busy' || state === 'denied'
}

/** `verdict` on the last page; null where none came. */
function stateAfter(
  run: ScanRun,
  feeds: boolean,
  verdict: PageVerdict | null,
): DocumentScannerState {
  if (verdict === 'refused') return { state: 'error', cause: 'bad-picture' }
  if (verdict === 'unwanted') return { state: 'ready' }
  switch (run.kind) {
    case 'no-program':
      return { state: 'missing' }
    case 'not-a-picture':
      return { state: 'error', cause: 'bad-picture' }
    case 'ended': {
      // A feeder is emptied: that is the end, or there was nothing in it.
      const isEnd = run.exitCode === 0 || (feeds && run.exitCode === SANE.NO_DOCS)
      if (!isEnd) return stateOf(run.exitCode)
      if (verdict === 'taken') return { state: 'ready' }
      return feeds ? { state: 'no-paper' } : { state: 'error', cause: 'bad-picture' }
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
