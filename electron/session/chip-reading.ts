import type { IdCard } from '../../shared/domain/id-card.ts'
import type { ChipAnswer } from './chip-answer.ts'

/** The reader of chips, as a session sees it. */
export interface ChipPort {
  /** Whether a card lies on it, read or not. */
  lies(): boolean
  /**
   * Reads the chip of the card that was scanned. Never rejects; comes to an end by itself, and soon
   * after the signal.
   */
  read(card: IdCard, signal: AbortSignal): Promise<ChipAnswer>
}

/** What happens in the session meanwhile. */
interface Happenings {
  laid(number: string): void
  answered(number: string, answer: ChipAnswer): void
}

/**
 * Has the chip read while its card lies on the reader and somebody could use it: once for each time
 * that the card is laid there, never two at a time.
 */
export function createChipReading(
  port: ChipPort,
  /** The card whose chip is of use now; null where none is. */
  wanted: () => IdCard | null,
  { laid, answered }: Happenings,
) {
  let underWay: { readonly number: string; readonly stopping: AbortController } | null = null
  /** The card that was read, well or not, since a card was laid. */
  let done: string | null = null

  async function read(card: IdCard): Promise<void> {
    const { number } = card
    const stopping = new AbortController()
    underWay = { number, stopping }
    done = number
    laid(number)
    const answer = await port.read(card, stopping.signal)
    underWay = null
    if (stopping.signal.aborted) look()
    else answered(number, answer)
  }

  /** Looks where session and reader stand: begins, or gives up what nobody waits for. */
  function look(): void {
    const card = wanted()
    const lies = port.lies()
    if (!lies || card === null) done = null
    if (underWay !== null && underWay.number !== card?.number) underWay.stopping.abort()
    if (card !== null && lies && underWay === null && done !== card.number) void read(card)
  }

  return {
    look,
    close() {
      underWay?.stopping.abort()
    },
  }
}
