import type { CardPart } from '../../shared/domain/id-card.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { checkAnswer, type FieldInput } from '../../shared/forms/index.ts'
import type { Visit } from './visit.ts'

/**
 * Parts of the card that the reader could not read for certain: the citizen writes them, one a
 * screen, before the card is theirs. Pure, as `road.ts` is.
 */

/** What may be written, as boxes of a form have it. */
export const cardPartInputs = {
  name: { kind: 'name', maxLength: 100 },
  address: { kind: 'text', maxLength: 200 },
} as const satisfies Readonly<Record<CardPart, FieldInput>>

/** A part of the card as its box of a form takes it, or why it does not. */
export function checkCardPart(part: CardPart, text: string, nowMs: number) {
  return checkAnswer({ input: cardPartInputs[part] }, text, localDate(nowMs))
}

/** Takes what was written; a refused entry stays on the screen with its reason. */
export function writeCardPart(visit: Visit, part: CardPart, text: string, nowMs: number): Visit {
  if (visit.card === null || visit.cardPart !== part) return visit
  const checked = checkCardPart(part, text, nowMs)
  if (!checked.ok) return { ...visit, refused: { value: text, problem: checked.error } }
  const parts = visit.card.unsure ?? []
  return {
    ...visit,
    card: { ...visit.card, [part]: checked.value },
    cardPart: parts[parts.indexOf(part) + 1] ?? null,
    cardWritten: [...visit.cardWritten.filter((other) => other !== part), part],
    refused: null,
  }
}

/** The part before the one on the screen. */
export function cardPartBefore({ card, cardPart }: Visit): CardPart | null {
  const parts = card?.unsure ?? []
  return cardPart === null ? null : (parts[parts.indexOf(cardPart) - 1] ?? null)
}
