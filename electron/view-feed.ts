import type { Topic, Update, View } from '../shared/contract/index.ts'

/** The view as a stream: a snapshot, then the newest value of each topic that changed. */
export interface ViewFeed {
  current(): View
  /** Replaces the view; subscribers hear of the topics whose content differs. */
  publish(next: View): void
  /** Ends when `signal` aborts. A slow page gets the newest value of a topic, not each one. */
  watch(signal: AbortSignal): AsyncGenerator<Update, void>
}

const TOPICS = [
  'kiosk',
  'session',
  'idle',
  'display',
  'assistance',
  'devices',
  'delivery',
] as const satisfies readonly Topic[]

export function createViewFeed(initial: View): ViewFeed {
  let view = initial
  const subscribers = new Set<(topic: Topic) => void>()

  return {
    current: () => view,
    publish(next) {
      const changed = TOPICS.filter(
        (topic) => JSON.stringify(view[topic]) !== JSON.stringify(next[topic]),
      )
      view = next
      for (const topic of changed) for (const tell of subscribers) tell(topic)
    },
    async *watch(signal) {
      const pending = new Set<Topic>()
      let wake = () => {}
      const tell = (topic: Topic) => {
        pending.add(topic)
        wake()
      }
      const onAbort = () => wake()
      subscribers.add(tell)
      signal.addEventListener('abort', onAbort)
      try {
        let seq = 0
        yield { kind: 'snapshot', seq, view }
        while (!signal.aborted) {
          const topic = TOPICS.find((candidate) => pending.has(candidate))
          if (topic === undefined) {
            await new Promise<void>((resolve) => (wake = resolve))
            continue
          }
          pending.delete(topic)
          seq += 1
          yield { kind: 'change', seq, change: change(view, topic) }
        }
      } finally {
        subscribers.delete(tell)
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

function change(view: View, topic: Topic): Extract<Update, { kind: 'change' }>['change'] {
  switch (topic) {
    case 'kiosk':
      return { topic, data: view.kiosk }
    case 'session':
      return { topic, data: view.session }
    case 'idle':
      return { topic, data: view.idle }
    case 'display':
      return { topic, data: view.display }
    case 'assistance':
      return { topic, data: view.assistance }
    case 'devices':
      return { topic, data: view.devices }
    case 'delivery':
      return { topic, data: view.delivery }
  }
}
