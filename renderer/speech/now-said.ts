/** The words that are being said, for the subtitle; null while nothing is. */
export interface NowSaid {
  get(): string | null
  set(text: string | null): void
  subscribe(listener: () => void): () => void
}

function createNowSaid(): NowSaid {
  let said: string | null = null
  const listeners = new Set<() => void>()
  return {
    get: () => said,
    set(text) {
      if (text === said) return
      said = text
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const nowSaid = createNowSaid()
