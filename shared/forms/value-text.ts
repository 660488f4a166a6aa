import type { PartialDate } from '../domain/id-card.ts'
import { unreachable } from '../domain/result.ts'
import { isAddress, isCard, isDate, isList, type AnswerValue } from './answer-value.ts'
import type { Field } from './field.ts'

/** A value in words, as it stands on paper: a choice's label, a date as dd/mm/yyyy. */
export function valueText({ input }: Field, value: AnswerValue): string {
  if (typeof value !== 'object') {
    if (input.kind === 'money') return `${Number(value).toLocaleString('vi-VN')} đồng`
    return labelOf(input, String(value))
  }
  if (isList(value)) return value.map((one) => labelOf(input, one)).join(', ')
  if (isDate(value)) return dateText(value)
  if (isAddress(value)) return value.text
  return isCard(value) ? value.name : unreachable(value)
}

function labelOf(input: Field['input'], value: string): string {
  if (input.kind !== 'choice' && input.kind !== 'choices') return value
  return input.choices.find((choice) => choice.value === value)?.label ?? value
}

function dateText({ year, month, day }: PartialDate): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return [day, month]
    .filter((part) => part !== undefined)
    .map(two)
    .concat(String(year))
    .join('/')
}
