import { SESSION_LIMITS } from './limits.ts'

/**
 * A card that still lies on the reader of chips when its visit has ended is called out until it is
 * taken. One that is laid later is the next citizen's.
 */
export function createLeftCard(
  lies: () => boolean,
  after: (delayMs: number, callback: () => void) => () => void,
  changed: () => void,
) {
  let isLeft = false
  let cancelTaken: (() => void) | null = null

  function look(): void {
    if (lies()) {
      cancelTaken?.()
      cancelTaken = null
    } else if (isLeft) {
      // A reader may lose a card that lies there for a moment.
      cancelTaken ??= after(SESSION_LIMITS.CHIP_AWAY_MS, () => {
        cancelTaken = null
        isLeft = false
        changed()
      })
    }
  }

  return {
    isLeft: () => isLeft,
    /** The reader is in another state. */
    look,
    /** A visit has ended. */
    ended(): void {
      isLeft ||= lies()
      look()
    },
    close: () => cancelTaken?.(),
  }
}
