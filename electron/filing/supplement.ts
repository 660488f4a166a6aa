import type { Procedure } from '../../shared/forms/index.ts'
import type { SupplementInput } from '../printing/index.ts'
import type { AskedFor } from './slip-holder.ts'

/** What is asked for beside a filing, for paper; null where the paper would be wrong. Nobody's data. */
export function supplementInput(
  { requestedAt, due, items, more }: AskedFor,
  dossier: { readonly procedure: Procedure; readonly code: string },
  place: { readonly commune: string; readonly province: string; readonly counter: string },
): SupplementInput | null {
  if (requestedAt === null || items.length === 0) return null
  return {
    commune: place.commune,
    province: place.province,
    dossierCode: dossier.code,
    askedAtMs: Date.parse(requestedAt),
    procedureName: dossier.procedure.name,
    asked: items,
    more,
    due,
    contact: place.counter,
  }
}
