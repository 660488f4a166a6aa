import type { FeeView, LimitView } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { hour, money } from '../i18n/format.ts'
import { words } from '../i18n/t.ts'

/** A term of a procedure in one word, and what it hangs on. */
export interface Term {
  readonly word: Phrase
  readonly note: Phrase | null
}

/** How long a procedure takes. */
export function limitTerm(limit: LimitView): Term {
  switch (limit.unit) {
    case 'WORKING_DAY':
      return { word: words('limit.working-days', { value: limit.value }), note: null }
    case 'DAY':
      return { word: words('limit.days', { value: limit.value }), note: null }
    case 'IN_DAY':
      return {
        word: words('limit.in-day'),
        note: limit.cutoff === null ? null : words('limit.cutoff', { hour: hour(limit.cutoff) }),
      }
    case 'UNKNOWN':
      return { word: words('limit.unknown'), note: null }
    default:
      return unreachable(limit)
  }
}

/** What it costs. A fee that the province sets is not the same as no fee. */
export function feeTerm(fee: FeeView): Term {
  switch (fee.kind) {
    case 'free':
      return { word: words('fee.free'), note: null }
    case 'fixed':
      return { word: words('fee.fixed', { amount: money(fee.amount) }), note: fee.per }
    case 'local':
      return { word: words('fee.local'), note: words('fee.local-2') }
    case 'unknown':
      return { word: words('fee.unknown'), note: null }
    default:
      return unreachable(fee)
  }
}
