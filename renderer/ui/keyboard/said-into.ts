import { useEffect, useRef, useSyncExternalStore } from 'react'
import { writeSaid, type Box, type Taken } from './dictated.ts'
import type { TextEntry } from './text-entry.ts'

/** The box on the screen that takes words, whoever brings them. */
export interface SaidInto {
  /** Writes what was said at the caret. Nothing is sent: it may be mended as what was typed. */
  write(said: string): Taken
}

let current: SaidInto | null = null
const listeners = new Set<() => void>()

function set(next: SaidInto | null): void {
  current = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The box that takes words just now; null where nothing is written on this screen. */
export const useSaidInto = (): SaidInto | null => useSyncExternalStore(subscribe, () => current)

/** Offers the box of a keyboard to what is said, for as long as the keyboard is there. */
export function useOfferToSaid(entry: TextEntry, capitals: Box['capitals']): void {
  const latest = useRef({ entry, capitals })
  useEffect(() => {
    latest.current = { entry, capitals }
  }, [entry, capitals])
  useEffect(() => {
    const mine: SaidInto = {
      write(said) {
        const box = latest.current
        let taken: Taken = 'none'
        box.entry.edit((written) => {
          const done = writeSaid(written, said, {
            capitals: box.capitals,
            maxLength: box.entry.maxLength,
          })
          taken = done.taken
          return done.written
        })
        return taken
      },
    }
    set(mine)
    return () => {
      if (current === mine) set(null)
    }
  }, [])
}
