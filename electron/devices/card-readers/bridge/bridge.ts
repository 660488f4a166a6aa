import type { ReaderBridgeState } from '../../../../shared/contract/devices.ts'
import type { Timers } from '../../../timers.ts'
import { decodeMessage } from './decode.ts'
import { httpService } from './http.ts'
import { BRIDGE_LIMITS } from './limits.ts'
import type { Service } from './service.ts'
import type { ReaderBridgeSettings } from '../../../settings/index.ts'
import { webSocketService } from './web-socket.ts'

/** A vendor's reader service that is looked after: found again whenever it was away. */
export interface ReaderBridge {
  state(): ReaderBridgeState
  /** Called after every change of state; returns how to stop. */
  subscribe(listener: (state: ReaderBridgeState) => void): () => void
  close(): Promise<void>
}

/** What a bridge needs. */
export interface ReaderBridgeOptions {
  readonly settings: ReaderBridgeSettings
  readonly timers: Timers
  /** A card, as its QR code would say it. */
  readonly onScan: (text: string) => void
  /** Lines for the technician. They never carry what was read. */
  readonly log: (line: string) => void
}

/** Starts at once. A service that is away or speaks otherwise is a state, never an error. */
export function createReaderBridge(options: ReaderBridgeOptions): ReaderBridge {
  const { settings, timers, onScan, log } = options
  const listeners = new Set<(state: ReaderBridgeState) => void>()
  const service: Service =
    settings.kind === 'http' ? httpService(settings, timers) : webSocketService(settings, timers)
  let state: ReaderBridgeState = { state: 'disconnected' }
  let closed = false
  let cancelRetry = () => {}
  /** The card that lies on the reader: a service that is asked tells of it again and again. */
  let lying: string | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  /** What the last card lacked, as it was logged. */
  let lacked = ''

  function become(next: ReaderBridgeState, why: string) {
    if (closed || next.state === state.state) return
    state = next
    log(`reader bridge: ${why}`)
    for (const listener of listeners) listener(next)
  }

  function take(message: string) {
    const read = decodeMessage(message, settings)
    if (!read.ok) return become({ state: 'not-understood' }, `a message is ${read.error}`)
    become({ state: 'ready' }, 'ready')
    const reading = read.value
    // One that tells by itself says so once a card; only one that is asked can say "none".
    if (settings.kind === 'http' && reading?.text === lying) return
    if (reading === null) lying = null
    const nowMs = timers.now()
    // One that is asked tells of the card again after the gap.
    if (reading === null || closed || nowMs - lastMs < BRIDGE_LIMITS.GAP_MS) return
    lastMs = nowMs
    lying = reading.text
    const lacking = reading.lacking.join(', ')
    if (lacking !== lacked && lacking !== '') log(`reader bridge: a card without ${lacking}`)
    lacked = lacking
    onScan(reading.text)
  }

  function connect() {
    service.open({
      opened() {
        become({ state: 'ready' }, 'ready')
      },
      message: take,
      refused(why) {
        become({ state: 'not-understood' }, why)
      },
      closed(why) {
        if (closed) return
        lying = null
        become({ state: 'disconnected' }, why)
        cancelRetry = timers.after(BRIDGE_LIMITS.RETRY_MS, connect)
      },
    })
  }

  connect()
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
      cancelRetry()
      lying = null
      listeners.clear()
      await service.close()
    },
  }
}
