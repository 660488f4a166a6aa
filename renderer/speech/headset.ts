import type { Route } from '../../shared/speech/index.ts'

/**
 * Whether a jack is in, where the keypad tells it by a key. Whoever hears that key calls `plug`;
 * until then nothing is plugged in.
 */
export interface Jack {
  plug(isIn: boolean): void
  isIn(): boolean
  subscribe(listener: () => void): () => void
}

function createJack(): Jack {
  let plugged = false
  const listeners = new Set<() => void>()
  return {
    plug(isIn) {
      plugged = isIn
      for (const listener of listeners) listener()
    },
    isIn: () => plugged,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const jack = createJack()

/** Where speech goes on a kiosk with such a headset. */
export function routeOf(headset: 'none' | 'always' | 'jack-key', isIn: boolean): Route {
  switch (headset) {
    case 'none':
      return 'speaker'
    case 'always':
      return 'headset'
    case 'jack-key':
      return isIn ? 'headset' : 'speaker'
  }
}
