import { storeFault, type KeyProvider } from '../store/index.ts'
import type { Assistant, Book } from './book.ts'
import { isPin, nobodysPin } from './pin.ts'
import { afterClock, doorAt, type Door, type Tries } from './tries.ts'

/** The keyed hashes of this module, apart from each other. */
const MAC = { pin: 'assistant-pin', card: 'assistant-card' } as const

/** A PIN before it is hashed, and a card's number as it is kept: keyed, by this kiosk alone. */
export const keyedPin = (keys: Pick<KeyProvider, 'mac'>, pin: string) => keys.mac(MAC.pin, pin)
export const cardMac = (keys: Pick<KeyProvider, 'mac'>, number: string) =>
  keys.mac(MAC.card, number)

/** What came of a try: who it is, nobody, or that none is taken now. */
export type Tried = Assistant | 'wrong' | 'shut'

/**
 * The lock. A try counts before it is looked at, durably and in the journal, so that neither a core
 * that is killed in the middle nor tries side by side are free. A right one clears the count.
 */
export function createLock(
  book: Book,
  keys: Pick<KeyProvider, 'mac'>,
  now: () => number,
): {
  door(): Door
  byPin(id: string, pin: string): Promise<Tried>
  /** `number`: of the card that was laid, twelve digits. */
  byCard(number: string): Tried
} {
  function door(): Door {
    const tries = book.tries()
    const mended = afterClock(tries, now())
    if (mended !== tries) mend(mended)
    return doorAt(mended, now())
  }

  /** A disk that is full leaves it for the next look: the delay does not run before. */
  function mend(tries: Tries): void {
    try {
      book.setTries(tries, null)
    } catch (cause) {
      const code = storeFault(cause)?.code
      if (code === undefined || code === 'dead') throw cause
    }
  }

  /** False where no try is taken now; then nothing is counted either. */
  function count(): boolean {
    if (door().state !== 'open') return false
    const { failed } = book.tries()
    const atMs = now()
    const entry = { actor: 'kiosk', reason: 'unlock-tried', atMs }
    book.setTries({ failed: failed + 1, lastAtMs: atMs }, entry)
    return true
  }

  function settle(found: Assistant | null): Tried {
    if (found === null) return 'wrong'
    const atMs = now()
    const entry = { actor: `assistant:${found.id}`, reason: 'unlocked', atMs }
    book.setTries({ failed: 0, lastAtMs: atMs }, entry)
    return found
  }

  return {
    door,
    async byPin(id, pin) {
      if (!count()) return 'shut'
      const known = book.byId(id)
      const fits = await isPin(keyedPin(keys, pin), known?.pin ?? nobodysPin)
      // Taken out while the PIN was looked at.
      return settle(fits && known?.pin ? book.byId(id) : null)
    },
    byCard(number) {
      if (!count()) return 'shut'
      return settle(book.byCard(cardMac(keys, number)))
    },
  }
}
