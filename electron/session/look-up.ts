import { SESSION_LIMITS } from './limits.ts'
import type { PortalNews } from './portal-news.ts'

/** Asks the portal about the filing of a slip; null where there is nothing to ask. */
export type AskPortal = (clientRef: string, signal: AbortSignal) => Promise<PortalNews> | null

/**
 * Has the portal asked once about each slip that comes under the scanner. Whoever holds it sees what
 * this kiosk knows meanwhile, and waits no longer than `LOOK_UP_MS`, whatever the line does.
 */
export function createLookUp(
  ask: AskPortal,
  after: (delayMs: number, callback: () => void) => () => void,
  tell: { heard(slip: string, news: PortalNews): void; broken(cause: unknown): void },
) {
  let looked: string | null = null
  let stop = () => {}

  function begin(slip: string): void {
    const ending = new AbortController()
    const answer = ask(slip, ending.signal)
    if (answer === null) return
    stop = () => {
      cancel()
      ending.abort()
    }
    const settle = (news: PortalNews) => {
      if (ending.signal.aborted) return
      stop()
      tell.heard(slip, news)
    }
    const cancel = after(SESSION_LIMITS.LOOK_UP_MS, () => settle({ state: 'unheard' }))
    tell.heard(slip, { state: 'asking' })
    void answer.then(settle, (cause: unknown) => {
      if (!ending.signal.aborted) tell.broken(cause)
      settle({ state: 'unheard' })
    })
  }

  return {
    /** `news`: what an earlier core has heard already. */
    look(slip: string | null, news: PortalNews): void {
      if (slip === looked) return
      stop()
      looked = slip
      if (slip !== null && news.state === 'none') begin(slip)
    },
    close: () => stop(),
  }
}
