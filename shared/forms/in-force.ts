import type { FullDate } from '../domain/id-card.ts'
import { isoDate } from '../domain/local-time.ts'
import type { Procedure } from './definition.ts'

/** Whether a filing may be begun with this form on this day; its first and its last day count. */
export function isInForce({ form }: Pick<Procedure, 'form'>, day: FullDate): boolean {
  const on = isoDate(day)
  return form.validFrom <= on && (form.validTo === undefined || on <= form.validTo)
}
