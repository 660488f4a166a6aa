import type { DueView } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { hour, shortDate, weekday } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'

/** When the result can be had; where no day is named yet, from when the limit counts. */
export function dueWords(due: DueView): Phrase {
  switch (due.state) {
    case 'day': {
      const day = { weekday: weekday(due.day), date: shortDate(due.day) }
      return due.before === null
        ? words('due.day', day)
        : words('due.before', { ...day, hour: hour(due.before) })
    }
    case 'limit':
      return limitWords(due)
    case 'officer':
      return words('due.officer')
    default:
      return unreachable(due)
  }
}

function limitWords({ limit, counts }: Extract<DueView, { state: 'limit' }>): Phrase {
  const later = counts === 'from-acceptance'
  switch (limit.unit) {
    case 'WORKING_DAY':
      return words(later ? 'due.working-days-later' : 'due.working-days', { value: limit.value })
    case 'DAY':
      return words(later ? 'due.days-later' : 'due.days', { value: limit.value })
    case 'IN_DAY':
      if (!later) return words('due.in-day')
      return limit.cutoff === null
        ? words('due.in-day-later')
        : words('due.in-day-later-cutoff', { hour: hour(limit.cutoff) })
    case 'UNKNOWN':
      return words('due.officer')
    default:
      return unreachable(limit)
  }
}
