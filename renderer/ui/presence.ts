import { useEffect, useRef, type RefObject } from 'react'

/** Limits of telling the core that somebody is here. */
export const PRESENCE_LIMITS = {
  /** Typing is no action of the core's; it hears of it this often at most. Far below its idle time. */
  TELL_AGAIN_MS: 15_000,
} as const

/**
 * Tells the core now and then that the citizen is busy on a screen where touches stay in the page.
 * `asked`: this is such a screen.
 */
export function usePresence(
  place: RefObject<HTMLElement | null>,
  asked: boolean,
  tell: () => void,
): void {
  const toldAtMs = useRef(0)
  useEffect(() => {
    const root = place.current
    if (!asked || root === null) return
    const touched = () => {
      const nowMs = performance.now()
      if (nowMs - toldAtMs.current < PRESENCE_LIMITS.TELL_AGAIN_MS) return
      toldAtMs.current = nowMs
      tell()
    }
    root.addEventListener('pointerup', touched)
    root.addEventListener('keyup', touched)
    return () => {
      root.removeEventListener('pointerup', touched)
      root.removeEventListener('keyup', touched)
    }
  }, [place, asked, tell])
}
