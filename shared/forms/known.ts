import { unreachable } from '../domain/result.ts'
import type { FullDate, IdCard, Population } from '../domain/id-card.ts'
import { checkAnswer } from './answer.ts'
import { isCard, type Answers, type AnswerValue } from './answer-value.ts'
import type { Procedure } from './definition.ts'
import type { FieldInput, ValueSource } from './field.ts'
import { holds, type Scope } from './rules.ts'

/** All that is known of a citizen before the first question. */
export interface Known {
  /** The applicant's card. */
  readonly card: IdCard | null
  /** What only the chip of that card says; a part that it has not is null, or absent. */
  readonly chip: Partial<Population> | null
  /** What the same citizen filed before in this visit. */
  readonly earlier: Answers
  /** The day of the visit; it stays over midnight. */
  readonly today: FullDate
}

/** Who has shown a card. */
export type KnownCitizen = Known & { readonly card: IdCard }

/** For whom nothing is known but the day. */
export const nothingKnown = (today: FullDate): Known => ({
  card: null,
  chip: null,
  earlier: {},
  today,
})

/**
 * What a card, a chip or an earlier filing says for a field; null where it says nothing, or nothing
 * that fits the field.
 */
export function knownValue(
  source: Extract<ValueSource, { from: 'card' | 'chip' | 'earlier' }>,
  input: FieldInput,
  procedure: Procedure,
  known: Known,
  scope: Scope,
): AnswerValue | null {
  switch (source.from) {
    case 'card': {
      const card = cardOf(source.of, procedure, known, scope)
      if (card === null || (source.of !== undefined && card.unsure?.some((p) => p === source.path)))
        return null
      const value = card[source.path] ?? null
      return value === '' || value === null ? null : fitted(value, input)
    }
    case 'chip': {
      if (source.of !== undefined && !isApplicant(source.of, procedure, scope)) return null
      const value = known.chip?.[source.path] ?? ''
      return value === '' ? null : fitted(value, input)
    }
    case 'earlier': {
      const value = Object.hasOwn(known.earlier, source.key) ? known.earlier[source.key] : undefined
      if (value === undefined) return null
      // What stood in a box of another form may be no answer to this one.
      const checked = checkAnswer({ input }, value, known.today)
      return checked.ok ? checked.value : null
    }
    default:
      return unreachable(source)
  }
}

/** Whether this person of the form is the one who files. */
export function isApplicant(key: string, procedure: Procedure, scope: Scope): boolean {
  const person = procedure.form.people.find((one) => one.key === key)
  return person?.applicantIf !== undefined && holds(person.applicantIf, scope)
}

function cardOf(
  of: string | undefined,
  procedure: Procedure,
  known: Known,
  scope: Scope,
): IdCard | null {
  if (of === undefined || isApplicant(of, procedure, scope)) return known.card
  const laid = scope.values[`${of}.card`]
  return laid !== undefined && isCard(laid) ? laid : null
}

/** A text as the field wants it: a place, or the choice whose words it is. */
function fitted(value: AnswerValue, input: FieldInput): AnswerValue | null {
  if (typeof value !== 'string') return value
  if (input.kind === 'address') return { text: value }
  if (input.kind !== 'choice') return value
  const words = value.normalize('NFC').toLocaleLowerCase('vi')
  const choice = input.choices.find(
    (one) => one.value === value || one.label.toLocaleLowerCase('vi') === words,
  )
  return choice?.value ?? null
}
