import { useEffect, useState } from 'react'
import { secondsLeftAt } from './countdown.ts'

/** How often the seconds are looked at; often enough that none is skipped. */
const LOOK_MS = 250

/** Whole seconds left of what the core has just said, counted down by the page itself. */
export function useSecondsLeft(secondsLeft: number): number {
  /** Null until it was looked at since the core has said it. */
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    if (secondsLeft === 0) return
    const told = { secondsLeft, atMs: performance.now() }
    const timer = setInterval(() => setLeft(secondsLeftAt(told, performance.now())), LOOK_MS)
    return () => {
      clearInterval(timer)
      setLeft(null)
    }
  }, [secondsLeft])
  return left ?? secondsLeft
}
