import type { IdCard } from '../../shared/domain/id-card.ts'
import type { AccessAnswer } from './access-number.ts'
import type { ChipPort } from './chip-reading.ts'

/**
 * Has a chip opened with the number that somebody types, one at a time. The number lives in this
 * call alone.
 */
export function createChipOpening(
  port: ChipPort,
  answered: (clientRef: string | null, answer: AccessAnswer) => void,
) {
  let stopping: AbortController | null = null

  /** What a card can send is without end: none of it may end the core. */
  async function outcome(
    digits: string,
    card: IdCard | null,
    signal: AbortSignal,
  ): Promise<AccessAnswer> {
    try {
      return await port.open(digits, card, signal)
    } catch {
      return { state: 'refused', why: 'unreadable' }
    }
  }

  return {
    async open(digits: string, card: IdCard | null, clientRef: string | null): Promise<void> {
      const mine = new AbortController()
      stopping = mine
      const answer = await outcome(digits, card, mine.signal)
      if (stopping === mine) stopping = null
      if (!mine.signal.aborted) answered(clientRef, answer)
    },
    /** Nobody waits for it any more. */
    giveUp() {
      stopping?.abort()
      stopping = null
    },
  }
}
