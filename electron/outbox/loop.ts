import type { Timers } from './timers.ts'

type LoopDeps = {
  readonly timers: Timers
  /** Works until nothing is left to do; called again when woken. */
  readonly turn: (signal: AbortSignal) => Promise<void>
  readonly onFailure: (cause: unknown) => void
}

/** One worker that sleeps until it is woken and never runs twice at a time. */
export function createLoop({ timers, turn, onFailure }: LoopDeps) {
  let running: Promise<void> | null = null
  let signal: AbortSignal | null = null
  /** Woken while running. */
  let again = false
  let cancel = () => {}

  function wake(): void {
    if (running !== null) {
      again = true
      return
    }
    cancel()
    if (signal === null || signal.aborted) return
    running = run(signal)
      .catch(onFailure)
      .finally(() => {
        running = null
        // Something may have come between the last look and this moment.
        if (again) wake()
      })
  }

  async function run(until: AbortSignal): Promise<void> {
    // A microtask later, so that whoever woke us has returned to its caller.
    await Promise.resolve()
    again = false
    await turn(until)
  }

  return {
    start(until: AbortSignal): void {
      signal = until
      wake()
    },
    wake,
    /** The earlier plan is dropped. */
    wakeAfter(delayMs: number): void {
      cancel()
      if (signal !== null && !signal.aborted) cancel = timers.after(Math.max(0, delayMs), wake)
    },
    /** Forgets that it was woken while it ran: what failed has a plan of its own. */
    rest(): void {
      again = false
    },
    /** Resolves when the turn that runs has ended; its signal was aborted before. */
    async stop(): Promise<void> {
      signal = null
      cancel()
      await running
    },
  }
}
