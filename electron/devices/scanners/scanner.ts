import type { ScannerState } from '../../../shared/contract/devices.ts'
import { unreachable } from '../../../shared/domain/result.ts'
import { decodeScan } from '../../identity/index.ts'
import { scannerLimits } from './limits.ts'
import type { OpenLine, ScannerLine, ScannerProblem } from './line.ts'
import type { ScanRefusal } from './scans.ts'
import type { Timers } from '../../timers.ts'

/** A scanner that is looked after: found again whenever it was away. */
export interface Scanner {
  state(): ScannerState
  /** Called after every change of state; returns how to stop. */
  subscribe(listener: (state: ScannerState) => void): () => void
  /** The next scan goes here instead, once; returns how to give up. For a technician's test. */
  takeNext(listener: (scan: TakenScan) => void): () => void
  close(): Promise<void>
}

/** A scan that was taken for a test. */
export type TakenScan =
  | { readonly kind: 'scan'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'refused'; readonly why: ScanRefusal }

/** What a scanner needs. */
export interface ScannerOptions {
  /** How to reach it; null if none is configured. */
  open: OpenLine | null
  timers: Timers
  /** One scan as text; what it is, `parseCode` says. */
  onScan: (text: string) => void
  /** Something came that can be no code. */
  onRefused: (why: ScanRefusal) => void
  /** Lines for the technician. They never carry what was scanned. */
  log: (line: string) => void
}

/** Starts at once. Being unplugged or held by another program is a state, never an error. */
export function createScanner(options: ScannerOptions): Scanner {
  const { open, timers, onScan, onRefused, log } = options
  const listeners = new Set<(state: ScannerState) => void>()
  let state: ScannerState = { state: open === null ? 'not-configured' : 'disconnected' }
  let line: ScannerLine | null = null
  let closed = false
  let cancelReconnect = () => {}
  let recent: string | null = null
  let forgetRecent = () => {}
  let taker: ((scan: TakenScan) => void) | null = null

  function take(scan: TakenScan): boolean {
    const listener = taker
    taker = null
    listener?.(scan)
    return listener !== null
  }

  function handOver(bytes: Uint8Array) {
    if (closed) return
    const text = decodeScan(bytes)
    const again = text === recent
    // From the last time on: what was left under the scanner stays one scan.
    forgetRecent()
    recent = text
    forgetRecent = timers.after(scannerLimits.DOUBLE_READ_MS, () => {
      recent = null
    })
    if (again && taker === null) return
    log(`scanner: ${bytes.length} bytes`)
    if (!take({ kind: 'scan', text, bytes: bytes.length })) onScan(text)
  }

  function refuse(why: ScanRefusal) {
    if (closed) return
    log(`scanner: refused a scan: ${why}`)
    if (!take({ kind: 'refused', why })) onRefused(why)
  }

  function become(next: ScannerState, why: string) {
    if (next.state === state.state) return
    state = next
    log(`scanner: ${why}`)
    for (const listener of listeners) listener(next)
  }

  function lose() {
    line = null
    if (closed) return
    become({ state: 'disconnected' }, 'unplugged')
    retry()
  }

  async function connect(way: OpenLine) {
    let gone = false
    const opened = await way({
      onScan: handOver,
      onRefused: refuse,
      onGone() {
        gone = true
        if (line !== null) lose()
      },
    })
    if (closed) {
      if (opened.ok) await opened.value.close()
    } else if (!opened.ok) {
      become(stateOf(opened.error), opened.error)
      retry()
    } else if (gone) {
      // Pulled while it was set up.
      lose()
    } else {
      line = opened.value
      become({ state: 'ready' }, 'ready')
    }
  }

  function retry() {
    if (open !== null) {
      cancelReconnect = timers.after(scannerLimits.RECONNECT_MS, () => void connect(open))
    }
  }

  if (open !== null) void connect(open)

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    takeNext(listener) {
      taker = listener
      log('scanner: the next scan is a test')
      return () => {
        if (taker === listener) taker = null
      }
    },
    async close() {
      closed = true
      cancelReconnect()
      forgetRecent()
      recent = null
      taker = null
      listeners.clear()
      await line?.close()
    },
  }
}

function stateOf(problem: ScannerProblem): ScannerState {
  switch (problem) {
    case 'busy':
    case 'not-allowed':
    case 'no-driver':
      return { state: problem }
    case 'missing':
    case 'failed':
      return { state: 'disconnected' }
    default:
      return unreachable(problem)
  }
}
