import { useRef } from 'react'

/** Limits of telling the core that somebody is here. */
export const PRESENCE_LIMITS = {
  /** Typing is no action of the core's; it hears of it this often at most. Far below its idle time. */
  TELL_AGAIN_MS: 15_000,
} as const

/**
 * Tells the core now and then that the citizen is busy on a screen where touches stay in the page.
 * `asked`: this is such a screen.
 */
export function usePresence(tell: () => void, { asked }: { readonly asked: boolean }): () => void {
  const toldAtMs = useRef(0)
  return () => {
    const nowMs = performance.now()
    if (!asked || nowMs - toldAtMs.current < PRESENCE_LIMITS.TELL_AGAIN_MS) return
    toldAtMs.current = nowMs
    tell()
  }
}
