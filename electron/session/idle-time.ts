import type { Display } from '../../shared/contract/index.ts'
import { SESSION_LIMITS } from './limits.ts'

/** What decides how long a citizen may do nothing. */
interface Moment {
  readonly visit: string
  readonly help: 'open' | 'closed'
  readonly display: Display
}

/**
 * How long nobody need touch anything before the citizen is asked, in milliseconds: the longest time
 * that something here calls for.
 */
export function idleMs({ visit, help, display }: Moment): number {
  const largeText = display.text === 'larger' || display.text === 'largest'
  const slow = help === 'open' || display.voice.on || largeText
  return Math.max(
    SESSION_LIMITS.IDLE_MS,
    slow ? SESSION_LIMITS.IDLE_SLOW_MS : 0,
    visit === 'papers' ? SESSION_LIMITS.IDLE_PAPERS_MS : 0,
  )
}
