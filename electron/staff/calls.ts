import type { HelpCall, HelpEvent } from '../../shared/contract/index.ts'

/** Somebody at this kiosk who waits for a person. */
export interface OpenCall {
  /** The kind of screen, never what stands on it. */
  readonly screen: string
  readonly sinceMs: number
}

/** What is called and heard. */
export type Calls = ReturnType<typeof createCalls>

/**
 * The calls for a person as staff hear of them. One at a time: a kiosk has one citizen. A light or a
 * bell over MQTT would listen here too.
 */
export function createCalls(kiosk: string): {
  open(): OpenCall | null
  call(call: OpenCall): void
  /** `by`: the assistant who came; null: the citizen went on, or left. */
  end(by: string | null): void
  list(): HelpCall[]
  watch(signal: AbortSignal): AsyncGenerator<HelpEvent, void>
} {
  let current: OpenCall | null = null
  const listeners = new Set<(event: HelpEvent) => void>()
  const said = ({ screen, sinceMs }: OpenCall): HelpCall => ({
    kiosk,
    screen,
    since: new Date(sinceMs).toISOString(),
  })
  const tell = (event: HelpEvent) => {
    for (const listener of listeners) listener(event)
  }

  return {
    open: () => current,
    call(call) {
      current = call
      tell({ kind: 'called', call: said(call) })
    },
    end(by) {
      if (current === null) return
      const call = said(current)
      current = null
      tell(by === null ? { kind: 'ended', call } : { kind: 'answered', call, by })
    },
    list: () => (current === null ? [] : [said(current)]),
    async *watch(signal) {
      const waiting: HelpEvent[] = current === null ? [] : [{ kind: 'called', call: said(current) }]
      let wake = () => {}
      const hear = (event: HelpEvent) => {
        waiting.push(event)
        wake()
      }
      const onAbort = () => wake()
      listeners.add(hear)
      signal.addEventListener('abort', onAbort)
      try {
        while (!signal.aborted) {
          const event = waiting.shift()
          if (event === undefined) await new Promise<void>((resolve) => (wake = resolve))
          else yield event
        }
      } finally {
        listeners.delete(hear)
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}
