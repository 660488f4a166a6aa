import type { IdCard } from '../../shared/domain/id-card.ts'
import type { AccessAnswer } from './access-number.ts'
import type { ChipAnswer } from './chip-answer.ts'
import { SESSION_LIMITS } from './limits.ts'

/** The reader of chips, as a session sees it. */
export interface ChipPort {
  /** Whether a card lies on it, read or not. */
  lies(): boolean
  /**
   * Reads the chip of the card that was scanned; comes to an end by itself, and soon after the
   * signal. A rejection means that the chip was not read.
   */
  read(card: IdCard, signal: AbortSignal): Promise<ChipAnswer>
  /**
   * Opens the chip that lies there with the six digits of its access number. `card`: the one that was
   * scanned; null: the chip is to say whose it is. Ends as `read` does.
   */
  open(digits: string, card: IdCard | null, signal: AbortSignal): Promise<AccessAnswer>
}

/** The card whose chip is of use now, and the visit that it was scanned in. */
interface Wanted {
  readonly visit: string | null
  readonly card: IdCard
}

/** What happens in the session meanwhile. */
interface Happenings {
  laid(number: string): void
  answered(number: string, answer: ChipAnswer): void
}

/**
 * Has the chip read while its card lies on the reader and somebody could use it: once for each time
 * that the card is laid there, a few times in a visit, never two at a time.
 */
export function createChipReading(
  port: ChipPort,
  after: (delayMs: number, callback: () => void) => () => void,
  /** Null where no chip is of use. */
  wanted: () => Wanted | null,
  { laid, answered }: Happenings,
) {
  let underWay: { readonly number: string; readonly stopping: AbortController } | null = null
  /** The card that was read, well or not, since a card was laid. */
  let done: string | null = null
  /** Answers that this card of this visit has given. */
  let given: { visit: string | null; number: string; answers: number } | null = null
  let lay = false
  /** Set for a while after a card that was read has gone. */
  let cancelAway: (() => void) | null = null

  async function read({ visit, card }: Wanted): Promise<void> {
    const { number } = card
    const stopping = new AbortController()
    underWay = { number, stopping }
    done = number
    laid(number)
    const answer = await outcome(card, stopping.signal)
    underWay = null
    if (stopping.signal.aborted) return look()
    given = { visit, number, answers: answersOf(visit, number) + 1 }
    answered(number, answer)
  }

  /** What a card can send is without end: none of it may end the core. */
  async function outcome(card: IdCard, signal: AbortSignal): Promise<ChipAnswer> {
    try {
      return await port.read(card, signal)
    } catch {
      return { state: 'not-read', why: 'unreadable' }
    }
  }

  const answersOf = (visit: string | null, number: string) =>
    given?.visit === visit && given.number === number ? given.answers : 0

  /** What lies there a while after a card went was laid anew; a reader that flickers has none. */
  function watchAway(lies: boolean): void {
    const went = lay && !lies
    lay = lies
    if (!went || done === null) return
    cancelAway?.()
    cancelAway = after(SESSION_LIMITS.CHIP_AWAY_MS, () => {
      cancelAway = null
      done = null
      look()
    })
  }

  /** Looks where session and reader stand: begins, or gives up what nobody waits for. */
  function look(): void {
    const now = wanted()
    const lies = port.lies()
    watchAway(lies)
    if (now === null) done = null
    if (underWay !== null && underWay.number !== now?.card.number) underWay.stopping.abort()
    if (now === null || !lies || underWay !== null || done === now.card.number) return
    if (answersOf(now.visit, now.card.number) < SESSION_LIMITS.CHIP_READINGS_MAX) void read(now)
  }

  return {
    look,
    close() {
      cancelAway?.()
      underWay?.stopping.abort()
    },
  }
}
