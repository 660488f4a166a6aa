import type { CardPart, ChipVerdict, IdCard } from '../../shared/domain/id-card.ts'
import type { ChipView } from '../../shared/contract/index.ts'
import { checkCardPart } from './card-parts.ts'
import type { Visit } from './visit.ts'

/** What a chip says of the card that was scanned. */
export type ChipAnswer =
  /** The same person. The parts are null where the chip does not say them, or is not believed. */
  | {
      readonly state: 'read'
      readonly verdict: ChipVerdict
      readonly name: string | null
      readonly address: string | null
    }
  | Extract<ChipView, { state: 'differs' | 'not-read' }>

/**
 * Takes what the chip said. It fills the parts of the card that the scanner could not read for
 * certain, written by hand or not; what a scanner has read whole stays.
 */
export function takeChipAnswer(visit: Visit, answer: ChipAnswer, nowMs: number): Visit {
  if (answer.state !== 'read') return { ...visit, chip: answer }
  if (visit.card === null) return visit
  const { unsure = [], ...known } = visit.card
  const said = (part: CardPart) => {
    const text = unsure.includes(part) ? answer[part] : null
    const checked = text === null ? null : checkCardPart(part, text, nowMs)
    return checked?.ok && typeof checked.value === 'string' ? checked.value : null
  }
  const name = said('name')
  const address = said('address')
  const gave = unsure.filter((part) => (part === 'name' ? name : address) !== null)
  const left = unsure.filter((part) => !gave.includes(part))
  const card: IdCard = {
    ...known,
    name: name ?? known.name,
    address: address ?? known.address,
    ...(left.length > 0 && { unsure: left }),
  }
  const { cardPart, cardWritten } = visit
  const stays = cardPart === null || left.includes(cardPart)
  const next = left.find((part) => !cardWritten.includes(part)) ?? null
  return {
    ...visit,
    card,
    chip: { state: 'read', verdict: answer.verdict, gave },
    cardPart: stays ? cardPart : next,
    cardWritten: cardWritten.filter((part) => left.includes(part)),
    refused: stays ? visit.refused : null,
  }
}
