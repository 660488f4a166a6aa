import type { ScannerState } from '../../../shared/contract/devices.ts'
import { unreachable } from '../../../shared/domain/result.ts'
import { decodeScan } from '../../identity/index.ts'
import { type SerialChannel, type SerialProblem, openSerial } from '../serial.ts'
import { createFraming } from './framing.ts'
import { scannerLimits } from './limits.ts'
import type { Timers } from '../../timers.ts'

/** A serial scanner that is looked after: found again whenever it was away. */
export interface Scanner {
  state(): ScannerState
  /** Called after every change of state; returns how to stop. */
  subscribe(listener: (state: ScannerState) => void): () => void
  close(): Promise<void>
}

/** What a scanner needs. */
export interface ScannerOptions {
  /** The tty or COM port; null if none is configured. */
  path: string | null
  baud: number
  open?: typeof openSerial
  timers: Timers
  /** One scan as text; what it is, `parseCode` says. */
  onScan: (text: string) => void
  /** Lines for the technician. They never carry what was scanned. */
  log: (line: string) => void
}

/** Starts at once. Being unplugged or held by another program is a state, never an error. */
export function createScanner(options: ScannerOptions): Scanner {
  const { path, baud, timers, onScan, log, open = openSerial } = options
  const listeners = new Set<(state: ScannerState) => void>()
  let state: ScannerState = { state: path === null ? 'not-configured' : 'disconnected' }
  let channel: SerialChannel | null = null
  let closed = false
  let cancelReconnect = () => {}
  let recent: string | null = null
  let forgetRecent = () => {}

  const framing = createFraming({
    timers,
    onFrame(bytes) {
      const text = decodeScan(bytes)
      if (text === recent) return
      forgetRecent()
      recent = text
      forgetRecent = timers.after(scannerLimits.DOUBLE_READ_MS, () => {
        recent = null
      })
      log(`scanner: ${bytes.length} bytes`)
      onScan(text)
    },
    onOverlong() {
      log(`scanner: dropped a scan of more than ${scannerLimits.FRAME_BYTES} bytes`)
    },
  })

  function become(next: ScannerState, why: string) {
    if (next.state === state.state) return
    state = next
    log(`scanner: ${why}`)
    for (const listener of listeners) listener(next)
  }

  async function connect(port: string) {
    const opened = await open(port, baud)
    if (closed) {
      if (opened.ok) await opened.value.close()
      return
    }
    if (!opened.ok) {
      become(stateOf(opened.error), opened.error)
      retry(port)
      return
    }
    channel = opened.value
    channel.onData((bytes) => framing.push(bytes))
    channel.onClose(() => {
      channel = null
      // Half a scan must not be completed by the first bytes after the cable is back.
      framing.discard()
      if (closed) return
      become({ state: 'disconnected' }, 'unplugged')
      retry(port)
    })
    become({ state: 'ready' }, 'ready')
  }

  function retry(port: string) {
    cancelReconnect = timers.after(scannerLimits.RECONNECT_MS, () => void connect(port))
  }

  if (path !== null) void connect(path)

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async close() {
      closed = true
      cancelReconnect()
      forgetRecent()
      recent = null
      framing.discard()
      listeners.clear()
      await channel?.close()
    },
  }
}

function stateOf(problem: SerialProblem): ScannerState {
  switch (problem) {
    case 'busy':
      return { state: 'busy' }
    case 'missing':
    case 'no-driver':
    case 'failed':
      return { state: 'disconnected' }
    default:
      return unreachable(problem)
  }
}
