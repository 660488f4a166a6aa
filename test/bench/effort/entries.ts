import type { IdCard } from '../../../shared/domain/id-card.ts'
import type { AnswerValue, Field } from '../../../shared/forms/index.ts'
import { samples } from '../../../shared/forms/paths.ts'
import { others, type Citizen } from './citizens.ts'

/** What people write where a form asks for words, by question; a capital is nobody's trouble. */
const WRITTEN: Readonly<Record<string, string>> = {
  'notice.office': 'trạm y tế xã',
  'disability.office': 'xã đăk ơ',
  'heirs.1.share': 'toàn bộ đất',
  'property.1.where': 'thửa 12, thôn mẫu',
  'shop.name': 'tạp hóa mẫu',
  'shop.code': '070096000000',
  'change.new': 'thôn mẫu',
  'householder.relationText': 'cậu',
}
const SOME_WORDS = 'theo giấy đã nộp'

/**
 * What this citizen answers; null where the question may be left, which people in a hurry do, or
 * where nobody's card is there.
 */
export function entryFor(
  field: Field,
  citizen: Citizen,
  cards: boolean,
  fits: (value: AnswerValue) => boolean,
): AnswerValue | null {
  if (field.input.kind === 'card') return cards ? (cardsFor(field.key).find(fits) ?? null) : null
  if (!field.required) return null
  return [...wanted(field, citizen), ...samples(field)].find(fits) ?? null
}

function cardsFor(key: string): readonly IdCard[] {
  const { woman, man, young } = others
  if (/mother|bride/i.test(key)) return [woman]
  if (/father|groom/i.test(key)) return [man]
  return /child|ward/.test(key) ? [young, woman, man] : [man, woman, young]
}

function wanted({ key, input }: Field, citizen: Citizen): AnswerValue[] {
  switch (input.kind) {
    case 'choice': {
      const chosen = citizen.chooses[key]
      return key.endsWith('.ethnicity') ? ethnicityOf(citizen, input) : chosen ? [chosen] : []
    }
    case 'name':
      if (key.endsWith('nameNew')) return [citizen.card.name]
      return [/child|ward|subject/.test(key) ? citizen.child : citizen.other]
    case 'text':
      return [WRITTEN[key] ?? SOME_WORDS]
    case 'address':
      return [addressFor(key, input.detail, citizen)]
    case 'date':
      if (/^(requester|owner)/.test(key)) return [citizen.card.birth]
      return key.endsWith('.birth') && !/child|ward/.test(key) ? [others.man.birth] : []
    case 'money':
      return [30_000_000]
    case 'choices':
    case 'more':
    case 'card':
    case 'phone':
    case 'personal-number':
    case 'number':
    case 'year':
      return []
  }
}

function addressFor(key: string, detail: boolean, { home, hospital }: Citizen): AnswerValue {
  const whole = /birthPlace|death\.place/.test(key) ? hospital : home
  if (detail) return whole
  return { ...whole, text: whole.text.replace(/^[^,]*, /u, '') }
}

function ethnicityOf(
  { chip }: Citizen,
  input: Extract<Field['input'], { kind: 'choice' }>,
): AnswerValue[] {
  return input.choices.filter(({ label }) => label === chip.ethnicity).map(({ value }) => value)
}
