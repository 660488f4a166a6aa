import type { ReviewRow } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { count, date, personalNumber, phoneNumber } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'

/** A value of the check page as people say it; the row's own key, for values have no clip. */
export function rowWords({ key, value }: ReviewRow): Phrase {
  if (value === null) return words('review.empty')
  if (typeof value === 'object') return 'text' in value ? value : date(value)
  return { key: `value.${key}`, text: typeof value === 'number' ? count(value) : spaced(value) }
}

function spaced(text: string): string {
  if (/^\d{12}$/.test(text)) return personalNumber(text)
  return /^0\d{9}$/.test(text) ? phoneNumber(text) : text
}
