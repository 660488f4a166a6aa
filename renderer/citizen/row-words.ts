import type { ReviewRow } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { countValue, date, money, personalNumber, phoneNumber } from '../i18n/format.ts'
import { secret, type Value } from '../../shared/speech/index.ts'
import { code } from '../i18n/values.ts'
import { words } from '../i18n/t.ts'

/** A value of the check page as people say it; a value without a clip has the row's own key. */
export function rowWords({ key, value }: ReviewRow): readonly Phrase[] {
  if (value === null) return [words('review.empty')]
  const own = (said: Value | Phrase): readonly Phrase[] => [{ ...said, key: `value.${key}` }]
  switch (value.kind) {
    case 'words':
      return value.words
    case 'text':
      return own(spaced(value.text))
    case 'number':
      return own(countValue(value.number))
    case 'money':
      return own(money(value.amount))
    case 'date':
      return [date(value.date)]
    default:
      return unreachable(value)
  }
}

function spaced(text: string): Value {
  if (/^\d{12}$/.test(text)) return code(personalNumber(text), true)
  return /^0\d{9}$/.test(text) ? code(phoneNumber(text), true) : secret(text)
}
