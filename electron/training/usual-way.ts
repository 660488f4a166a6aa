import type { FullDate, IdCard } from '../../shared/domain/id-card.ts'
import { unreachable } from '../../shared/domain/result.ts'
import {
  isAddress,
  isCard,
  isDate,
  isList,
  nothingKnown,
  samples,
  walkForm,
  type AnswerValue,
  type Known,
  type Path,
  type Procedure,
} from '../../shared/forms/index.ts'
import { parseCode } from '../identity/index.ts'
import { inventedCitizens, type InventedCode } from './citizens.ts'

/** One question of a way, for the hands: `scan` is the code to show first. */
export interface PlannedAnswer {
  readonly key: string
  readonly answer: string | null
  readonly scan: string | null
}

/** The usual way through a procedure, for an invented citizen who may go it. */
export interface UsualWay {
  /** Id of the citizen. */
  readonly citizen: string
  readonly answers: readonly PlannedAnswer[]
  readonly path: Path
  readonly known: Known
}

interface Holder {
  readonly code: InventedCode
  readonly card: IdCard
}

/**
 * The way that most people go to its end, with the first invented citizen who comes there: some forms
 * are only for men, or for the old. Cards of others are laid where one of them fits. Null where
 * nobody comes to the end.
 */
export function usualWay(procedure: Procedure, today: FullDate): UsualWay | null {
  const holders = inventedCitizens.flatMap((code): Holder[] => {
    const read = parseCode(code.payload, today)
    return read.kind === 'id-card' ? [{ code, card: read.card }] : []
  })
  for (const holder of holders) {
    const others = holders.filter((one) => one !== holder)
    const known = { ...nothingKnown(today), card: holder.card }
    const path = walkForm(procedure, known, (field, fits) => {
      if (field.input.kind === 'card') return others.map(({ card }) => card).find(fits) ?? null
      return field.required ? (samples(field).find(fits) ?? null) : null
    })
    if (path.stop !== null) continue
    const payloadOf = (value: AnswerValue | null) =>
      others.find(({ card }) => sameCard(card, value))?.code.payload ?? null
    return {
      citizen: holder.code.id,
      answers: path.steps.map(({ field: { key }, value }) => ({
        key,
        answer: value === null ? null : handsOn(value),
        scan: payloadOf(value),
      })),
      path,
      known,
    }
  }
  return null
}

const sameCard = (card: IdCard, value: AnswerValue | null): boolean =>
  value !== null && typeof value === 'object' && isCard(value) && value.number === card.number

/** A value as the hands take it (`Answers` of the journey). */
function handsOn(value: AnswerValue): string {
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return value.join(',')
  if (isAddress(value)) return value.text
  if (isCard(value)) return 'card'
  if (!isDate(value)) return unreachable(value)
  const two = (part: number) => String(part).padStart(2, '0')
  return [value.day, value.month]
    .filter((part) => part !== undefined)
    .map(two)
    .concat(String(value.year))
    .join('/')
}
