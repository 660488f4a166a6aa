import type {
  CardPart,
  ChipVerdict,
  IdCard,
  Population,
  UnsaidPart,
} from '../../shared/domain/id-card.ts'
import type { ChipView } from '../../shared/contract/index.ts'
import { fold } from '../../shared/domain/vietnamese.ts'
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
      readonly oldNumber: string | null
      /** What of the scanned card the verdict does not speak of. */
      readonly unsaid: readonly UnsaidPart[]
      readonly population: Population | null
    }
  | Extract<ChipView, { state: 'differs' | 'not-read' }>

const PARTS = ['name', 'address'] as const

/** Whether the chip says the same, but for how it is written, or says nothing. */
function agrees(text: string, said: string | null): boolean {
  const letters = (each: string) => fold(each).replace(/[^a-z0-9]/g, '')
  return said === null || letters(text) === letters(said)
}

/**
 * Takes what the chip said. It fills the parts of the card that the scanner could not read for
 * certain, written by hand or not. What a scanner has read whole stays, unless the chip is authentic
 * and says otherwise: what is filed as authentic is what the chip says.
 */
export function takeChipAnswer(visit: Visit, answer: ChipAnswer, nowMs: number): Visit {
  if (answer.state !== 'read') return { ...visit, chip: answer }
  if (visit.card === null) return visit
  const { unsure = [], ...known } = visit.card
  const authentic = answer.verdict === 'verified'
  const said = (part: CardPart) => {
    const wanted = unsure.includes(part) || (authentic && !agrees(known[part], answer[part]))
    const text = wanted ? answer[part] : null
    const checked = text === null ? null : checkCardPart(part, text, nowMs)
    return checked?.ok && typeof checked.value === 'string' ? checked.value : null
  }
  const name = said('name')
  const address = said('address')
  const gave = PARTS.filter((part) => (part === 'name' ? name : address) !== null)
  const left = unsure.filter((part) => !gave.includes(part))
  const card: IdCard = {
    ...known,
    name: name ?? known.name,
    address: address ?? known.address,
    oldNumber: (authentic ? answer.oldNumber : null) ?? known.oldNumber,
    ...(left.length > 0 && { unsure: left }),
  }
  // A part that no form would take stays as it was: then the chip does not speak for it.
  const covered = PARTS.every((part) => agrees(card[part], answer[part]))
  const verdict = authentic && !covered ? 'not-attempted' : answer.verdict
  const { cardPart, cardWritten } = visit
  const stays = cardPart === null || left.includes(cardPart)
  const next = left.find((part) => !cardWritten.includes(part)) ?? null
  return {
    ...visit,
    card,
    chip: {
      state: 'read',
      verdict,
      gave,
      ...(answer.unsaid.length > 0 && { unsaid: [...answer.unsaid] }),
    },
    population: answer.population,
    cardPart: stays ? cardPart : next,
    cardWritten: cardWritten.filter((part) => left.includes(part)),
    refused: stays ? visit.refused : null,
  }
}
