/** Simulated time: it passes only from one event to the next. */
export function createSimulatedTime(startMs: number) {
  let now = startMs
  let made = 0
  const events = new Set<{
    readonly at: number
    readonly order: number
    readonly run: () => void
  }>()

  function after(delayMs: number, run: () => void): () => void {
    const event = { at: now + Math.max(0, delayMs), order: (made += 1), run }
    events.add(event)
    return () => void events.delete(event)
  }

  return {
    now: () => now,
    after,

    /** Goes to the next event and lets it happen; false where there is none. */
    step(): boolean {
      let next: { at: number; order: number; run: () => void } | undefined
      for (const event of events) {
        const earlier =
          next === undefined ||
          event.at < next.at ||
          (event.at === next.at && event.order < next.order)
        if (earlier) next = event
      }
      if (next === undefined) return false
      events.delete(next)
      now = Math.max(now, next.at)
      next.run()
      return true
    },
  }
}
